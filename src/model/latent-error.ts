import type { Activation } from "./activations/activation.js";
import type { LatentPoints } from "./latents.js";

/** Amplitudes of the spikes, and what the bulk adds to the order parameters. */
export interface BulkAndSpikes {
  /** ω and ν, [K][M] */
  readonly encoder: readonly Float64Array[];
  readonly decoder: readonly Float64Array[];
  /** Q_bulk and R_bulk, [K][K] */
  readonly Q: Float64Array;
  readonly R: Float64Array;
  /** T0, bulk and spikes, [K][K] */
  readonly T0: Float64Array;
}

/**
 * pmse where the latent variables c are not Gaussian (theory §8). Given c the fields are Gaussian with
 * mean `b^k = Σ_m ω_m^k √rho_m c_m` and covariance Q_bulk; with `ν_k(c) = Σ_m ν_m^k √rho_m c_m`
 *
 *     pmse = tr Ω/D − 2 Σ_k E_c[ν_k(c) E g_k] − 2 Σ_k R_bulk^{kk} E_c[E g'_k] + Σ_{kl} T0^{kl} E_c[E g_k g_l]
 *
 * @param rho rho tilde of the spikes, [M]
 * @param trace tr Ω/D
 */
export function latentError(
  activation: Activation,
  { points, weights }: LatentPoints,
  rho: Float64Array,
  trace: number,
  state: BulkAndSpikes,
): number {
  const { mean, slope, correlation } = activation.shifted;
  const { Q, R, T0 } = state;
  const K = state.encoder.length;
  const roots = rho.map(Math.sqrt);
  let error = trace;
  points.forEach((c, i) => {
    const along = (row: Float64Array) => c.reduce((sum, cm, m) => sum + row[m] * roots[m] * cm, 0);
    const b = state.encoder.map(along);
    for (let k = 0; k < K; k++) {
      const q = Q[k * K + k];
      const pull = along(state.decoder[k]) * mean(q, b[k]) + R[k * K + k] * slope(q, b[k]);
      error += weights[i] * (T0[k * K + k] * correlation(q, q, q, b[k], b[k]) - 2 * pull);
      for (let l = 0; l < k; l++) {
        const pair = correlation(q, Q[k * K + l], Q[l * K + l], b[k], b[l]);
        error += 2 * weights[i] * T0[k * K + l] * pair;
      }
    }
  });
  return error;
}
