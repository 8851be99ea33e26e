import { describe, expect, it } from "vitest";
import type { Experiment } from "../../src/model/resolve.js";
import { DirectEngine } from "../../src/simulate/direct.js";
import type { Engine } from "../../src/simulate/engine.js";
import { ExactEngine } from "../../src/simulate/exact.js";
import { streamOf } from "../../src/simulate/random/stream.js";
import { experimentWith } from "../support/scenarios.js";

/*
 * One step of each engine against the update rules of theory §1 as they stand there, the loss
 * differentiated numerically: in w, v and x themselves, not in the engines' scaled coordinates.
 */

const GATES: Record<string, (x: number) => number> = {
  // erf(x/√2) = (2/√π) Σ (−1)^n y^(2n+1)/(n!(2n+1)), y = x/√2
  sigmoid: (x) => {
    const y = x * Math.SQRT1_2;
    let term = y;
    let sum = 0;
    for (let n = 0; n < 100; n++, term *= (-y * y) / n) sum += term / (2 * n + 1);
    return (2 / Math.sqrt(Math.PI)) * sum;
  },
  relu: (x) => Math.max(0, x),
  linear: (x) => x,
};

/** ½|x − Σ_{l ≤ last} v^l g(w^l·x/√D)|² */
function loss(g: (x: number) => number, w: number[][], v: number[][], x: number[], last: number) {
  const outputs = w.map((row) =>
    g(row.reduce((s, wi, i) => s + wi * x[i], 0) / Math.sqrt(DIMENSION)),
  );
  return x.reduce((sum, xi, i) => {
    const delta = outputs.reduce((d, out, l) => (l <= last ? d - v[l][i] * out : d), xi);
    return sum + 0.5 * delta * delta;
  }, 0);
}

const DIMENSION = 20;

/** w, v and the last sample x of an engine, unscaled. */
function unscaled(engine: Engine) {
  const n = engine.sample.length;
  const root = Math.sqrt(DIMENSION);
  return {
    w: engine.network.encoder.map((row) => [...row.subarray(0, n)]),
    v: engine.network.decoder.map((row) => [...row.subarray(0, n)].map((value) => value * root)),
    x: [...engine.sample].map((value) => value * root),
  };
}

/** Central difference of f as one entry of a row moves. */
function slope(row: number[], i: number, f: () => number): number {
  const h = 1e-5;
  const value = row[i];
  row[i] = value + h;
  const above = f();
  row[i] = value - h;
  const below = f();
  row[i] = value;
  return (above - below) / (2 * h);
}

function engineOf(name: "direct" | "exact", experiment: Experiment, seed: number): Engine {
  const random = streamOf({ seed, dimension: DIMENSION, engine: name });
  return name === "direct"
    ? new DirectEngine(experiment, random)
    : new ExactEngine(experiment, random);
}

const ETA = 0.8;
const CASES = ["sigmoid", "relu", "linear"].flatMap((activation) =>
  (["sgd", "truncated"] as const).flatMap((rule) =>
    [0, 0.7].map((weightDecay) => ({ activation, rule, weightDecay })),
  ),
);

describe.each(CASES)(
  "$activation, $rule, κ = $weightDecay",
  ({ activation, rule, weightDecay }) => {
    const experiment = experimentWith({
      model: { hidden: 3, activation: activation as "sigmoid" },
      data: { kind: "spiked", spikes: [1, 0.5], bulk: 0.6, dimension: DIMENSION },
      training: { rule, learningRate: ETA, weightDecay },
      initial: { kind: "random", std: 0.6, seed: 3 },
    });

    it.each(["direct", "exact"] as const)(
      "one step of the %s engine is that of theory §1",
      (name) => {
        const engine = engineOf(name, experiment, 5);
        const before = unscaled(engine);
        engine.advance(1);
        const { w, v, x } = { ...before, x: unscaled(engine).x };
        const after = unscaled(engine);
        const D = DIMENSION;
        for (let k = 0; k < 3; k++) {
          const f = () => loss(GATES[activation], w, v, x, rule === "truncated" ? k : 2);
          for (let i = 0; i < x.length; i++) {
            const decayed = (value: number) => (1 - weightDecay / D) * value;
            const encoder = decayed(w[k][i]) - (ETA / D ** 2) * slope(w[k], i, f);
            const decoder = decayed(v[k][i]) - (ETA / D) * slope(v[k], i, f);
            // weights are of order one and central differences good to 1e-9
            expect(Math.abs(after.w[k][i] - encoder)).toBeLessThan(1e-8);
            expect(Math.abs(after.v[k][i] - decoder)).toBeLessThan(1e-8);
          }
        }
      },
    );
  },
);
