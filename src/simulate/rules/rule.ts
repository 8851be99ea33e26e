import type { Network } from "../network.js";

/** The sizes of one step: η/D, and what weight decay leaves of a weight, 1 − κ/D. */
export interface StepSize {
  readonly rate: number;
  readonly keep: number;
}

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
