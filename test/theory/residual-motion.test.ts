import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CovarianceError } from "../../src/model/activations/determinant.js";
import { EquationsOfMotion } from "../../src/theory/equations-of-motion.js";
import { ModeSystem } from "../../src/theory/mode-system.js";
import { ResidualMotion } from "../../src/theory/residual-motion.js";
import { normalSource } from "../support/normals.js";
import { experimentWith } from "../support/scenarios.js";

type Parts = NonNullable<Parameters<typeof experimentWith>[0]>;
interface Drift {
  drift(y: Float64Array, dy: Float64Array): void;
}

function motionsOf(parts: Parts) {
  const { scenario, spectrum, activation } = experimentWith(parts);
  const system = new ModeSystem(spectrum, scenario.initial);
  const { rule, learningRate, weightDecay } = scenario.training;
  const rules = { learningRate, weightDecay, truncated: rule === "truncated" };
  return {
    system,
    plain: new EquationsOfMotion(system, activation, rules),
    residual: new ResidualMotion(system, activation, rules),
  };
}

function rateOf(motion: Drift, y: Float64Array): Float64Array {
  // what was there before is no rate
  const dy = new Float64Array(y.length).fill(Number.NaN);
  motion.drift(y, dy);
  return dy;
}

const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);

const DATA: Record<string, Parts["data"]> = {
  "bulk in the limit": { kind: "spiked", spikes: [1, 0.5, 0.2, 0.1], bulk: 0.3 },
  "no bulk": { kind: "spiked", spikes: [1, 0.5], bulk: 0 },
  "finite D": { kind: "spiked", spikes: [1, 0.5], bulk: 0.3, dimension: 20 },
  spectrum: { kind: "spectrum", eigenvalues: [9, 5, 3, 2, 1, 1] },
  "equal eigenvalues": { kind: "spectrum", eigenvalues: [9, ...Array<number>(9).fill(2)] },
};
const cases = (["sigmoid", "relu", "linear"] as const).flatMap((activation) =>
  (["sgd", "truncated"] as const).flatMap((rule) =>
    Object.keys(DATA).flatMap((kind) =>
      [1, 2, 4].map((hidden) => ({ activation, rule, kind, hidden })),
    ),
  ),
);

describe.each(cases)("$activation, $rule, $kind, K = $hidden", (one) => {
  it.each([0, 0.2])("the same rates as the equations of motion, with decay %d", (weightDecay) => {
    const { activation, rule, kind, hidden } = one;
    const { system, plain, residual } = motionsOf({
      model: { hidden, activation },
      data: DATA[kind],
      training: { learningRate: 1.3, weightDecay, rule },
    });
    const normal = normalSource(11);
    for (const size of [0.1, 1, 3]) {
      const y = system.start.map(() => (size * normal()) / Math.sqrt(system.count));
      const exact = rateOf(plain, y);
      const ours = rateOf(residual, y);
      // rounding: sums of count · K terms, some of them larger than their sum
      const tolerance = 1e-13 * largest(exact);
      exact.forEach((rate, i) => {
        expect(Math.abs(ours[i] - rate)).toBeLessThan(tolerance);
      });
    }
  });
});

it("writes nothing into the state", () => {
  const { system, residual } = motionsOf({});
  const y = system.start.map((_, i) => Math.sin(i + 1));
  const before = y.slice();
  rateOf(residual, y);
  expect(y).toEqual(before);
});

it("gives the same rates after other states", () => {
  const { system, residual } = motionsOf({ model: { hidden: 3, activation: "sigmoid" } });
  const y = system.start.map((_, i) => Math.sin(i + 1));
  const first = rateOf(residual, y);
  rateOf(
    residual,
    y.map((x) => 5 - x),
  );
  expect(rateOf(residual, y)).toEqual(first);
});

it("is not finite, or refuses, where the state has left the numbers' range", () => {
  const { system, residual } = motionsOf({ model: { hidden: 2, activation: "sigmoid" } });
  const huge = system.start.map((_, i) => (i % 2 === 0 ? 1e160 : -1e200));
  let isLost: boolean;
  try {
    isLost = !rateOf(residual, huge).every(Number.isFinite);
  } catch (error) {
    isLost = error instanceof CovarianceError;
  }
  expect(isLost).toBe(true);
});

interface ValleyCase {
  name: string;
  rule: "sgd" | "truncated";
  spikes: number[];
  encoder: number[][];
  decoder: number[][];
  encoderRates: number[][];
  decoderRates: number[][];
  slow: number[][];
}
const valley = JSON.parse(
  readFileSync(new URL("../fixtures/valley.json", import.meta.url), "utf8"),
) as ValleyCase[];

describe.each(valley)("in the valley at t = 10⁹: $name, $rule", (one) => {
  const { spikes, encoder, decoder, rule, slow } = one;
  const K = encoder.length;
  const { system, plain, residual } = motionsOf({
    model: { hidden: K, activation: "sigmoid" },
    data: { kind: "spiked", spikes, bulk: 0 },
    training: { learningRate: 1, rule },
    initial: { kind: "explicit", encoder, decoder },
  });
  const y = system.start;
  const modes = spikes.map((_, v) => v);

  /** Largest error along the valley, relative to the largest rate along it. */
  function slowError(motion: Drift): number {
    const dy = rateOf(motion, y);
    let worst = 0;
    for (let i = 0; i < K; i++) {
      for (let j = 0; j < K; j++) {
        const along = modes.reduce((sum, v) => {
          const w = 2 * K * v;
          return sum + y[w + K + i] * dy[w + K + j] - y[w + j] * dy[w + i];
        }, 0);
        worst = Math.max(worst, Math.abs(along - slow[i][j]));
      }
    }
    return worst / Math.max(...slow.flat().map(Math.abs));
  }

  function errorOf(motion: Drift): number {
    const dy = rateOf(motion, y);
    let worst = 0;
    for (const v of modes) {
      for (let k = 0; k < K; k++) {
        worst = Math.max(worst, Math.abs(dy[2 * K * v + k] - one.encoderRates[k][v]));
        worst = Math.max(worst, Math.abs(dy[2 * K * v + K + k] - one.decoderRates[k][v]));
      }
    }
    return worst;
  }

  it("the system has the modes for its state and nothing else", () => {
    expect(system.count).toBe(spikes.length);
  });

  it("the rates along it are those of 50 digits, though what acts across it is 10⁹ times as large", () => {
    // products of two doubles: decoders of 40 times rates that are right to rounding
    expect(slowError(residual)).toBeLessThan(3e-12);
    // the equations as they stand have lost that: the state is one where it matters
    expect(slowError(plain)).toBeGreaterThan(30 * slowError(residual));
  });

  it("all rates are those of 50 digits, to rounding of the identity", () => {
    // δ − A is rounded to some 1e-16, and multiplied by decoders of 40
    expect(errorOf(residual)).toBeLessThan(2e-14);
  });
});
