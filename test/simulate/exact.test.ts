import { describe, expect, it } from "vitest";
import { ExactEngine, leastDimension } from "../../src/simulate/exact.js";
import { streamOf } from "../../src/simulate/random/stream.js";
import { experimentWith } from "../support/scenarios.js";

function engineAt(dimension: number, learningRate = 1): ExactEngine {
  const experiment = experimentWith({
    data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.8, dimension },
    training: { learningRate },
  });
  return new ExactEngine(experiment, streamOf({ seed: 1, dimension, engine: "exact" }));
}

describe("the exact engine", () => {
  it.each([7, 8, 12, 1000])(
    "draws samples whose bulk has the length of D − M normals, D = %i",
    (D) => {
      const engine = engineAt(D);
      const steps = 100_000;
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < steps; i++) {
        engine.advance(1);
        let square = 0;
        for (let j = 2; j < engine.sample.length; j++) square += engine.sample[j] ** 2;
        // what an earlier step left beyond the new direction doesn't belong to this sample
        const excess = (square * D) / 0.8 - (D - 2);
        sum += excess;
        squares += excess ** 2;
        engine.sample.fill(0);
      }
      const n = D - 2;
      expect(Math.abs(sum / steps) / Math.sqrt((2 * n) / steps)).toBeLessThan(4);
      const error = Math.sqrt((12 * n * (n + 4) - 4 * n * n) / steps);
      expect(Math.abs(squares / steps - 2 * n) / error).toBeLessThan(4);
    },
  );

  it("uses no more coordinates than there are, and none outside of its size", () => {
    for (const D of [7, 8, 9, 30]) {
      const engine = engineAt(D);
      for (let i = 0; i < 50; i++) {
        engine.advance(1);
        expect(engine.size).toBeLessThanOrEqual(D);
        for (const row of [...engine.network.encoder, ...engine.network.decoder]) {
          expect(row.subarray(engine.size).every((x) => x === 0)).toBe(true);
        }
      }
    }
  });

  it("has coordinates for steps that don't depend on D", () => {
    expect(engineAt(1e9).sample.length).toBe(engineAt(1000).sample.length);
  });

  it("needs D ≥ M + 2K + 1", () => {
    expect(leastDimension(2, 2)).toBe(7);
    expect(() => engineAt(6)).toThrow(RangeError);
  });

  it("changes no Gram matrix where it rotates the weights back", () => {
    // no learning: weights stay what they are, whatever the coordinates
    const engine = engineAt(50, 0);
    const gram = () => {
      const rows = [...engine.network.encoder, ...engine.network.decoder];
      return rows.flatMap((a) => rows.map((b) => a.reduce((sum, x, i) => sum + x * b[i], 0)));
    };
    const before = gram();
    engine.advance(1000);
    gram().forEach((value, i) => {
      expect(Math.abs(value - before[i])).toBeLessThan(1e-13 * Math.abs(before[0]) + 1e-13);
    });
  });
});
