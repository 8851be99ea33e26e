import type { LinearSystem } from "./linear-system.js";

/**
 * LU decomposition with partial pivoting of 1 − hJ, for small systems. Variables that don't move (their
 * row of J is zero, and so is their rate) are left out.
 */
export class DenseSystem implements LinearSystem {
  readonly work: { readonly linearise: number; readonly decompose: number; readonly solve: number };
  readonly #n: number;
  readonly #jacobian: (y: Float64Array, J: Float64Array) => void;
  readonly #J: Float64Array;
  readonly #LU: Float64Array;
  readonly #pivots: Int32Array;
  readonly #x: Float64Array;
  /** the variables that move: their number, and their places */
  #size = 0;
  readonly #active: Int32Array;

  /** @param jacobian writes ∂f_i/∂y_j at y into J, row-major [n][n] */
  constructor(n: number, jacobian: (y: Float64Array, J: Float64Array) => void) {
    this.#n = n;
    this.#jacobian = jacobian;
    this.#J = new Float64Array(n * n);
    this.#LU = new Float64Array(n * n);
    this.#pivots = new Int32Array(n);
    this.#x = new Float64Array(n);
    this.#active = new Int32Array(n);
    this.work = { linearise: 3 * n * n, decompose: n ** 3 / 3, solve: n * n };
  }

  linearise(y: Float64Array): void {
    const n = this.#n;
    const J = this.#J;
    this.#jacobian(y, J);
    this.#size = 0;
    for (let i = 0; i < n; i++) {
      let j = i * n;
      const end = j + n;
      while (j < end && J[j] === 0) j++;
      if (j < end) this.#active[this.#size++] = i;
    }
  }

  decompose(h: number): boolean {
    const m = this.#size;
    const n = this.#n;
    const [J, A, pivots, active] = [this.#J, this.#LU, this.#pivots, this.#active];
    for (let i = 0; i < m; i++) {
      const from = active[i] * n;
      for (let j = 0; j < m; j++) A[i * m + j] = -h * J[from + active[j]];
      A[i * m + i] += 1;
    }
    for (let k = 0; k < m; k++) {
      let best = k;
      let most = Math.abs(A[k * m + k]);
      for (let i = k + 1; i < m; i++) {
        const size = Math.abs(A[i * m + k]);
        if (size > most) {
          most = size;
          best = i;
        }
      }
      // also where it is NaN
      if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return false;
      pivots[k] = best;
      if (best !== k) swapRows(A, k * m, best * m, m);
      eliminate(A, k, m);
    }
    return true;
  }

  solve(b: Float64Array): void {
    const m = this.#size;
    const [A, pivots, active, x] = [this.#LU, this.#pivots, this.#active, this.#x];
    for (let i = 0; i < m; i++) x[i] = b[active[i]];
    for (let k = 0; k < m; k++) {
      const held = x[pivots[k]];
      x[pivots[k]] = x[k];
      x[k] = held;
    }
    for (let i = 1; i < m; i++) x[i] -= dot(A, i * m, x, 0, i);
    for (let i = m - 1; i >= 0; i--) {
      x[i] = (x[i] - dot(A, i * m + i + 1, x, i + 1, m - i - 1)) * A[i * m + i];
    }
    for (let i = 0; i < m; i++) b[active[i]] = x[i];
  }
}

/** Column k of the factors; the inverse pivot takes the diagonal. */
function eliminate(A: Float64Array, k: number, m: number): void {
  const pivot = k * m;
  const inverse = 1 / A[pivot + k];
  A[pivot + k] = inverse;
  for (let i = k + 1; i < m; i++) {
    const row = i * m;
    if (A[row + k] === 0) continue;
    const factor = A[row + k] * inverse;
    A[row + k] = factor;
    for (let j = k + 1; j < m; j++) A[row + j] -= factor * A[pivot + j];
  }
}

function swapRows(A: Float64Array, first: number, second: number, m: number): void {
  for (let c = 0; c < m; c++) {
    const held = A[first + c];
    A[first + c] = A[second + c];
    A[second + c] = held;
  }
}

/** Two sums at once: one would wait for itself. */
function dot(A: Float64Array, i: number, x: Float64Array, j: number, count: number): number {
  let even = 0;
  let odd = 0;
  const pairs = i + (count & ~1);
  for (; i < pairs; i += 2, j += 2) {
    even += A[i] * x[j];
    odd += A[i + 1] * x[j + 1];
  }
  return (count & 1 ? even + A[i] * x[j] : even) + odd;
}
