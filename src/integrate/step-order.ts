import { ROWS, SUBSTEPS } from "./extrapolation.js";
import type { LinearSystem } from "./linear-system.js";

// Hairer & Wanner's SEULEX: factors of the step's change and of the order's, and safety factors
const LEAST = 0.1;
const MOST = 4;
const LOWER = 0.7;
const HIGHER = 0.9;
const ERROR_SAFETY = 0.6;
const STEP_SAFETY = 0.93;

/**
 * Order and step size of an extrapolation method, so that work per unit of t is least (Deuflhard 1983;
 * Hairer & Wanner, Solving ODEs I, II.9 and II, IV.9). Rows are counted from 1 here.
 */
export class StepOrder {
  /** length of the next step, and the row in which it should end */
  step: number;
  row: number;
  /** multiplications for the rows 1 … k of a step, [ROWS + 1] */
  readonly #work: Float64Array;
  /** the step length that row k suggests, and its work per unit of t, [ROWS + 1] */
  readonly #steps = new Float64Array(ROWS + 1);
  readonly #rates = new Float64Array(ROWS + 1);
  #afterRejection = false;

  /** @param drift multiplications of one evaluation */
  constructor(step: number, relTol: number, drift: number, { work }: LinearSystem) {
    this.step = step;
    const wanted = Math.floor(-Math.log10(relTol) * 0.6 + 1.5);
    this.row = Math.max(2, Math.min(ROWS - 2, wanted));
    this.#work = Float64Array.from({ length: ROWS + 1 }, (_, k) => workOfRows(k, drift, work));
  }

  /** Takes the error of row k ≥ 2 of a step of this length. */
  learn(k: number, error: number, length: number): void {
    const exponent = 1 / k;
    const least = LEAST ** exponent;
    const factor = (error / ERROR_SAFETY) ** exponent / STEP_SAFETY;
    this.#steps[k] = length / Math.min(MOST / least, Math.max(least, factor));
    this.#rates[k] = this.#work[k] / this.#steps[k];
  }

  /** Whether convergence in row `this.row + 1` can't be hoped for after this error in row k. */
  isHopeless(k: number, error: number): boolean {
    const row = this.row;
    if (k === row - 1) return error > 4 * SUBSTEPS[row] * SUBSTEPS[row - 1];
    return k === row ? error > 2 * (SUBSTEPS[row] ?? SUBSTEPS[row - 1]) : k > row;
  }

  /** The step ended in row k. */
  accept(k: number): void {
    const best = this.#bestRow(k);
    const rates = this.#rates;
    if (this.#afterRejection) {
      this.row = Math.min(best, k);
      this.step = Math.min(this.step, this.#steps[this.row]);
    } else if (best <= k) {
      this.row = best;
      this.step = this.#steps[best];
    } else {
      const isCheap = k < this.row && rates[k] < rates[k - 1] * HIGHER;
      const work = this.#work[isCheap ? Math.min(best + 1, ROWS) : best];
      this.step = (this.#steps[k] * work) / this.#work[k];
      this.row = best;
    }
    this.row = Math.max(2, this.row);
    this.#afterRejection = false;
  }

  /** The error of row k was too large. */
  reject(k: number): void {
    let row = Math.min(this.row, k, ROWS - 1);
    if (row > 2 && this.#rates[row - 1] < this.#rates[row] * LOWER) row--;
    this.row = row;
    this.step = this.#steps[row];
    this.#afterRejection = true;
  }

  /** Goes back to what was planned before a step cut short, where that was more. */
  resume(step: number, row: number): void {
    if (step <= this.step) return;
    this.step = step;
    this.row = row;
  }

  /** The step failed for another reason. */
  shorten(length: number): void {
    this.step = length;
    this.#afterRejection = true;
  }

  #bestRow(k: number): number {
    const rates = this.#rates;
    if (k === 2) return this.#afterRejection ? 2 : 3;
    let best = k;
    if (k <= this.row) {
      if (rates[k - 1] < rates[k] * LOWER) best = k - 1;
      if (rates[k] < rates[k - 1] * HIGHER) best = Math.min(k + 1, ROWS - 1);
      return best;
    }
    best = k - 1;
    if (k > 3 && rates[k - 2] < rates[k - 1] * LOWER) best = k - 2;
    if (rates[k] < rates[best] * HIGHER) best = Math.min(k, ROWS - 1);
    return best;
  }
}

/** Multiplications of a step that ends in row k, counted from 1. */
export function workOfRows(k: number, drift: number, work: LinearSystem["work"]): number {
  let sum = work.linearise + drift;
  for (const n of SUBSTEPS.slice(0, k)) {
    sum += work.decompose + (n - 1) * drift + n * work.solve;
  }
  return sum;
}
