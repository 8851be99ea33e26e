import { weightsOf } from "../scenario/facts.js";
import { ScenarioError } from "../scenario/problem.js";
import type { Scenario } from "../scenario/schema.js";
import type { Activation } from "./activations/activation.js";
import { findActivation } from "./activations/find.js";
import { checkBulkState } from "./bulk-state.js";
import { type InitialState, initialStateOf } from "./initial-state.js";
import { type Spectrum, spectrumOf } from "./spectrum.js";
import { type Purpose, unsupportedParts } from "./supported.js";

type Time = Extract<Scenario["time"], { end: number }>;

/** A scenario with every default filled in and its initial state explicit: it says all. */
export type ResolvedScenario = Omit<Scenario, "model" | "initial" | "time"> & {
  readonly model: Scenario["model"] & { readonly weights: "tied" | "untied" };
  readonly initial: InitialState;
  readonly time: Required<Time> | Extract<Scenario["time"], { at: number[] }>;
};

/** What theory and simulation work with: the scenario, its covariance and its activation. */
export interface Experiment {
  readonly scenario: ResolvedScenario;
  readonly spectrum: Spectrum;
  readonly activation: Activation;
}

/**
 * Makes a scenario ready to be solved or, at finite dimension, simulated.
 * @throws ScenarioError for what can't be done yet, and for bulk matrices that no weights have
 */
export function resolveScenario(scenario: Scenario, purpose: Purpose = "theory"): Experiment {
  const unsupported = unsupportedParts(scenario, purpose);
  const activation = findActivation(scenario.model.activation);
  const { data } = scenario;
  if (unsupported.length > 0 || activation === undefined || data.kind === "images") {
    throw new ScenarioError(unsupported);
  }
  const spectrum = spectrumOf(data);
  const initial = initialStateOf(scenario, spectrum);
  checkBulkState(initial, spectrum);
  const { weights: _, ...rest } = scenario.model;
  const model = { ...rest, weights: weightsOf(scenario) };
  const resolved = { ...scenario, model, initial, time: resolveTime(scenario.time) };
  return { scenario: resolved, spectrum, activation };
}

/** A log grid starts at end/10⁴, a linear one at 0. */
function resolveTime(time: Scenario["time"]): ResolvedScenario["time"] {
  if ("at" in time) return time;
  return { ...time, start: time.start ?? (time.spacing === "log" ? time.end / 1e4 : 0) };
}
