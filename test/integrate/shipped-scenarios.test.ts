import { describe, expect, it } from "vitest";
import { findPlateaus } from "../../src/analyse/plateaus.js";
import { timeGrid } from "../../src/model/time-grid.js";
import { scenarioWith, shippedScenarios, solveWith } from "../support/scenarios.js";
import { validateTrajectory } from "../support/validate-trajectory.js";

const shipped = shippedScenarios();

function solveShipped(name: string) {
  const found = shipped.find((scenario) => scenario.name === name);
  return solveWith(found?.content);
}

it("has nine scenarios with title, description and the paper's figure", () => {
  expect(shipped.map(({ name }) => name)).toEqual([
    "full-spectrum-k4.json",
    "linear-k3.json",
    "long-time-k1.json",
    "relu-k4.json",
    "scaling-sigmoid-k2.json",
    "sigmoid-k3-d1000.json",
    "sigmoid-k3.json",
    "truncated-k4.json",
    "weight-decay-k3.json",
  ]);
  for (const { content } of shipped) {
    expect(content.description).toMatch(/\w+/);
    expect(content.citation).toMatch(/arXiv:2201.02115, (figure|equations) /);
  }
});

describe.each(shipped)("$name", ({ content }) => {
  it("is solved to its end with positive semi-definite order parameters", () => {
    const { status, trajectory, scenario } = solveWith(content);
    expect(status).toBe("ok");
    validateTrajectory(trajectory, timeGrid(scenario.time));
  });

  it("keeps relTol against a solution with tolerances a hundred times smaller", () => {
    const loose = solveWith(content).trajectory.pmse;
    const strict = solveWith({
      ...content,
      integrator: { relTol: 1e-11, absTol: 1e-14 },
    }).trajectory.pmse;
    const errors = loose.map((x, i) => Math.abs(x / strict[i] - 1));
    // twice relTol: the strict solution has its own error, and pmse is a sum of squares
    expect(Math.max(...errors)).toBeLessThan(2e-9);
  });
});

describe("what the scenarios show", () => {
  it("sigmoid-k3: plateaus on the PCA errors of rank 0, 1, 2, and 3 at the end", () => {
    const { trajectory, pca } = solveShipped("sigmoid-k3.json");
    const plateaus = findPlateaus(trajectory.t, trajectory.pmse, pca);
    expect(plateaus.map(({ rank }) => rank)).toEqual([0, 1, 2, 3]);
    // K = M = 3 eigenvalues a factor three apart: plateaus within a tenth of the PCA errors
    for (const { difference } of plateaus) expect(Math.abs(difference)).toBeLessThan(0.1);
  });

  it("relu-k4: stops near rank K/2", () => {
    const { trajectory, pca } = solveShipped("relu-k4.json");
    const last = findPlateaus(trajectory.t, trajectory.pmse, pca).at(-1);
    expect([last?.rank, last?.to]).toEqual([2, trajectory.t.at(-1)]);
  });

  it("long-time-k1: pmse falls as t^(-2/3), the encoder as t^(-1/6)", () => {
    const { trajectory } = solveShipped("long-time-k1.json");
    const { t, pmse, amplitudes } = trajectory;
    const last = t.length - 1;
    const before = t.findIndex((time) => time > 1000);
    const exponent = (values: ArrayLike<number>) =>
      Math.log(Math.abs(values[last] / values[before])) / Math.log(t[last] / t[before]);
    // corrections to the laws of theory §6 are of order q = rho α_w², 0.1 to 0.04 here
    expect(exponent(pmse)).toBeCloseTo(-2 / 3, 1);
    expect(exponent(amplitudes?.encoder ?? [])).toBeCloseTo(-1 / 6, 1);
    expect(exponent(amplitudes?.decoder ?? [])).toBeCloseTo(1 / 6, 1);
  });

  it("truncated-k4: every neuron ends on one principal component, plain SGD on a mixture", () => {
    const truncated = solveShipped("truncated-k4.json");
    const found = shipped.find(({ name }) => name === "truncated-k4.json");
    const plain = solveWith({
      ...found?.content,
      training: { rule: "sgd", learningRate: 1 },
    });
    // the share of a neuron's decoder that lies on its own, the k-th, principal component
    const purity = ({ trajectory }: typeof plain) => {
      const { hidden: K, modes: M, amplitudes } = trajectory;
      const decoder = amplitudes?.decoder.subarray(-K * M) ?? [];
      return Array.from({ length: K }, (_, k) => {
        let total = 0;
        for (let m = 0; m < M; m++) total += decoder[k * M + m] ** 2;
        return decoder[k * M + k] ** 2 / total;
      });
    };
    expect(Math.min(...purity(truncated))).toBeGreaterThan(1 - 1e-8);
    expect(Math.min(...purity(plain))).toBeLessThan(0.9);
    expect(truncated.trajectory.pmse[100]).not.toBeCloseTo(plain.trajectory.pmse[100], 3);
    // at no cost in the end: both within a tenth of the PCA error
    for (const { trajectory, pca } of [truncated, plain]) {
      expect((trajectory.pmse.at(-1) ?? 0) / pca[4] - 1).toBeLessThan(0.1);
    }
  });

  it("truncated SGD leaves a rotation of the components, and the error rises meanwhile", () => {
    const rotated = [
      [0.8, 0.6],
      [-0.6, 0.8],
    ];
    const from = (rule: "sgd" | "truncated") =>
      solveWith({
        model: { hidden: 2, activation: "linear" },
        data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.1 },
        training: { learningRate: 1, rule },
        initial: { kind: "explicit", encoder: rotated, decoder: rotated },
        time: { at: [0, 1, 5, 200] },
      }).trajectory.pmse;
    // any rotation of the principal components is a fixed point of plain SGD at the PCA error
    for (const pmse of from("sgd")) expect(pmse).toBeCloseTo(0.1, 12);
    const truncated = from("truncated");
    expect(truncated[0]).toBeCloseTo(0.1, 12);
    expect(Math.max(truncated[1], truncated[2])).toBeGreaterThan(0.11);
    expect(truncated[3]).toBeCloseTo(0.1, 9);
  });

  it("weight decay: the encoder's bulk part dies out as exp(−2κt)", () => {
    const { trajectory } = solveWith({
      ...scenarioWith({ data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.5 } }),
      training: { learningRate: 1, weightDecay: 0.3 },
      initial: {
        kind: "explicit",
        encoder: [
          [0, 0],
          [0, 0],
        ],
        decoder: [
          [0, 0],
          [0, 0],
        ],
        encoderBulk: [
          [0.2, 0.05],
          [0.05, 0.1],
        ],
        decoderBulk: [
          [0, 0],
          [0, 0],
        ],
      },
      time: { at: [1, 5] },
    });
    expect(trajectory.Q[4] / (0.2 * Math.exp(-0.6 * 5))).toBeCloseTo(1, 9);
    expect(trajectory.Q[5] / (0.05 * Math.exp(-0.6 * 5))).toBeCloseTo(1, 9);
  });
});

describe("initial states of theory §6", () => {
  it("a perfect start stays on the PCA error while its encoder is small", () => {
    const { trajectory, pca } = solveWith({
      initial: { kind: "perfect", encoder: 0.05 },
      time: { at: [0, 1, 100] },
    });
    // excess over the PCA error at the optimum: rho (1 − s/asin s), s = q/(1+q)
    const excess = (rho: number) => {
      const q = rho * 0.05 ** 2;
      const s = q / (1 + q);
      return rho * (1 - s / Math.asin(s));
    };
    expect(trajectory.pmse[0] - pca[2]).toBeCloseTo(excess(1) + excess(0.4), 14);
    expect(trajectory.pmse[2] - pca[2]).toBeLessThan(excess(1) + excess(0.4));
  });

  it("an informed start has ω = ν = 1 on its own modes and no bulk", () => {
    const { trajectory } = solveWith({ initial: { kind: "informed" }, time: { at: [0] } });
    expect([...trajectory.Q]).toEqual([1, 0, 0, 0.4]);
    expect([...trajectory.T0]).toEqual([1, 0, 0, 1]);
  });
});

describe("a ReLU encoder that shrinks to zero in finite time", () => {
  const collapse = (bulk: number, encoderBulk: number) =>
    solveWith({
      model: { hidden: 2, activation: "relu" },
      data: { kind: "spiked", spikes: [1], bulk },
      initial: {
        kind: "explicit",
        encoder: [[-0.1], [2]],
        decoder: [[1], [1]],
        encoderBulk: [
          [encoderBulk, 0],
          [0, encoderBulk],
        ],
      },
      time: { at: [0, 0.1, 0.5, 1] },
    });

  it("stops there and names the neuron", () => {
    const { status, message, trajectory } = collapse(0, 0);
    expect(status).toBe("step-underflow");
    expect(message).toMatch(/^stopped at t = 0.19\d*: the encoder of neuron 1 shrinks to zero/);
    expect([...trajectory.t]).toEqual([0, 0.1]);
  });

  it("passes with a little noise", () => {
    expect(collapse(1, 1e-8).status).toBe("ok");
  });
});

it("solves data whose spikes fill all directions, D = M", () => {
  const data = { kind: "spiked" as const, spikes: [1, 0.4], bulk: 0.5, dimension: 2 };
  const { status, trajectory, pca } = solveWith({ data });
  expect(status).toBe("ok");
  expect(pca).toEqual([1.4, 0.4, 0]);
  validateTrajectory(trajectory, trajectory.t);
});
