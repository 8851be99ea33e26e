/**
 * All that the theory needs to know of an activation g (theory §3): the mean slope G1, the
 * correlation I2 of two neurons, and their partial derivatives. The fields λ are centred Gaussians
 * with variances q11, q22 and covariance q12.
 */
export interface Activation {
  readonly name: string;
  /** g(−x) = −g(x) */
  readonly odd: boolean;
  /** G1(q) = E g'(λ), λ ~ N(0, q) */
  G1(q: number): number;
  /** ∂G1/∂q */
  dG1(q: number): number;
  /**
   * Writes I2 = E[g(λ1) g(λ2)] and its partials into `out` (see {@link PAIR}).
   * @throws CovarianceError where q12² > q11 q22 beyond rounding, or a variance is negative
   */
  pair(q11: number, q12: number, q22: number, out: Float64Array): void;
  /** The same for one neuron with itself, `pair(q, q, q)`, from the limits r → 1 of the formulas. */
  diagonal(q: number, out: Float64Array): void;
}

/** Places in the output of {@link Activation.pair}. */
export const PAIR = { I2: 0, dq11: 1, dq12: 2, dq22: 3, size: 4 } as const;
