import { describe, expect, it } from "vitest";
import { solve } from "../../src/integrate/solve.js";
import { ownModes } from "../../src/model/own-modes.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { rescalingLaws } from "../../src/theory/rescaling-laws.js";
import { reducedTheoryOf, theoryOf } from "../../src/theory/theory-of.js";
import type { Trajectory } from "../../src/trajectory.js";
import { experimentWith } from "../support/scenarios.js";
import { validateTrajectory } from "../support/validate-trajectory.js";

const STARTS = [
  { kind: "informed" as const },
  { kind: "perfect" as const, encoder: 0.2 },
] satisfies ScenarioInput["initial"][];

const CASES = (["sigmoid", "linear"] as const).flatMap((activation) =>
  [1, 2, 3].flatMap((hidden) =>
    STARTS.flatMap((initial) =>
      [
        {},
        { weightDecay: 0.03 },
        { rule: "truncated" as const },
        { rule: "truncated" as const, weightDecay: 0.01 },
      ].map((training) => ({ activation, hidden, initial, training })),
    ),
  ),
);

const spiked = { kind: "spiked" as const, spikes: [0.9, 0.6, 0.35, 0.2], bulk: 0.1 };

function experimentOf(
  { activation, hidden, initial, training }: (typeof CASES)[number],
  data: ScenarioInput["data"] = spiked,
) {
  return experimentWith({
    model: { hidden, activation },
    data,
    initial,
    training: { learningRate: 1.3, ...training },
    time: { end: 300, points: 12 },
    integrator: { relTol: 1e-10, absTol: 1e-13 },
  });
}

function largestError(reduced: Float64Array, full: Float64Array): number {
  // a linear network's excess can be rounding alone, 1e-32
  const scale = full.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-20);
  return reduced.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - full[i]) / scale),
    reduced.length === full.length ? 0 : Number.NaN,
  );
}

const arraysOf = ({ t, pmse, Q, R, T0, T1, bias, excess, amplitudes }: Trajectory) => ({
  ...{ t, pmse, Q, R, T0, T1, bias },
  ...{ excess: excess as Float64Array },
  ...(amplitudes as NonNullable<typeof amplitudes>),
});

describe("solutions of the reduced equations", () => {
  it("are those of the full ones, order parameters, amplitudes and errors", () => {
    for (const one of CASES) {
      const experiment = experimentOf(one);
      const full = solve(experiment);
      const reduced = solve(experiment, { reduced: true });
      expect([full.status, reduced.status]).toEqual(["ok", "ok"]);
      expect([full.stats.reduced, reduced.stats.reduced]).toEqual([undefined, true]);
      expect(reduced.pca).toEqual(full.pca);
      validateTrajectory(reduced.trajectory, full.trajectory.t);
      const expected = arraysOf(full.trajectory);
      for (const [name, values] of Object.entries(arraysOf(reduced.trajectory))) {
        const exact = expected[name as keyof typeof expected];
        expect(largestError(values, exact), `${name} ${JSON.stringify(one)}`).toBeLessThan(1e-8);
      }
    }
  });

  it.each([
    ["at finite D", { ...spiked, dimension: 50 }],
    [
      "for a full spectrum",
      { kind: "spectrum" as const, eigenvalues: [2, 5, 5, 1, 1, 1, 1, 1, 1] },
    ],
    ["on modes that aren't the leading ones", { ...spiked, spikes: [0.2, 0.35, 0.6, 0.9] }],
  ])("are those of the full ones %s", (_, data) => {
    const one = { ...CASES[0], hidden: 2 };
    const experiment = experimentOf(one, data);
    const full = solve(experiment).trajectory;
    const reduced = solve(experiment, { reduced: true }).trajectory;
    const expected = arraysOf(full);
    for (const [name, values] of Object.entries(arraysOf(reduced))) {
      const exact = expected[name as keyof typeof expected];
      expect(largestError(values, exact), name).toBeLessThan(1e-8);
    }
  });

  it("reach the laws of long times", () => {
    const end = 5000;
    const experiment = experimentWith({
      model: { hidden: 1, activation: "sigmoid" },
      data: { kind: "spiked", spikes: [1.5], bulk: 0.2 },
      initial: { kind: "informed" },
      training: { learningRate: 0.7 },
      time: { at: [end] },
    });
    const { trajectory } = solve(experiment, { reduced: true });
    const laws = rescalingLaws(1.5, 0.7);
    const { excess, amplitudes } = trajectory;
    expect((excess as Float64Array)[0] / laws.excess(end)).toBeCloseTo(1, 1);
    expect((amplitudes?.encoder[0] as number) / laws.encoder(end)).toBeCloseTo(1, 1);
    expect((amplitudes?.decoder[0] as number) / laws.decoder(end)).toBeCloseTo(1, 1);
  });
});

it("are a second route to t = 10⁹: the full equations' excess, and that of the laws", () => {
  const rhos = [1, 0.4, 0.1];
  const experiment = experimentWith({
    model: { hidden: 3, activation: "sigmoid" },
    data: { kind: "spiked", spikes: rhos, bulk: 0 },
    initial: { kind: "informed" },
    time: { at: [1e3, 1e5, 1e7, 1e9] },
  });
  const full = solve(experiment);
  const reduced = solve(experiment, { reduced: true });
  expect([full.status, reduced.status]).toEqual(["ok", "ok"]);
  const excess = (solution: typeof full) => [...(solution.trajectory.excess ?? [])];
  excess(reduced).forEach((value, i) => {
    // at 10⁹ the reduced rates, as they stand, are rounded to some 10⁻⁷
    expect(Math.abs(value / excess(full)[i] - 1)).toBeLessThan(1e-6);
  });
  const law = rhos.reduce((sum, rho) => sum + rescalingLaws(rho, 1).excess(1e9), 0);
  // corrections to the laws are of order q = rho α_w² ∝ t^(-1/3), 10⁻³ for the smallest rho, and less here
  expect(Math.abs(excess(full)[3] / law - 1)).toBeLessThan(1e-3);
});

describe("the reduced equations themselves", () => {
  /** Neuron k on mode K−1−k, at no particular amplitudes. */
  const explicit = (K: number) => {
    const place = (value: number) =>
      Array.from({ length: K }, (_, k) =>
        Array.from({ length: 4 }, (_, m) => (m === K - 1 - k ? value * (1 + 0.3 * k) : 0)),
      );
    return { kind: "explicit" as const, encoder: place(-0.7), decoder: place(1.1) };
  };

  it("drift as the full ones do", () => {
    for (const one of CASES) {
      const experiment = experimentOf({ ...one, initial: explicit(one.hidden) as never });
      const { system, equations } = theoryOf(experiment);
      const full = new Float64Array(system.start.length);
      equations.drift(system.start, full);
      const { equations: reduced, start } = reducedTheoryOf(experiment);
      const drift = new Float64Array(start.length);
      reduced.drift(start, drift);
      const K = one.hidden;
      const modes = ownModes(experiment);
      const expected = new Float64Array(full.length);
      modes.forEach((mode, k) => {
        expected[2 * K * mode + k] = drift[2 * k];
        expected[2 * K * mode + K + k] = drift[2 * k + 1];
      });
      full.forEach((value, i) => {
        expect(Math.abs(expected[i] - value)).toBeLessThan(4e-16 * (1 + Math.abs(value)));
      });
    }
  });

  it("have the Jacobian of their differences", () => {
    for (const one of CASES) {
      const { equations, start } = reducedTheoryOf(
        experimentOf({ ...one, initial: explicit(one.hidden) as never }),
      );
      const n = start.length;
      const J = new Float64Array(n * n).fill(7);
      equations.jacobian(start, J);
      const h = 1e-5;
      for (let j = 0; j < n; j++) {
        const [up, down] = [h, -h].map((step) => {
          const y = start.slice();
          y[j] += step;
          const dy = new Float64Array(n);
          equations.drift(y, dy);
          return dy;
        });
        for (let i = 0; i < n; i++) {
          expect(J[i * n + j]).toBeCloseTo((up[i] - down[i]) / (2 * h), 8);
        }
      }
    }
  });
});

describe("a start that isn't aligned is refused:", () => {
  const refusal = (parts: Partial<ScenarioInput>) => () =>
    solve(experimentWith(parts), { reduced: true });
  const aligned = {
    kind: "explicit" as const,
    encoder: [
      [1, 0],
      [0, 1],
    ],
    decoder: [
      [1, 0],
      [0, 1],
    ],
  };
  const needs = '--reduced needs every neuron on a mode of its own; use "informed" or "perfect"';

  it("a random one", () => {
    expect(refusal({})).toThrow(/^initial\.encoder: neuron 1 has ω = \S+ on mode \d/);
  });

  it("an encoder or a decoder on another mode besides", () => {
    const encoder = [
      [1, 0],
      [0.03, 1],
    ];
    const message = `neuron 2 has ω = 0.03 on mode 1 besides mode 2: ${needs}`;
    expect(refusal({ initial: { ...aligned, encoder } })).toThrow(`initial.encoder: ${message}`);
    const decoder = [
      [1, -0.5],
      [0, 1],
    ];
    expect(refusal({ initial: { ...aligned, decoder } })).toThrow(
      `initial.decoder: neuron 1 has ν = -0.5 on mode 2 besides mode 1: ${needs}`,
    );
  });

  it("two neurons on one mode, or one on none", () => {
    const both = [
      [1, 0],
      [1, 0],
    ];
    expect(refusal({ initial: { ...aligned, encoder: both, decoder: both } })).toThrow(
      `initial.encoder: neurons 1 and 2 are both on mode 1: ${needs}`,
    );
    const none = [
      [1, 0],
      [0, 0],
    ];
    expect(refusal({ initial: { ...aligned, encoder: none, decoder: none } })).toThrow(
      `initial.encoder: neuron 2 is zero on every mode: ${needs}`,
    );
  });

  it("weights with a bulk part", () => {
    const decoderBulk = [
      [0, 0],
      [0, 0.1],
    ];
    expect(refusal({ initial: { ...aligned, decoderBulk } })).toThrow(
      "initial.decoderBulk: has 0.1 at [1][1]: --reduced needs weights without a bulk part",
    );
  });

  it("an activation that isn't odd", () => {
    const model = { hidden: 2, activation: "relu" as const };
    expect(refusal({ model, initial: aligned })).toThrow(
      `model.activation: "relu" is not odd, and its neurons don't decouple: --reduced needs "sigmoid" or "linear"`,
    );
  });
});
