import type { Coordinates, LinearSystem } from "./linear-system.js";

/** Substeps of the rows of the tableau. */
export const SUBSTEPS = [2, 4, 6, 8, 10, 12, 14, 16, 18, 20];
export const ROWS = SUBSTEPS.length;

type Drift = (y: Float64Array, dy: Float64Array) => void;

/** What came of a row. */
export type RowOutcome = "ok" | "singular" | "unstable" | "lost";

/**
 * One step of the extrapolated linearly implicit Euler method (Deuflhard 1985; Hairer & Wanner, Solving
 * ODEs II, IV.9). Row j takes n_j substeps of h_j = H/n_j with the Jacobian J of the step's start,
 *
 *     (1 − h_j J) Δ_i = h_j f(y_i),   y_{i+1} = y_i + Δ_i,   T_{j,1} = y_{n_j},
 *     T_{j,k+1} = T_{j,k} + (T_{j,k} − T_{j−1,k})/(n_j/n_{j−k} − 1),
 *
 * and T_{j,j} has order j, whatever the matrix J: where it is exact the method is L-stable. Sums are those
 * of increments, so that rounding is relative to the step's change.
 */
export class ExtrapolationStep {
  /** evaluations, decompositions and solutions so far */
  evaluations = 0;
  decompositions = 0;
  solutions = 0;
  /** weights of the error norm: tolerances of every variable */
  readonly scale: Float64Array;
  readonly #drift: Drift;
  readonly #system: LinearSystem;
  readonly #coordinates: Coordinates | undefined;
  readonly #n: number;
  readonly #start: Float64Array;
  readonly #slope: Float64Array;
  /** T_{j,1} − x0 … T_{j,j} − x0 of the last row and of the one before, [ROWS][n] */
  #row: Float64Array[];
  #before: Float64Array[];
  /** T_{j,j} − x0 */
  #change: Float64Array;
  readonly #increment: Float64Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #defect: Float64Array;

  constructor(n: number, drift: Drift, system: LinearSystem, coordinates?: Coordinates) {
    const vector = () => new Float64Array(n);
    const rows = () => Array.from({ length: ROWS }, vector);
    this.#n = n;
    this.#drift = drift;
    this.#system = system;
    this.#coordinates = coordinates;
    this.#row = rows();
    this.#before = rows();
    this.#change = this.#row[0];
    this.scale = vector();
    [this.#start, this.#slope, this.#increment] = [0, 0, 0].map(vector);
    [this.#x, this.#y, this.#defect] = [0, 0, 0].map(vector);
  }

  /** Takes the start of a step, and the slope f(y0) there. */
  begin(y0: Float64Array, slope: Float64Array): void {
    this.#start.set(y0);
    this.#slope.set(slope);
    this.#coordinates?.center(y0);
    this.#coordinates?.pushStart(this.#slope);
  }

  /** Computes row j = 0, 1 … of a step of length H; the step may end there. */
  compute(j: number, H: number): RowOutcome {
    const outcome = this.#substeps(j, H);
    if (outcome === "ok") this.#extrapolate(j);
    return outcome;
  }

  /** Root mean square of (T_{j,j} − T_{j,j−1})/scale. */
  error(j: number): number {
    return this.#norm(this.#row[j], this.#row[j - 1]);
  }

  /** Writes the state at the end of the step into y; false where it is beyond the map. */
  end(y: Float64Array): boolean {
    const x = this.#coordinates ? this.#x : y;
    for (let c = 0; c < this.#n; c++) x[c] = this.#start[c] + this.#change[c];
    return this.#coordinates?.state(x, y) ?? true;
  }

  #substeps(j: number, H: number): RowOutcome {
    const n = this.#n;
    const system = this.#system;
    const steps = SUBSTEPS[j];
    const h = H / steps;
    this.decompositions++;
    if (!system.decompose(h)) return "singular";
    // T_{j,1} − x0 goes where the row begins
    const sum = this.#before[0];
    sum.fill(0);
    const increment = this.#increment;
    for (let i = 0; i < steps; i++) {
      if (i === 0) increment.set(this.#slope);
      else if (!this.#rateAt(sum, increment)) return "lost";
      // after the first substep `sum` is its increment
      if (i === 1 && j < 2 && this.#diverges(sum, increment, h)) return "unstable";
      for (let c = 0; c < n; c++) increment[c] *= h;
      this.#solve(increment);
      for (let c = 0; c < n; c++) sum[c] += increment[c];
    }
    return "ok";
  }

  /** Writes the rate of x at x0 + sum. */
  #rateAt(sum: Float64Array, rate: Float64Array): boolean {
    const x = this.#x;
    for (let c = 0; c < this.#n; c++) x[c] = this.#start[c] + sum[c];
    this.evaluations++;
    if (!this.#coordinates) {
      this.#drift(x, rate);
      return true;
    }
    if (!this.#coordinates.state(x, this.#y)) return false;
    this.#drift(this.#y, rate);
    this.#coordinates.push(this.#y, rate);
    return true;
  }

  /** (1 − hJ)⁻¹ in the step's coordinates: y ← x, solve, x ← y. */
  #solve(b: Float64Array): void {
    this.solutions++;
    const coordinates = this.#coordinates;
    coordinates?.pullStart(b);
    this.#system.solve(b);
    coordinates?.pushStart(b);
  }

  /** Whether a Newton iteration for the implicit Euler step would diverge (Hairer & Wanner, IV.9). */
  #diverges(first: Float64Array, rate: Float64Array, h: number): boolean {
    const defect = this.#defect;
    for (let c = 0; c < this.#n; c++) defect[c] = h * rate[c] - first[c];
    this.#solve(defect);
    return !(this.#norm(defect) <= Math.max(1, this.#norm(first)));
  }

  /** Completes the row whose first entry the substeps have left. */
  #extrapolate(j: number): void {
    const n = this.#n;
    const row = this.#before;
    const before = this.#row;
    // row[0] is new; the entries before[k] are of row j − 1, and each makes room for row[k + 1]
    for (let k = 0; k < j; k++) {
      const ratio = 1 / (SUBSTEPS[j] / SUBSTEPS[j - k - 1] - 1);
      const [left, above, out] = [row[k], before[k], row[k + 1]];
      for (let c = 0; c < n; c++) out[c] = left[c] + (left[c] - above[c]) * ratio;
    }
    this.#row = row;
    this.#before = before;
    this.#change = row[j];
  }

  #norm(a: Float64Array, b?: Float64Array): number {
    const scale = this.scale;
    let sum = 0;
    for (let c = 0; c < this.#n; c++) {
      const x = (b ? a[c] - b[c] : a[c]) / scale[c];
      sum += x * x;
    }
    return Math.sqrt(sum / this.#n);
  }
}
