import { describe, expect, it } from "vitest";
import { streamOf } from "../../src/simulate/random/stream.js";
import { normalStatistics } from "../support/normal-statistics.js";

it.each([1, 2])(
  "4·10⁶ normals of seed %i have the normal law's moments, tails and bins",
  (seed) => {
    // seven statistics and two seeds: one in 10⁴ that a good generator fails at 4.5 σ
    for (const [name, z] of Object.entries(normalStatistics(4e6, seed))) {
      expect(Math.abs(z), name).toBeLessThan(4.5);
    }
  },
);

it("normals reach into the tail beyond the last layer, with its law", () => {
  const random = streamOf({ seed: 3, dimension: 1, engine: "direct" });
  const x = new Float64Array(4_000_000);
  random.fillNormals(x, 0, x.length);
  const edge = 3.6541528853610088;
  const tail = x.filter((z) => Math.abs(z) > edge).map(Math.abs);
  const mean = tail.reduce((sum, z) => sum + z, 0) / tail.length;
  expect(Math.abs(mean - TAIL_MEAN) / (TAIL_DEVIATION / Math.sqrt(tail.length))).toBeLessThan(4);
  expect(tail.some((z) => z > 4.5)).toBe(true);
});

const [TAIL_MEAN, TAIL_DEVIATION] = tailMoments();

/** Mean and standard deviation of a normal beyond the edge, by Simpson's rule. */
function tailMoments(): [number, number] {
  const edge = 3.6541528853610088;
  const n = 20_000;
  const sums = [0, 0, 0];
  for (let i = 0; i <= n; i++) {
    const z = edge + (8 * i) / n;
    const weight = (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp((edge * edge - z * z) / 2);
    sums.forEach((_, k) => {
      sums[k] += weight * z ** k;
    });
  }
  const mean = sums[1] / sums[0];
  return [mean, Math.sqrt(sums[2] / sums[0] - mean * mean)];
}

describe("√χ²", () => {
  it.each([1, 2, 3, 10, 993, 1e6])(
    "with %i degrees of freedom has mean n and variance 2n, squared",
    (n) => {
      const random = streamOf({ seed: 4, dimension: 1, engine: "exact" });
      const count = 200_000;
      const length = new Float64Array(1);
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < count; i++) {
        random.drawChi(length, 0, n);
        const excess = length[0] ** 2 - n;
        sum += excess;
        squares += excess * excess;
      }
      expect(Math.abs(sum / count) / Math.sqrt((2 * n) / count)).toBeLessThan(4);
      // the fourth central moment of χ² is 12n(n + 4)
      const error = Math.sqrt((12 * n * (n + 4) - 4 * n * n) / count);
      expect(Math.abs(squares / count - 2 * n) / error).toBeLessThan(4);
    },
  );
});

it("uniform numbers lie inside (0, 1) and fill it evenly", () => {
  const random = streamOf({ seed: 5, dimension: 1, engine: "exact" });
  const n = 400_000;
  const counts = new Float64Array(100);
  const numbers = new Float64Array(n);
  random.fillUniforms(numbers, 0, n);
  for (let i = 0; i < n; i++) {
    const u = numbers[i];
    if (!(u > 0 && u < 1)) expect.fail(`${u}`);
    counts[Math.floor(100 * u)]++;
  }
  const chi = counts.reduce((sum, count) => sum + (count - n / 100) ** 2 / (n / 100), 0);
  expect(Math.abs(chi - 99) / Math.sqrt(2 * 99)).toBeLessThan(4);
});
