import { describe, expect, it } from "vitest";
import { componentErrors, learningTimes } from "../../src/analyse/components.js";
import { findActivation } from "../../src/model/activations/find.js";
import { PopulationError } from "../../src/model/population-error.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { dot, type ExplicitWeights, trajectoryOf } from "../support/explicit-weights.js";
import { normalMatrix, normalSource } from "../support/normals.js";
import { experimentWith, solveWith } from "../support/scenarios.js";

function activationOf(name: string) {
  const activation = findActivation(name);
  if (!activation) throw new Error(name);
  return activation;
}

const ACTIVATIONS = ["sigmoid", "relu", "linear"] as const;

/** Component errors of a solution, and their sum over modes at each time. */
function errorsOf(parts: Partial<ScenarioInput>) {
  const { trajectory, scenario } = solveWith(parts);
  const { rho, bulk } = experimentWith(parts).spectrum;
  const errors = componentErrors(
    trajectory,
    activationOf(scenario.model.activation as string),
    rho,
  );
  if (!errors) throw new Error("no amplitudes");
  const sums = Array.from(trajectory.t, (_, i) =>
    errors.subarray(i * rho.length, (i + 1) * rho.length).reduce((sum, value) => sum + value, 0),
  );
  return { trajectory, errors, sums, rho, bulk };
}

describe.each(ACTIVATIONS)("errors of components, %s", (activation) => {
  const start = {
    model: { hidden: 3, activation },
    initial: { kind: "random" as const, std: 0.4, seed: 3 },
    time: { at: [0, 1, 5, 30] },
  };

  it("sum to pmse over a full spectrum", () => {
    const { trajectory, sums } = errorsOf({
      ...start,
      data: { kind: "spectrum", law: { kind: "power", dimension: 30, exponent: 1.2, trace: 1 } },
    });
    // two orders of the same sums
    sums.forEach((sum, i) => {
      expect(Math.abs(sum - trajectory.pmse[i])).toBeLessThan(1e-14);
    });
    expect(trajectory.pmse[3]).toBeLessThan(0.9 * trajectory.pmse[0]);
  });

  it("leave to the bulk, as D → ∞, σ² and what decoders say along it", () => {
    const { trajectory, sums, bulk } = errorsOf({
      ...start,
      data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.2 },
    });
    const remainders = trajectory.pmse.map((pmse, i) => pmse - sums[i]);
    // T_bulk is positive and decays, so the bulk's error falls to σ² from above
    for (let i = 1; i < 4; i++) expect(remainders[i]).toBeLessThan(remainders[i - 1]);
    expect(remainders[3]).toBeGreaterThan((bulk?.variance ?? 0) * (1 - 1e-14));
  });

  it("leave to the bulk of finite D what its directions add as modes of their own", () => {
    const [D, spikes, bulk] = [8, [1, 0.4], 0.5];
    const normal = normalSource(4);
    const state: ExplicitWeights = {
      encoder: normalMatrix(normal, 3, D, 0.5),
      decoder: normalMatrix(normal, 3, D, 0.3 * Math.sqrt(D)),
      components: [unit(0, D), unit(1, D)],
      rho: spikes,
      bulk,
    };
    const full = {
      ...state,
      components: Array.from({ length: D }, (_, m) => unit(m, D)),
      rho: Array.from({ length: D }, (_, m) => spikes[m] ?? bulk / D),
    };
    const trajectory = trajectoryOf([state]);
    const some = componentErrors(trajectory, activationOf(activation), spikes);
    const all = componentErrors(trajectoryOf([full]), activationOf(activation), full.rho);
    const sum = (values: Float64Array = new Float64Array(0)) => values.reduce((a, b) => a + b, 0);
    const trace = sum(Float64Array.from(full.rho));
    const pmse = new PopulationError(activationOf(activation), 3, trace).at(
      trajectory.Q,
      trajectory.R,
      trajectory.T0,
    );
    expect(all).toHaveLength(D);
    // sums of a few dozen terms of order one
    expect(pmse - sum(some)).toBeCloseTo(sum(all?.subarray(2)), 13);
    expect(sum(all?.subarray(2))).toBeGreaterThan(0.1);
  });

  it("are averages of what is left of samples, for weights of any kind", () => {
    const D = 5;
    const normal = normalSource(11);
    const rho = [1, 0.6, 0.3, 0.2, 0.05];
    const state: ExplicitWeights = {
      encoder: normalMatrix(normal, 3, D, 0.9),
      decoder: normalMatrix(normal, 3, D, 0.5 * Math.sqrt(D)),
      components: Array.from({ length: D }, (_, m) => unit(m, D)),
      rho,
      bulk: 0,
    };
    const exact = componentErrors(trajectoryOf([state]), activationOf(activation), rho);
    const { average, error } = sampledErrors(state, activation, normal, 60_000);
    rho.forEach((_, m) => {
      const gap = Math.abs((exact?.[m] ?? Number.NaN) - average[m]);
      expect(gap, `component ${m + 1}`).toBeLessThan(5 * error[m]);
      // 60,000 samples see a difference of a few per cent
      expect(error[m]).toBeLessThan(0.02 * average[m]);
    });
  });
});

/** √D along one axis. */
function unit(m: number, D: number): number[] {
  return Array.from({ length: D }, (_, i) => (i === m ? Math.sqrt(D) : 0));
}

const RESPONSES = {
  // erf(λ/√2) is the mean of the sign of λ minus a normal
  sigmoid: (field: number, normal: () => number) => (field > normal() ? 1 : -1),
  relu: (field: number) => Math.max(0, field),
  linear: (field: number) => field,
};

/**
 * (x − x̂)·ψ_m of samples, squared, over D², each with its standard error. A sigmoid is the mean of
 * random signs, so the products of a sample need two independent ones.
 */
function sampledErrors(
  { encoder, decoder, components, rho }: ExplicitWeights,
  activation: keyof typeof RESPONSES,
  normal: () => number,
  samples: number,
) {
  const D = components[0].length;
  const sums = rho.map(() => [0, 0]);
  for (let n = 0; n < samples; n++) {
    const c = rho.map(() => normal());
    const x = components[0].map((_, i) =>
      components.reduce((sum, psi, m) => sum + Math.sqrt(rho[m]) * c[m] * psi[i], 0),
    );
    const fields = encoder.map((w) => dot(w, x) / Math.sqrt(D));
    const left = [0, 1].map(() => {
      const outputs = fields.map((field) => RESPONSES[activation](field, normal));
      return x.map((value, i) => value - outputs.reduce((sum, g, k) => sum + decoder[k][i] * g, 0));
    });
    components.forEach((psi, m) => {
      const value = (dot(left[0], psi) * dot(left[1], psi)) / D ** 2;
      sums[m][0] += value;
      sums[m][1] += value * value;
    });
  }
  const average = sums.map(([sum]) => sum / samples);
  const error = sums.map(([, square], m) =>
    Math.sqrt((square / samples - average[m] ** 2) / (samples - 1)),
  );
  return { average, error };
}

it("without amplitudes there are none", () => {
  const { trajectory } = solveWith({ time: { at: [0, 1] } });
  const { amplitudes: _, ...without } = trajectory;
  expect(componentErrors(without, activationOf("sigmoid"), [1, 0.4])).toBeUndefined();
});

describe("learning times", () => {
  /** One component of variance 2 at some times. */
  const timeOf = (t: number[], shares: number[]) =>
    learningTimes(
      t,
      Float64Array.from(shares, (share) => 2 * share),
      [2],
    )[0];

  it("lie on a straight line in ln t between two times", () => {
    // from 0.8 to 0.4 half is left at 3/4 of the way: 1 · 16^(3/4)
    expect(timeOf([1, 16, 20], [0.8, 0.4, 0.1])).toBeCloseTo(8, 13);
  });

  it("are exact at a time itself, and straight in t from t = 0", () => {
    expect(timeOf([1, 4, 16], [0.9, 0.5, 0.1])).toBeCloseTo(4, 14);
    expect(timeOf([0, 4, 16], [0.75, 0.25, 0.1])).toBeCloseTo(2, 14);
  });

  it("count the last crossing of one that was forgotten in between", () => {
    expect(timeOf([1, 2, 4, 8, 32], [0.9, 0.2, 0.7, 0.6, 0.4])).toBeCloseTo(16, 12);
  });

  it("are undefined for one that isn't learnt at the end", () => {
    expect(timeOf([1, 2, 4], [0.9, 0.8, 0.7])).toBeUndefined();
    expect(timeOf([1, 2, 4], [0.9, 0.1, 0.5])).toBeUndefined();
    expect(timeOf([1, 2, 4], [0.9, 0.1, Number.NaN])).toBeUndefined();
    expect(timeOf([], [])).toBeUndefined();
  });

  it("are the first time for one that is known from the start", () => {
    expect(timeOf([3, 4], [0.1, 0.2])).toBe(3);
    expect(timeOf([0, 4], [0.1, 0.2])).toBe(0);
  });

  it("come for each component by itself", () => {
    const errors = Float64Array.of(1, 0.1, 4, 0.2, 0.05, 1);
    expect(learningTimes([1, 16], errors, [1, 0.2, 4])).toEqual([
      expect.closeTo(16 ** (0.5 / 0.8), 12),
      1,
      expect.closeTo(16 ** (0.5 / 0.75), 12),
    ]);
  });

  it("of a solution are those at which its plateaus end, in order of the eigenvalues", () => {
    const { trajectory, errors, rho } = errorsOf({
      model: { hidden: 2, activation: "linear" },
      time: { end: 200, points: 200 },
    });
    const [first, second] = learningTimes(trajectory.t, errors, rho) as number[];
    expect(first).toBeLessThan(second);
    // when half of the second is left, the first is gone: pmse is half of 0.4 above the bulk's 0.1,
    // and 0.001 for what decoders still say along the bulk
    const i = trajectory.t.findIndex((t) => t >= second);
    expect(trajectory.pmse[i - 1]).toBeGreaterThan(0.3);
    expect(trajectory.pmse[i]).toBeLessThan(0.301);
  });
});
