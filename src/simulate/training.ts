import type { Latents } from "../model/latents.js";
import type { Experiment, ResolvedScenario } from "../model/resolve.js";
import { type LatentSource, latentSource } from "./latent-source.js";
import { findRule } from "./rules/find.js";
import type { LearningRule } from "./rules/rule.js";
import { KEEP, RATE, type StepSize, type VectorSpace } from "./vectors/vector-space.js";

/** What a step of SGD does, on either engine. */
export interface Training {
  readonly latents: LatentSource;
  readonly rule: LearningRule;
  /** in the space of the network's vectors */
  readonly step: StepSize;
}

/** What an experiment says of a step at its dimension. */
export function trainingOf({ scenario, spectrum }: Experiment, space: VectorSpace): Training {
  const { rule, learningRate, weightDecay } = scenario.training;
  const step = space.allocate(2);
  step[RATE] = learningRate / spectrum.dimension;
  step[KEEP] = 1 - weightDecay / spectrum.dimension;
  const latents = latentSource(latentsOf(scenario), spectrum.rho.length);
  return { latents, rule: findRule(rule), step };
}

/** The distribution of the latent variables; a spectrum's modes are Gaussian. */
export function latentsOf({ data }: ResolvedScenario): Latents {
  return data.kind === "spiked" ? data.latents : "gaussian";
}
