import { describe, expect, it } from "vitest";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { engineDifferences, engineMoments } from "../support/engine-statistics.js";

/*
 * Both engines have one law: over many seeds every statistic agrees within four standard errors. Seeds
 * are fixed: what passes once passes always.
 */

const SEEDS = 1000;

const differences = (parts: Partial<ScenarioInput>) => engineDifferences(parts, SEEDS);

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
    const direct = engineMoments({ ...at(30), model }, "direct", SEEDS);
    const other = engineMoments({ ...at(30, { bulk: 0.85 }), model }, "exact", SEEDS);
    const largest = direct.map(({ mean, square }, i) => {
      return Math.abs(mean - other[i].mean) / Math.sqrt(square + other[i].square);
    });
    expect(Math.max(...largest)).toBeGreaterThan(6);
  });
});
