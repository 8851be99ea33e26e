import { checkInitial } from "./check-initial.js";
import { checkShape } from "./check-shape.js";
import { dataDimension, MOST_NUMBERS, modeCount, PCA_RULES, weightsOf } from "./facts.js";
import { type Problem, quoteValue } from "./problem.js";
import type { Scenario } from "./schema.js";

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
    ...checkSize(scenario),
  ];
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
  const { dimension, spikes } = data;
  if (dimension !== undefined && dimension < spikes.length) {
    const message = `must be at least ${spikes.length}, the number of spikes, got ${dimension}`;
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

// relative distance of two times; doubles end at 2e-16
const CLOSEST = 1e-14;

function checkTime({ time }: Scenario): Problem[] {
  if ("at" in time) {
    const i = time.at.findIndex((t, i) => i > 0 && t <= time.at[i - 1]);
    if (i < 0) return [];
    const message = `times must increase, got ${time.at[i]} after ${time.at[i - 1]}`;
    return [{ path: `time.at[${i}]`, message }];
  }
  const { end, points, spacing } = time;
  const start = time.start ?? (spacing === "log" ? end / 1e4 : 0);
  if (start >= end) {
    return [{ path: "time.start", message: `must be before time.end = ${end}, got ${start}` }];
  }
  if (spacing === "log" && start === 0) {
    return [{ path: "time.start", message: "must be greater than 0 on a log grid, got 0" }];
  }
  const gap = (spacing === "log" ? Math.log(end / start) : 1 - start / end) / (points - 1);
  if (gap < CLOSEST) {
    return [{ path: "time", message: `${points} points from ${start} to ${end} lie too close` }];
  }
  return [];
}

/** Order parameters at all times, and the amplitudes of one, have to fit into memory. */
function checkSize({ model, data, time }: Scenario): Problem[] {
  const K = model.hidden;
  const times = "at" in time ? time.at.length : time.points;
  if (4 * times * K ** 2 > MOST_NUMBERS) {
    const message = `${times} times of 4·${K}² order parameters don't fit into memory; ask for fewer`;
    return [{ path: "at" in time ? "time.at" : "time.points", message }];
  }
  const modes = modeCount(data) ?? 0;
  if (100 * K * modes > MOST_NUMBERS) {
    const message = `${K} neurons on ${modes} modes don't fit into memory; take fewer`;
    return [{ path: "model.hidden", message }];
  }
  return [];
}

function checkSimulation({ data, simulation }: Scenario): Problem[] {
  const dimension = dataDimension(data);
  if (simulation?.dimension === undefined || dimension === undefined) return [];
  const other = [simulation.dimension].flat().find((D) => D !== dimension);
  if (other === undefined) return [];
  const message = `must agree with the data's dimension ${dimension}, got ${other}`;
  return [{ path: "simulation.dimension", message }];
}
