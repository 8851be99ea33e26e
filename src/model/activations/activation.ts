/**
 * All that the theory needs to know of an activation g (theory §3): the mean slope G1, the
 * correlation I2 of two neurons, and their partial derivatives. The fields λ are centred Gaussians
 * with variances q11, q22 and covariance q12. Numbers pass through arrays both ways: as arguments and
 * return values they may cost an allocation each.
 */
export interface Activation {
  readonly name: string;
  /** g(−x) = −g(x) */
  readonly odd: boolean;
  /** Writes the integrals of one neuron with field variance q11 = q[0] (see {@link ONE}). */
  one(q: Float64Array, out: Float64Array): void;
  /**
   * Writes I2 = E[g(λ1) g(λ2)] and its partials at q = (q11, q12, q22) (see {@link PAIR}).
   * @throws CovarianceError where q12² > q11 q22 beyond rounding, or a variance is negative
   */
  pair(q: Float64Array, out: Float64Array): void;
  /**
   * Writes the second partials of I2 at q = (q11, q12, q22) (see {@link PAIR_SLOPE}).
   * @throws CovarianceError as {@link Activation.pair}
   */
  pairSlope(q: Float64Array, out: Float64Array): void;
  /**
   * What I2 has beyond g's linear part, H = I2 − G1(q11) G1(q22) q12 (Hermite orders other than the
   * first), without cancellation: of full relative accuracy however small. Not for hot loops.
   */
  beyondLinear(q11: number, q12: number, q22: number): number;
  /** The same with its partials, at the places of `pair`, for hot loops. */
  pairBeyondLinear(q: Float64Array, out: Float64Array): void;
  /** Writes derivatives for a neuron alone, q11 = q12 = q22 = q[0] (see {@link ALONE}). */
  alone(q: Float64Array, out: Float64Array): void;
  /** Writes g(λ) and g'(λ) of every field; ReLU has the slope 0 at 0. */
  respond(fields: Float64Array, outputs: Float64Array, slopes: Float64Array): void;
  /** Averages over fields that are not centred; used where they are measured, not in hot loops. */
  readonly shifted: ShiftedAverages;
}

/** Averages over fields of mean b (theory §4, with biases). */
interface ShiftedAverages {
  /** E g(λ), λ ~ N(b, q) */
  mean(q: number, b: number): number;
  /** E g'(λ), λ ~ N(b, q) */
  slope(q: number, b: number): number;
  /**
   * E[g(λ1) g(λ2)] of fields with means b1, b2, variances q11, q22 and covariance q12
   * @throws CovarianceError as {@link Activation.pair}
   */
  correlation(q11: number, q12: number, q22: number, b1: number, b2: number): number;
}

/**
 * Places in the output of {@link Activation.one}: G1 = E g'(λ), ∂G1/∂q, and what `pair(q, q, q)` has
 * for I2 and its partials, by the limits r → 1 of the formulas.
 */
export const ONE = { G1: 0, dG1: 1, I2: 2, dq11: 3, dq12: 4, size: 5 } as const;

/** Places in the output of {@link Activation.pair}. */
export const PAIR = { I2: 0, dq11: 1, dq12: 2, dq22: 3, size: 4 } as const;

/** Places in the output of {@link Activation.pairSlope}: `q11q12` is ∂²I2/∂q11∂q12. */
export const PAIR_SLOPE = {
  q11q11: 0,
  q11q12: 1,
  q11q22: 2,
  q12q12: 3,
  q12q22: 4,
  q22q22: 5,
  size: 6,
} as const;

/** Places in the output of {@link Activation.alone}: d²G1/dq², and dI2(q,q,q)/dq with its derivative. */
export const ALONE = { ddG1: 0, dI2: 1, ddI2: 2, size: 3 } as const;
