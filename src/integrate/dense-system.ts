import { decompose, solve } from "../model/lu.js";
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
    const [J, A, active] = [this.#J, this.#LU, this.#active];
    for (let i = 0; i < m; i++) {
      const from = active[i] * n;
      for (let j = 0; j < m; j++) A[i * m + j] = -h * J[from + active[j]];
      A[i * m + i] += 1;
    }
    return decompose(A, this.#pivots, m);
  }

  solve(b: Float64Array): void {
    const m = this.#size;
    const [active, x] = [this.#active, this.#x];
    for (let i = 0; i < m; i++) x[i] = b[active[i]];
    solve(this.#LU, this.#pivots, m, x, 0);
    for (let i = 0; i < m; i++) b[active[i]] = x[i];
  }
}
