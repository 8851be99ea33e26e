import { describe, expect, it } from "vitest";
import { engineDifferences } from "../support/engine-statistics.js";

/*
 * The same as engines.test.ts with ten times the seeds, at the smallest dimensions and with noise
 * as large as it gets without weights that run away: what is lost of the fluctuations of one sample's length shows here.
 */

const SEEDS = 10_000;

describe.each(
  ["sigmoid", "relu", "linear"].flatMap((activation) =>
    (["sgd", "truncated"] as const).map((rule) => ({ activation, rule })),
  ),
)("direct and exact engine, $activation, $rule", ({ activation, rule }) => {
  it.each([4, 10])("agree over 10,000 seeds at D = %i", { timeout: 120_000 }, (dimension) => {
    const differences = engineDifferences(
      {
        model: { hidden: 1, activation: activation as "sigmoid" },
        data: { kind: "spiked", spikes: [0.5], bulk: 2, dimension },
        training: { rule, learningRate: 0.4, weightDecay: 0.1 },
        initial: { kind: "random", std: 0.7, seed: 4 },
        time: { at: [2] },
      },
      SEEDS,
    );
    // 21 statistics and twelve cases: one in 60 that a right engine fails
    expect(Math.max(...differences)).toBeLessThan(4);
  });

  it("agree over 10,000 seeds with two neurons at D = 9", { timeout: 120_000 }, () => {
    const differences = engineDifferences(
      {
        model: { hidden: 2, activation: activation as "sigmoid" },
        data: { kind: "spiked", spikes: [0.5, 0.3], bulk: 2, dimension: 9 },
        training: { rule, learningRate: 0.7 },
        initial: { kind: "random", std: 0.7, seed: 4 },
        time: { at: [2] },
      },
      SEEDS,
    );
    expect(Math.max(...differences)).toBeLessThan(4);
  });
});

// a step of η/D = 0.8 replaces most of a decoder by one sample, whose length then shows in T0
it.each(["sgd", "truncated"] as const)(
  "direct and exact engine agree where one step changes everything, %s",
  { timeout: 120_000 },
  (rule) => {
    const differences = engineDifferences(
      {
        model: { hidden: 1, activation: "sigmoid" },
        data: { kind: "spiked", spikes: [0.5], bulk: 2, dimension: 4 },
        training: { rule, learningRate: 3.2 },
        initial: { kind: "random", std: 0.7, seed: 4 },
        time: { at: [1] },
      },
      2 * SEEDS,
    );
    expect(Math.max(...differences)).toBeLessThan(4);
  },
);
