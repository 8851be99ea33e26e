/**
 * Q, R, T0, T1 (theory §2), each row-major [K][K], or [n][K][K] for n times.
 *
 *     Q = Σ rho ω ωᵀ + Q_bulk,   R^{kl} = Σ rho ν^k ω^l,   T0 = Σ ν νᵀ + T_bulk,   T1 = Σ rho ν νᵀ
 */
export interface OrderParameters {
  readonly Q: Float64Array;
  readonly R: Float64Array;
  readonly T0: Float64Array;
  readonly T1: Float64Array;
}
