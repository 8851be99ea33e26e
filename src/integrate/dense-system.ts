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
  readonly #rows: Int32Array;
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
    this.#rows = new Int32Array(n);
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
    const [J, A, rows, active] = [this.#J, this.#LU, this.#rows, this.#active];
    for (let i = 0; i < m; i++) {
      const from = active[i] * n;
      for (let j = 0; j < m; j++) A[i * m + j] = -h * J[from + active[j]];
      A[i * m + i] += 1;
      rows[i] = i * m;
    }
    for (let k = 0; k < m; k++) {
      let best = k;
      let most = Math.abs(A[rows[k] + k]);
      for (let i = k + 1; i < m; i++) {
        const size = Math.abs(A[rows[i] + k]);
        if (size > most) {
          most = size;
          best = i;
        }
      }
      // also where it is NaN
      if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return false;
      const pivot = rows[best];
      rows[best] = rows[k];
      rows[k] = pivot;
      const inverse = 1 / A[pivot + k];
      for (let i = k + 1; i < m; i++) {
        const row = rows[i];
        if (A[row + k] === 0) continue;
        const factor = A[row + k] * inverse;
        A[row + k] = factor;
        for (let j = k + 1; j < m; j++) A[row + j] -= factor * A[pivot + j];
      }
      A[pivot + k] = inverse;
    }
    return true;
  }

  solve(b: Float64Array): void {
    const m = this.#size;
    const [A, rows, active, x] = [this.#LU, this.#rows, this.#active, this.#x];
    for (let i = 0; i < m; i++) {
      const row = rows[i];
      // the rows' order is the permutation: row starts are multiples of m
      let sum = b[active[row / m]];
      for (let j = 0; j < i; j++) sum -= A[row + j] * x[j];
      x[i] = sum;
    }
    for (let i = m - 1; i >= 0; i--) {
      const row = rows[i];
      let sum = x[i];
      for (let j = i + 1; j < m; j++) sum -= A[row + j] * x[j];
      x[i] = sum * A[row + i];
    }
    for (let i = 0; i < m; i++) b[active[i]] = x[i];
  }
}
