import { weightsOf } from "../scenario/facts.js";
import { type Problem, quoteValue } from "../scenario/problem.js";
import type { Scenario } from "../scenario/schema.js";
import { findActivation } from "./activations/find.js";

/** What a scenario is resolved for. */
export type Purpose = "theory" | "simulation";

/** What a valid scenario asks for that theory or simulation cannot do yet. */
export function unsupportedParts(scenario: Scenario, purpose: Purpose): Problem[] {
  const { model, data, training } = scenario;
  const problems: Problem[] = [];
  const cannot = (path: string, value: unknown, instead: string) => {
    const message = `${quoteValue(value)} is not available yet; use ${instead}`;
    problems.push({ path, message });
  };
  if (training.rule !== "sgd" && training.rule !== "truncated") {
    cannot("training.rule", training.rule, '"sgd" or "truncated"');
  } else if (weightsOf(scenario) === "tied") {
    cannot("model.weights", "tied", '"untied"');
  }
  if (findActivation(model.activation) === undefined) {
    cannot("model.activation", model.activation, '"sigmoid", "relu" or "linear"');
  }
  if (model.bias !== "none") cannot("model.bias", model.bias, '"none"');
  if (data.kind === "images") cannot("data.kind", "images", '"spiked" or "spectrum"');
  if (data.kind === "spiked" && data.latents !== "gaussian" && purpose === "theory") {
    cannot("data.latents", data.latents, '"gaussian", or dyn simulate');
  }
  return problems;
}
