import type { Latents } from "../model/latents.js";
import type { ResolvedScenario } from "../model/resolve.js";
import { KEEP, RATE, type StepSize, type VectorSpace } from "./vectors/vector-space.js";

/** What a scenario says of one step at dimension D, in the space of the network's vectors. */
export function stepSizeOf(
  { training }: ResolvedScenario,
  D: number,
  space: VectorSpace,
): StepSize {
  const step = space.allocate(2);
  step[RATE] = training.learningRate / D;
  step[KEEP] = 1 - training.weightDecay / D;
  return step;
}

/** The distribution of the latent variables; a spectrum's modes are Gaussian. */
export function latentsOf({ data }: ResolvedScenario): Latents {
  return data.kind === "spiked" ? data.latents : "gaussian";
}
