import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Trajectory } from "../trajectory.js";

/* How neurons lie to the principal components. All need a trajectory with amplitudes. */

/** An eigenvalue of normalised decoders below which they don't span another direction. */
const ROUNDING = 1e-12;

/**
 * Cosine between each neuron's decoder and each component, v^k·ψ_m/(|v^k||ψ_m|) = ν_m^k/√T0^{kk};
 * 0 for a decoder of length zero. [n][K][M]
 */
export function decoderAlignment(trajectory: Trajectory): Float64Array {
  const { hidden: K, modes: M, T0 } = trajectory;
  return amplitudesOf(trajectory).decoder.map((nu, i) => {
    const k = Math.floor(i / M) % K;
    const square = T0[Math.floor(i / (K * M)) * K * K + k * K + k];
    return square > 0 ? nu / Math.sqrt(square) : 0;
  });
}

/**
 * Correlation between each neuron's field λ^k and each component's latent variable c_m,
 * ω_m^k √rho_m/√Q^{kk}; 0 for a field that is always zero. The angle between the encoder itself and
 * ψ_m says nothing as D → ∞: its bulk part doesn't decay, and the field hardly sees it. [n][K][M]
 * @param rho rho tilde of every mode, [M]
 */
export function encoderAlignment(trajectory: Trajectory, rho: ArrayLike<number>): Float64Array {
  const { hidden: K, modes: M, Q } = trajectory;
  return amplitudesOf(trajectory).encoder.map((omega, i) => {
    const k = Math.floor(i / M) % K;
    const square = Q[Math.floor(i / (K * M)) * K * K + k * K + k];
    return square > 0 ? omega * Math.sqrt(rho[i % M] / square) : 0;
  });
}

/**
 * How much of the space of the leading components the decoders span, from 0 to 1:
 *
 *     (1/m) Σ_{i ≤ m} |P ψ_i|²/|ψ_i|² = (1/m) Σ_{i ≤ m} ν_iᵀ T0⁻¹ ν_i,
 *
 * P the projection onto the decoders' span, ν_i the amplitudes of component i [K]; where T0 is
 * singular, its pseudo-inverse.
 * @param rho rho tilde of every mode: the m largest are the leading ones, [M]
 * @returns one number a time, [n]
 */
export function subspaceOverlap(
  trajectory: Trajectory,
  rho: ArrayLike<number>,
  m: number,
): Float64Array {
  const { hidden: K, modes: M, t, T0 } = trajectory;
  const { decoder } = amplitudesOf(trajectory);
  const leading = byEigenvalue(rho).slice(0, m);
  return Float64Array.from({ length: t.length }, (_, i) => {
    const norms = Array.from({ length: K }, (_, k) => Math.sqrt(T0[i * K * K + k * K + k]));
    const used = norms.flatMap((norm, k) => (norm > 0 ? [k] : []));
    if (used.length === 0) return 0;
    const C = used.map((k) => used.map((l) => T0[i * K * K + k * K + l] / (norms[k] * norms[l])));
    const { realEigenvalues, eigenvectorMatrix: V } = new EigenvalueDecomposition(new Matrix(C), {
      assumeSymmetric: true,
    });
    let overlap = 0;
    for (const mode of leading) {
      const nu = used.map((k) => decoder[i * K * M + k * M + mode] / norms[k]);
      realEigenvalues.forEach((value, j) => {
        if (value <= ROUNDING * used.length) return;
        const along = nu.reduce((sum, component, k) => sum + component * V.get(k, j), 0);
        overlap += along ** 2 / value;
      });
    }
    return overlap / leading.length;
  });
}

/** Modes by falling eigenvalue: the numbers of the principal components. */
export function byEigenvalue(rho: ArrayLike<number>): number[] {
  return Array.from(rho as number[], (_, m) => m).sort((a, b) => rho[b] - rho[a]);
}

function amplitudesOf({ amplitudes }: Trajectory) {
  if (!amplitudes) throw new RangeError("the trajectory has no amplitudes");
  return amplitudes;
}
