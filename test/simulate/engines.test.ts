import { describe, expect, it } from "vitest";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { type RunResult, simulate } from "../../src/simulate/simulate.js";
import { scenarioWith } from "../support/scenarios.js";

/*
 * Both engines have one law: over many seeds every statistic agrees within four standard errors. What is
 * compared is all order parameters, amplitudes and pmse, their squares, and products of neighbours, so
 * variances and correlations too. Seeds are fixed: what passes once passes always.
 */

const SEEDS = 1000;

function runs(parts: Partial<ScenarioInput>, engine: "direct" | "exact"): readonly RunResult[] {
  const simulation = {
    ...(parts.simulation ?? {}),
    seeds: Array.from({ length: SEEDS }, (_, i) => i + 1),
    engine,
  };
  return simulate(parseScenario(scenarioWith({ ...parts, simulation }))).runs;
}

/** All numbers of a run at its last time, their squares and products of neighbours. */
function statistics({ trajectory }: RunResult): number[] {
  const { pmse, Q, R, T0, T1, amplitudes, t } = trajectory;
  const last = (values: Float64Array) => [
    ...values.slice(values.length - values.length / t.length),
  ];
  const numbers = [pmse, Q, R, T0, T1, amplitudes?.encoder, amplitudes?.decoder].flatMap((values) =>
    last(values ?? new Float64Array(0)),
  );
  const squares = numbers.map((x) => x * x);
  const products = numbers.map((x, i) => x * numbers[(i + 1) % numbers.length]);
  return [...numbers, ...squares, ...products];
}

function moments(results: readonly RunResult[]) {
  const rows = results.map(statistics);
  return rows[0].map((_, i) => {
    const values = rows.map((row) => row[i]);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
    return { mean, square: variance / values.length };
  });
}

/** Differences of the means in standard errors. */
function differences(parts: Partial<ScenarioInput>): number[] {
  const direct = moments(runs(parts, "direct"));
  const exact = moments(runs(parts, "exact"));
  return direct.map(({ mean, square }, i) => {
    const gap = Math.abs(mean - exact[i].mean);
    const error = Math.sqrt(square + exact[i].square);
    // what doesn't fluctuate is a rounding error apart
    return gap < 1e-12 * Math.abs(mean) ? 0 : gap / error;
  });
}

const at = (dimension: number, more: object = {}) => ({
  data: { kind: "spiked" as const, spikes: [1, 0.4], bulk: 0.8, dimension, ...more },
  initial: { kind: "random" as const, std: 0.7, seed: 3 },
  time: { at: [3] },
});

describe.each(
  ["sigmoid", "relu", "linear"].flatMap((activation) =>
    (["sgd", "truncated"] as const).map((rule) => ({ activation, rule })),
  ),
)("direct and exact engine, $activation, $rule", ({ activation, rule }) => {
  const model = { hidden: 2, activation: activation as "sigmoid" };

  it("agree at D = 30", () => {
    const training = { rule, learningRate: 1 };
    expect(Math.max(...differences({ ...at(30), model, training }))).toBeLessThan(4);
  });

  it("agree with weight decay at D = 40", () => {
    const training = { rule, learningRate: 1.5, weightDecay: 0.4 };
    expect(Math.max(...differences({ ...at(40), model, training }))).toBeLessThan(4);
  });
});

describe("direct and exact engine", () => {
  const model = { hidden: 2, activation: "relu" as const };
  const training = { rule: "truncated" as const, learningRate: 1 };

  it("agree at the least dimension there is, M + 2K + 1", () => {
    expect(Math.max(...differences({ ...at(7), model, training }))).toBeLessThan(4);
  });

  it("agree from informed weights, without any bulk part", () => {
    const parts = { ...at(20), initial: { kind: "informed" as const }, model, training };
    expect(Math.max(...differences(parts))).toBeLessThan(4);
  });

  it("agree with more neurons than spikes", () => {
    const parts = { ...at(25), model: { ...model, hidden: 4 } };
    expect(Math.max(...differences(parts))).toBeLessThan(4);
  });

  it("agree on noiseless data", () => {
    expect(Math.max(...differences({ ...at(20, { bulk: 0 }), model }))).toBeLessThan(4);
  });

  it.each([
    "two-point" as const,
    { sparse: 0.3 },
    {
      points: [
        [Math.sqrt(3), 0],
        [-Math.sqrt(3), 0],
        [0, Math.sqrt(3)],
        [0, -Math.sqrt(3)],
        [0, 0],
      ],
      weights: [1, 1, 1, 1, 2],
    },
  ])("agree with latents %j", (latents) => {
    expect(Math.max(...differences({ ...at(20, { latents }), model }))).toBeLessThan(4);
  });

  it("are told apart where one has another law: the comparison can fail", () => {
    const direct = moments(runs({ ...at(30), model }, "direct"));
    const other = moments(runs({ ...at(30, { bulk: 0.85 }), model }, "exact"));
    const largest = direct.map(({ mean, square }, i) => {
      return Math.abs(mean - other[i].mean) / Math.sqrt(square + other[i].square);
    });
    expect(Math.max(...largest)).toBeGreaterThan(6);
  });
});
