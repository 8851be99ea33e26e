import { type Problem, quoteValue } from "./problem.js";
import type { ExplicitState, Scenario } from "./schema.js";

/**
 * What a scenario must fulfil beyond its schema: shapes that depend on each other, and settings
 * that exclude each other. Returns every problem found.
 */
export function checkScenario(scenario: Scenario): Problem[] {
  return [
    ...checkModel(scenario),
    ...checkData(scenario),
    ...checkInitial(scenario),
    ...checkTime(scenario),
    ...checkSimulation(scenario),
  ];
}

/** The number of modes: the spikes, or all eigenvalues of a spectrum. Images: unknown here. */
function modeCount(data: Scenario["data"]): number | undefined {
  if (data.kind === "spiked") return data.spikes.length;
  if (data.kind === "images") return undefined;
  return data.eigenvalues?.length ?? data.law?.dimension;
}

/** The input dimension D where the data fix it. */
function dataDimension(data: Scenario["data"]): number | undefined {
  return data.kind === "spiked" ? data.dimension : modeCount(data);
}

const PCA_RULES = ["sanger", "subspace", "oja", "hebb"];

/** Tied or untied weights: as the model says, or else as the learning rule implies. */
export function weightsOf({ model, training }: Scenario): "tied" | "untied" {
  return model.weights ?? (PCA_RULES.includes(training.rule) ? "tied" : "untied");
}

function checkModel(scenario: Scenario): Problem[] {
  const { model, training } = scenario;
  const problems: Problem[] = [];
  const must = (holds: boolean, path: string, message: string) => {
    if (!holds) problems.push({ path, message });
  };
  const { rule } = training;
  const tied = weightsOf(scenario) === "tied";
  if (PCA_RULES.includes(rule)) {
    must(
      model.activation === "linear",
      "model.activation",
      `must be "linear" with the rule "${rule}", got ${quoteValue(model.activation)}`,
    );
    must(tied, "model.weights", `must be "tied" with the rule "${rule}", got "untied"`);
    must(model.bias === "none", "model.bias", `must be "none" with the rule "${rule}"`);
    must((model.gain ?? 1) === 1, "model.gain", `must be 1 with the rule "${rule}"`);
    must(rule !== "oja" || model.hidden === 1, "model.hidden", 'must be 1 with the rule "oja"');
  } else {
    must(tied || model.gain === undefined, "model.gain", "is for tied weights only; leave it out");
    must(!tied || rule !== "truncated", "training.rule", '"truncated" is for untied weights');
  }
  return problems;
}

function checkData({ data }: Scenario): Problem[] {
  if (data.kind === "spectrum") {
    if ((data.eigenvalues === undefined) === (data.law === undefined)) {
      return [{ path: "data", message: "needs either eigenvalues or law, one of the two" }];
    }
    if (data.eigenvalues?.every((rho) => rho === 0)) {
      return [{ path: "data.eigenvalues", message: "are all zero" }];
    }
  }
  if (data.kind !== "spiked") return [];
  const problems: Problem[] = [];
  const { dimension, spikes, bulk } = data;
  const least = spikes.length + (bulk > 0 ? 1 : 0);
  if (dimension !== undefined && dimension < least) {
    const message = `must be at least ${least} for ${spikes.length} spikes, got ${dimension}`;
    problems.push({ path: "data.dimension", message });
  }
  return problems.concat(checkLatents(data.latents, spikes.length));
}

/** Latents given as points must have zero mean and unit covariance, to 1e-9 (decimal input). */
function checkLatents(
  latents: Extract<Scenario["data"], { kind: "spiked" }>["latents"],
  modes: number,
): Problem[] {
  if (typeof latents === "string" || !("points" in latents)) return [];
  const { points, weights } = latents;
  const path = "data.latents";
  if (weights.length !== points.length) {
    const message = `must have one weight per point, ${points.length}, got ${weights.length}`;
    return [{ path: `${path}.weights`, message }];
  }
  const shape = checkShape(points, points.length, modes, `${path}.points`);
  if (shape.length > 0) return shape;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const average = (f: (c: number[]) => number) =>
    points.reduce((sum, c, i) => sum + (weights[i] / total) * f(c), 0);
  for (let i = 0; i < modes; i++) {
    const mean = average((c) => c[i]);
    if (Math.abs(mean) > 1e-9) {
      return [{ path, message: `must have zero mean, got ${mean} for component ${i + 1}` }];
    }
    for (let j = 0; j <= i; j++) {
      const covariance = average((c) => c[i] * c[j]);
      if (Math.abs(covariance - (i === j ? 1 : 0)) > 1e-9) {
        const where = `components ${i + 1} and ${j + 1}`;
        return [{ path, message: `must have unit covariance, got ${covariance} for ${where}` }];
      }
    }
  }
  return [];
}

function checkInitial(scenario: Scenario): Problem[] {
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
    dataDimension(data) === undefined
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

function checkShape(matrix: number[][], rows: number, columns: number, path: string): Problem[] {
  if (matrix.length !== rows) {
    const message = `must be ${rows}×${columns}, got ${matrix.length} rows`;
    return [{ path, message }];
  }
  const ragged = matrix.findIndex((row) => row.length !== columns);
  if (ragged < 0) return [];
  const message = `must have ${columns} elements, got ${matrix[ragged].length}`;
  return [{ path: `${path}[${ragged}]`, message }];
}

function checkTime({ time }: Scenario): Problem[] {
  if ("at" in time) {
    const i = time.at.findIndex((t, i) => i > 0 && t <= time.at[i - 1]);
    if (i < 0) return [];
    const message = `times must increase, got ${time.at[i]} after ${time.at[i - 1]}`;
    return [{ path: `time.at[${i}]`, message }];
  }
  const { start, end, spacing } = time;
  if (start === undefined) return [];
  if (start >= end) {
    return [{ path: "time.start", message: `must be before time.end = ${end}, got ${start}` }];
  }
  if (spacing === "log" && start === 0) {
    return [{ path: "time.start", message: "must be greater than 0 on a log grid, got 0" }];
  }
  return [];
}

function checkSimulation({ data, simulation }: Scenario): Problem[] {
  const dimension = dataDimension(data);
  if (simulation === undefined || dimension === undefined) return [];
  const other = [simulation.dimension].flat().find((D) => D !== dimension);
  if (other === undefined) return [];
  const message = `must agree with the data's dimension ${dimension}, got ${other}`;
  return [{ path: "simulation.dimension", message }];
}
