import type { Network } from "../network.js";
import type { StepSize } from "../vectors/vector-space.js";

/**
 * One step of learning from a sample, theory §1 in the scaled coordinates of {@link Network}: all
 * weights move from their old values. Runs alike in D coordinates and in fewer; allocates nothing.
 */
export type LearningRule = (
  network: Network,
  sample: Float64Array,
  n: number,
  step: StepSize,
) => void;
