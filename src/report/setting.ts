import type { ResolvedScenario } from "../model/resolve.js";

/** The scenario in one line: neurons, data, rule. */
export function describeSetting(scenario: Omit<ResolvedScenario, "initial">): string {
  const { model, data, training } = scenario;
  const parts = [`${model.activation}, K = ${model.hidden}`];
  if (data.kind === "spiked") {
    const limit = data.dimension === undefined ? "D → ∞" : `D = ${data.dimension}`;
    parts.push(`M = ${data.spikes.length}, σ² = ${data.bulk}, ${limit}`);
  } else if (data.kind === "spectrum") {
    parts.push(`full spectrum, D = ${data.law?.dimension ?? data.eigenvalues?.length}`);
  }
  const decay = training.weightDecay > 0 ? `, κ = ${training.weightDecay}` : "";
  parts.push(`${training.rule}, η = ${training.learningRate}${decay}`);
  return parts.join(" · ");
}
