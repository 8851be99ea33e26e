import { checkShape } from "./check-shape.js";
import { modeCount, weightsOf } from "./facts.js";
import { type Problem, quoteValue } from "./problem.js";
import type { ExplicitState, Scenario } from "./schema.js";

/** What an initial state must fulfil for its model and data. */
export function checkInitial(scenario: Scenario): Problem[] {
  const { model, data, initial } = scenario;
  const modes = modeCount(data);
  const problems = checkBias(scenario);
  const isAligned = initial.kind === "informed" || initial.kind === "perfect";
  if (isAligned && modes !== undefined && model.hidden > modes) {
    const message = `"${initial.kind}" needs a mode per neuron: ${model.hidden} neurons, ${modes} modes`;
    problems.push({ path: "initial.kind", message });
  }
  if (initial.kind === "perfect") {
    if (model.activation === "relu" || model.bias !== "none") {
      const message = '"perfect" is for odd activations without bias';
      problems.push({ path: "initial.kind", message });
    }
    if (initial.encoder === 0) {
      problems.push({ path: "initial.encoder", message: "must not be 0: the decoder diverges" });
    }
  }
  if (
    initial.kind === "random" &&
    weightsOf(scenario) === "tied" &&
    data.kind === "spiked" &&
    data.dimension === undefined
  ) {
    const message = "random tied weights need it: for D → ∞ they sit on the fixed point u = 0";
    problems.push({ path: "data.dimension", message });
  }
  if (initial.kind === "explicit") problems.push(...checkExplicit(scenario, initial));
  return problems;
}

function checkBias({ model, initial }: Scenario): Problem[] {
  const problems: Problem[] = [];
  const given = { bias0: initial.bias0, bias: "bias" in initial ? initial.bias : undefined };
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const path = `initial.${key}`;
    if (Array.isArray(value) && value.length !== model.hidden) {
      const message = `must have ${model.hidden} elements, one per neuron, got ${value.length}`;
      problems.push({ path, message });
    } else if (model.bias === "none" && [value].flat().some((b) => b !== 0)) {
      const message = `must be 0 while model.bias is "none", got ${quoteValue(value)}`;
      problems.push({ path, message });
    }
  }
  if (given.bias !== undefined && given.bias0 !== undefined) {
    problems.push({ path: "initial.bias0", message: "give either bias or bias0, not both" });
  }
  return problems;
}

const BULK_MATRICES = ["encoderBulk", "decoderBulk", "crossBulk"] as const;

function checkExplicit(scenario: Scenario, state: ExplicitState): Problem[] {
  const { model, data } = scenario;
  const problems: Problem[] = [];
  const forbid = (keys: readonly (keyof ExplicitState)[], message: string) => {
    for (const key of keys) {
      if (state[key] !== undefined) problems.push({ path: `initial.${key}`, message });
    }
  };
  if (weightsOf(scenario) === "tied") {
    forbid(["decoder", "encoderBulk", "crossBulk"], "is for untied weights only; leave it out");
  } else if (state.decoder === undefined) {
    problems.push({ path: "initial.decoder", message: "missing; must be a K×M matrix" });
  }
  if (data.kind === "spectrum") forbid(BULK_MATRICES, "a spectrum has no bulk; leave it out");
  if (problems.length > 0) return problems;

  const K = model.hidden;
  const modes = modeCount(data);
  if (modes !== undefined) {
    for (const key of ["encoder", "decoder"] as const) {
      if (state[key]) problems.push(...checkShape(state[key], K, modes, `initial.${key}`));
    }
  }
  for (const key of BULK_MATRICES) {
    if (state[key]) problems.push(...checkShape(state[key], K, K, `initial.${key}`));
  }
  return problems;
}
