import { erfc } from "../../src/model/erf.js";
import { streamOf } from "../../src/simulate/random/stream.js";

export interface NormalStatistics {
  /** deviations in their own standard errors */
  readonly mean: number;
  readonly variance: number;
  readonly skewness: number;
  readonly kurtosis: number;
  readonly beyond4: number;
  /** of the correlation between neighbours, at distances 1 to 8 */
  readonly correlation: number;
  /** (chi-square − degrees of freedom)/√(2 · degrees of freedom) over 200 bins of equal probability */
  readonly chiSquare: number;
}

const BINS = 200;
const above = (x: number) => 0.5 * erfc(x * Math.SQRT1_2);

/** Edges of bins of equal probability, by bisection. */
function binEdges(): Float64Array {
  return Float64Array.from({ length: BINS - 1 }, (_, i) => {
    let low = -10;
    let high = 10;
    for (let step = 0; step < 60; step++) {
      const middle = (low + high) / 2;
      if (1 - above(middle) < (i + 1) / BINS) low = middle;
      else high = middle;
    }
    return low;
  });
}

/** Statistics of n normals of one stream against those of the normal law. */
export function normalStatistics(n: number, seed: number): NormalStatistics {
  const random = streamOf({ seed, dimension: 1, engine: "direct" });
  const x = new Float64Array(10_000);
  const sums = new Float64Array(5);
  const counts = new Float64Array(BINS);
  const edges = binEdges();
  // one look-up in a fine grid, then at most a step or two
  const grid = Int32Array.from({ length: 4097 }, (_, i) => place(edges, (i - 2048) / 256));
  let beyond4 = 0;
  let products = 0;
  for (let done = 0; done < n; done += x.length) {
    random.fillNormals(x, 0, x.length);
    for (let i = 0; i < x.length; i++) {
      const z = x[i];
      const square = z * z;
      sums[1] += z;
      sums[2] += square;
      sums[3] += square * z;
      sums[4] += square * square;
      if (square > 16) beyond4++;
      if (i > 8) products += z * x[i - 1 - (i & 7)];
      let bin = grid[Math.max(0, Math.min(4096, Math.floor(256 * z) + 2048))];
      while (bin < BINS - 1 && z > edges[bin]) bin++;
      counts[bin]++;
    }
  }
  const moment = (k: number) => sums[k] / n;
  const p = 2 * above(4);
  const expected = n / BINS;
  const chi = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const root = Math.sqrt(n);
  return {
    mean: moment(1) * root,
    variance: ((moment(2) - 1) * root) / Math.sqrt(2),
    skewness: (moment(3) * root) / Math.sqrt(15),
    kurtosis: ((moment(4) - 3) * root) / Math.sqrt(96),
    beyond4: (beyond4 - n * p) / Math.sqrt(n * p),
    correlation: products / root,
    chiSquare: (chi - (BINS - 1)) / Math.sqrt(2 * (BINS - 1)),
  };
}

function place(edges: Float64Array, z: number): number {
  let bin = 0;
  while (bin < edges.length && z > edges[bin]) bin++;
  return bin;
}
