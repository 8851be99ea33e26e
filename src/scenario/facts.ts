import type { Scenario } from "./schema.js";

/** Numbers that fit into memory, with room for what is computed from them. */
export const MOST_NUMBERS = 2e8;

/** Rules of linear networks without bias, whose weights are tied. */
export const PCA_RULES = ["sanger", "subspace", "oja", "hebb"];

/** Tied or untied weights: as the model says, or else as the learning rule implies. */
export function weightsOf({ model, training }: Scenario): "tied" | "untied" {
  return model.weights ?? (PCA_RULES.includes(training.rule) ? "tied" : "untied");
}

/** The number of modes: the spikes, or all eigenvalues of a spectrum. Images: unknown here. */
export function modeCount(data: Scenario["data"]): number | undefined {
  if (data.kind === "spiked") return data.spikes.length;
  if (data.kind === "images") return undefined;
  return data.eigenvalues?.length ?? data.law?.dimension;
}

/** The input dimension D where the data fix it. */
export function dataDimension(data: Scenario["data"]): number | undefined {
  return data.kind === "spiked" ? data.dimension : modeCount(data);
}
