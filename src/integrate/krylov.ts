import { dot, norm } from "./vector.js";

// Differences of f are taken over this distance, relative to the state's norm.
const DISTANCE = Math.sqrt(Number.EPSILON);

/**
 * Solves (1 − c J) x = r, J the Jacobian of f at y, by GMRES with J v from differences of f: one
 * evaluation a vector and no matrix.
 */
export class Krylov {
  readonly #n: number;
  readonly #most: number;
  readonly #basis: Float64Array[] = [];
  readonly #moved: Float64Array;
  readonly #slope: Float64Array;
  // Hessenberg matrix by columns, turned to triangular form by rotations; right-hand side
  readonly #H: Float64Array[];
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;
  readonly #g: Float64Array;
  readonly #drift: (y: Float64Array, dy: Float64Array) => void;

  constructor(n: number, most: number, drift: (y: Float64Array, dy: Float64Array) => void) {
    this.#n = n;
    this.#most = most;
    this.#drift = drift;
    this.#moved = new Float64Array(n);
    this.#slope = new Float64Array(n);
    this.#H = Array.from({ length: most }, () => new Float64Array(most + 1));
    this.#cos = new Float64Array(most);
    this.#sin = new Float64Array(most);
    this.#g = new Float64Array(most + 1);
  }

  /** Adds the solution to x; returns the norm of the residual that is left, at most `goal` if it could. */
  solve(
    c: number,
    y: Float64Array,
    slope: Float64Array,
    r: Float64Array,
    goal: number,
    x: Float64Array,
  ): number {
    const g = this.#g;
    let rest = norm(r);
    if (rest <= goal) return rest;
    const distance = DISTANCE * Math.max(norm(y), 1e-3);
    copyScaled(r, 1 / rest, this.#vector(0));
    g.fill(0);
    g[0] = rest;
    let size = 0;
    while (size < this.#most && rest > goal) {
      const v = this.#vector(size);
      const w = this.#vector(size + 1);
      this.#apply(c, y, slope, v, distance, w);
      rest = this.#orthogonalise(size, w);
      size++;
    }
    this.#addSolution(size, x);
    return rest;
  }

  #vector(i: number): Float64Array {
    this.#basis[i] ??= new Float64Array(this.#n);
    return this.#basis[i];
  }

  #apply(
    c: number,
    y: Float64Array,
    slope: Float64Array,
    v: Float64Array,
    distance: number,
    w: Float64Array,
  ): void {
    const moved = this.#moved;
    const moving = this.#slope;
    for (let i = 0; i < v.length; i++) moved[i] = y[i] + distance * v[i];
    this.#drift(moved, moving);
    const scale = c / distance;
    for (let i = 0; i < v.length; i++) w[i] = v[i] - scale * (moving[i] - slope[i]);
  }

  /** Makes w the next basis vector; returns the residual's norm. */
  #orthogonalise(k: number, w: Float64Array): number {
    const column = this.#H[k];
    const g = this.#g;
    for (let j = 0; j <= k; j++) {
      const v = this.#basis[j];
      const overlap = dot(v, w);
      for (let i = 0; i < w.length; i++) w[i] -= overlap * v[i];
      column[j] = overlap;
    }
    const length = norm(w);
    if (length > 0) copyScaled(w, 1 / length, w);
    for (let j = 0; j < k; j++) {
      const upper = column[j];
      column[j] = this.#cos[j] * upper + this.#sin[j] * column[j + 1];
      column[j + 1] = this.#cos[j] * column[j + 1] - this.#sin[j] * upper;
    }
    const diagonal = Math.hypot(column[k], length);
    this.#cos[k] = column[k] / diagonal;
    this.#sin[k] = length / diagonal;
    column[k] = diagonal;
    g[k + 1] = -this.#sin[k] * g[k];
    g[k] *= this.#cos[k];
    return Math.abs(g[k + 1]);
  }

  #addSolution(size: number, x: Float64Array): void {
    const g = this.#g;
    for (let i = size - 1; i >= 0; i--) {
      for (let j = i + 1; j < size; j++) g[i] -= this.#H[j][i] * g[j];
      g[i] /= this.#H[i][i];
    }
    for (let j = 0; j < size; j++) {
      const v = this.#basis[j];
      const weight = g[j];
      for (let i = 0; i < x.length; i++) x[i] += weight * v[i];
    }
  }
}

function copyScaled(from: Float64Array, factor: number, to: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] = factor * from[i];
}
