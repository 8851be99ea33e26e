import type { Latents } from "../model/latents.js";
import type { ResolvedScenario } from "../model/resolve.js";
import type { StepSize } from "./rules/rule.js";

/** What a scenario says of one step at dimension D. */
export function stepSizeOf({ training }: ResolvedScenario, D: number): StepSize {
  return { rate: training.learningRate / D, keep: 1 - training.weightDecay / D };
}

/** The distribution of the latent variables; a spectrum's modes are Gaussian. */
export function latentsOf({ data }: ResolvedScenario): Latents {
  return data.kind === "spiked" ? data.latents : "gaussian";
}
