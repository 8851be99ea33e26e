import { streamState } from "./xoshiro.js";
import { fillNormals, fillUniforms } from "./ziggurat.js";

/** One stream of random numbers; its state is four integers and nothing else. */
export class RandomStream {
  readonly state: Int32Array;
  readonly #two = new Float64Array(2);

  /** @param state as saved from another stream, or from {@link streamState}, [4] */
  constructor(state: Int32Array) {
    this.state = state;
  }

  /** Fills out[from … to) with standard normals. */
  fillNormals(out: Float64Array, from: number, to: number): void {
    fillNormals(this.state, out, from, to);
  }

  /** Fills out[from … to) with numbers in (0, 1). */
  fillUniforms(out: Float64Array, from: number, to: number): void {
    fillUniforms(this.state, out, from, to);
  }

  /** out[i] ← √χ² with n ≥ 1 degrees of freedom, an integer: the length of n standard normals. */
  drawChi(out: Float64Array, i: number, n: number): void {
    const two = this.#two;
    if (n === 1) {
      fillNormals(this.state, out, i, i + 1);
      out[i] = Math.abs(out[i]);
      return;
    }
    // Gamma variate of shape n/2 ≥ 1 (Marsaglia & Tsang, ACM Trans. Math. Softw. 26 (2000) 363)
    const d = n / 2 - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      fillNormals(this.state, two, 0, 1);
      const z = two[0];
      const root = 1 + c * z;
      if (root <= 0) continue;
      fillUniforms(this.state, two, 1, 2);
      const u = two[1];
      const v = root * root * root;
      const square = z * z;
      // the first test decides nearly always, without logarithms
      const accepted =
        u < 1 - 0.0331 * square * square || Math.log(u) < 0.5 * square + d * (1 - v + Math.log(v));
      if (!accepted) continue;
      out[i] = Math.sqrt(2 * d * v);
      return;
    }
  }
}

/** What a run's random numbers depend on. */
export interface RunIdentity {
  /** an unsigned 32-bit integer */
  readonly seed: number;
  /** D, below 2^30 */
  readonly dimension: number;
  readonly engine: "direct" | "exact";
}

/**
 * The random numbers of one run. Runs that differ in seed, dimension or engine draw from disjoint parts
 * of the generator's period, for their first 2^64 draws.
 */
export function streamOf({ seed, dimension, engine }: RunIdentity): RandomStream {
  const stream = (BigInt(dimension) * 2n + (engine === "exact" ? 1n : 0n)) * 2n ** 32n;
  return new RandomStream(streamState(stream + BigInt(seed)));
}
