/** The sizes of one step: η/D at {@link RATE}, and what weight decay leaves, 1 − κ/D, at {@link KEEP}. */
export type StepSize = Float64Array;
export const RATE = 0;
export const KEEP = 1;

/**
 * Where vectors live, and loops over their first n components. Numbers pass through vectors of the same
 * space, out[k] and factors[k]: as arguments and return values they may cost an allocation each.
 */
export interface VectorSpace {
  /** A vector of n zeros. */
  allocate(n: number): Float64Array;
  /** K vectors of n zeros, one behind the other. */
  allocateRows(K: number, n: number): Float64Array[];
  /** out[k] ← x·y */
  dot(out: Float64Array, k: number, x: Float64Array, y: Float64Array, n: number): void;
  /** out[k] ← rows[k]·x for all k; this and the next two take rows of {@link allocateRows} */
  dotRows(out: Float64Array, rows: readonly Float64Array[], x: Float64Array, n: number): void;
  /** y ← y − Σ_k factors[k]·rows[k], in the order of k */
  subtractRows(
    y: Float64Array,
    factors: Float64Array,
    rows: readonly Float64Array[],
    n: number,
  ): void;
  /** rows[k] ← step[KEEP]·rows[k] + step[RATE]·factors[k]·x for all k */
  learnRows(
    rows: readonly Float64Array[],
    step: StepSize,
    factors: Float64Array,
    x: Float64Array,
    n: number,
  ): void;
  /** y ← x */
  copy(y: Float64Array, x: Float64Array, n: number): void;
  /** y ← y·x, component by component */
  scale(y: Float64Array, x: Float64Array, n: number): void;
  /** y ← y − factors[k]·x */
  subtract(y: Float64Array, factors: Float64Array, k: number, x: Float64Array, n: number): void;
  /** y ← step[KEEP]·y + step[RATE]·factors[k]·x */
  learn(
    y: Float64Array,
    step: StepSize,
    factors: Float64Array,
    k: number,
    x: Float64Array,
    n: number,
  ): void;
}
