/*
 * Backward differences ∇ᵏy of a solution at equal steps h: all that a method of backward
 * differentiation keeps of the past (Shampine & Reichelt, The MATLAB ODE suite, 1997).
 */

/** Harmonic numbers 1 + 1/2 + … + 1/k: the weights of backward differentiation. */
export const GAMMA = [0, 1, 1.5, 11 / 6, 25 / 12, 137 / 60, 2.45, 363 / 140];

// Components are treated so many at a time, so that all differences of some stay in the cache.
const BLOCK = 512;

export class Differences {
  t = 0;
  h = 0;
  order = 1;
  readonly #D: Float64Array[];

  /** y = `start` at t = 0 */
  constructor(start: Float64Array, highestOrder: number) {
    this.#D = Array.from({ length: highestOrder + 3 }, () => new Float64Array(start.length));
    this.#D[0].set(start);
  }

  /** y itself */
  get y(): Float64Array {
    return this.#D[0];
  }

  /** ∇ᵏy */
  of(k: number): Float64Array {
    return this.#D[k];
  }

  /** Begins with steps of h from the slope at the start. */
  begin(h: number, slope: Float64Array): void {
    this.h = h;
    const first = this.#D[1];
    for (let i = 0; i < first.length; i++) first[i] = h * slope[i];
  }

  /** Writes y(t + h) as the past has it, and Σ γ_k ∇ᵏy. */
  predict(predicted: Float64Array, weighted: Float64Array): void {
    predicted.set(this.y);
    weighted.fill(0);
    for (let from = 0; from < predicted.length; from += BLOCK) {
      const to = Math.min(from + BLOCK, predicted.length);
      for (let k = 1; k <= this.order; k++) {
        const difference = this.#D[k];
        const gamma = GAMMA[k];
        for (let i = from; i < to; i++) {
          predicted[i] += difference[i];
          weighted[i] += gamma * difference[i];
        }
      }
    }
  }

  /** Goes a step on, to the prediction plus d. */
  advance(d: Float64Array): void {
    const { order } = this;
    const [top, above] = [this.#D[order + 1], this.#D[order + 2]];
    for (let from = 0; from < d.length; from += BLOCK) {
      const to = Math.min(from + BLOCK, d.length);
      for (let i = from; i < to; i++) {
        above[i] = d[i] - top[i];
        top[i] = d[i];
      }
      for (let k = order; k >= 0; k--) {
        const low = this.#D[k];
        const high = this.#D[k + 1];
        for (let i = from; i < to; i++) low[i] += high[i];
      }
    }
    this.t += this.h;
  }

  /** Goes over to steps of factor · h, on the same polynomial. */
  rescale(factor: number): void {
    const size = this.order + 1;
    const change = product(changes(size, factor), changes(size, 1));
    const old = new Float64Array(size);
    const D = this.#D;
    for (let i = 0; i < D[0].length; i++) {
      for (let k = 1; k < size; k++) old[k] = D[k][i];
      for (let k = 1; k < size; k++) {
        let sum = 0;
        for (let j = 1; j < size; j++) sum += change[j][k] * old[j];
        D[k][i] = sum;
      }
    }
    this.h *= factor;
  }

  /** Writes the state at a time within the last step: the polynomial's, of the method's order. */
  interpolate(t: number, out: Float64Array): void {
    out.set(this.y);
    if (t === this.t) return;
    let weight = 1;
    for (let k = 1; k <= this.order; k++) {
      weight *= (t - this.t + this.h * (k - 1)) / (this.h * k);
      const difference = this.#D[k];
      for (let i = 0; i < out.length; i++) out[i] += weight * difference[i];
    }
  }
}

/** Values at steps of factor · h from differences at steps of h, but for signs: its own inverse at 1. */
function changes(size: number, factor: number): number[][] {
  const rows = [new Array<number>(size).fill(1)];
  for (let i = 1; i < size; i++) {
    rows.push(rows[i - 1].map((x, j) => (j === 0 ? 0 : (x * (i - 1 - factor * j)) / i)));
  }
  return rows;
}

function product(A: number[][], B: number[][]): number[][] {
  return A.map((row) => B[0].map((_, j) => row.reduce((sum, x, k) => sum + x * B[k][j], 0)));
}
