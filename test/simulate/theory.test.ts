import { describe, expect, it } from "vitest";
import { compare } from "../../src/analyse/comparison.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { scenarioWith, shippedScenarios } from "../support/scenarios.js";

/* Theory against simulation, which share no equation: see the import graph in structure.test.ts. */

const compareContent = (content: ScenarioInput) => compare(parseScenario(content));

it("scaling-sigmoid-k2 up to D = 10⁵: deviations fall as D^(-1/2), their limit is zero", () => {
  const found = shippedScenarios().find(({ name }) => name === "scaling-sigmoid-k2.json");
  const { agreement } = compareContent({
    ...(found?.content as ScenarioInput),
    simulation: { dimension: [100, 1000, 10_000, 100_000], seeds: [1, 2, 3, 4, 5, 6] },
  });
  expect(agreement.verdict).toBe("agree");
  // six seeds give the slope a standard error of 0.02
  expect(Math.abs((agreement.exponent ?? 0) + 0.5)).toBeLessThan(0.1);
  const { value, standardError } = agreement.limit ?? { value: 1, standardError: 0 };
  expect(Math.abs(value)).toBeLessThan(4 * standardError);
  expect(standardError).toBeLessThan(5e-4);
});

describe.each(
  ["sigmoid", "relu", "linear"].flatMap((activation) =>
    (["sgd", "truncated"] as const).flatMap((rule) =>
      [0, 0.05].map((weightDecay) => ({ activation, rule, weightDecay })),
    ),
  ),
)("$activation, $rule, κ = $weightDecay", ({ activation, rule, weightDecay }) => {
  const parts = {
    model: { hidden: 2, activation: activation as "sigmoid" },
    training: { rule, learningRate: 1, weightDecay },
    initial: { kind: "random" as const, std: 0.6, seed: 2 },
    time: { end: 10, points: 6, spacing: "linear" as const },
  };

  it("theory of infinite dimension agrees with runs at D = 20,000", () => {
    const data = { kind: "spiked" as const, spikes: [1, 0.4], bulk: 0.2 };
    const simulation = { dimension: 20_000, seeds: [1, 2, 3, 4, 5, 6] };
    const { agreement } = compareContent(scenarioWith({ ...parts, data, simulation }));
    expect(agreement.verdict).toBe("agree");
    // a run is off by some 1/√D = 0.7 %: the comparison looks closely
    expect(agreement.rmsRelativeDeviation[0].value).toBeLessThan(0.03);
  });
});

it.each(["sigmoid", "relu", "linear"])(
  "theory of finite dimension agrees with runs on a full spectrum, %s",
  (activation) => {
    const { agreement } = compareContent(
      scenarioWith({
        model: { hidden: 2, activation: activation as "sigmoid" },
        data: { kind: "spectrum", law: { kind: "power", dimension: 300, exponent: 1.2, trace: 1 } },
        initial: { kind: "random", std: 0.3, seed: 1 },
        time: { end: 20, points: 6, spacing: "linear" },
        simulation: { seeds: [1, 2, 3, 4, 5, 6, 7, 8] },
      }),
    );
    expect(agreement.verdict).toBe("agree");
  },
);

it("sigmoid-k3-d1000: ten networks follow the theory of figure 2", () => {
  const found = shippedScenarios().find(({ name }) => name === "sigmoid-k3-d1000.json");
  const { agreement } = compareContent(found?.content as ScenarioInput);
  expect(agreement.verdict).toBe("agree");
});
