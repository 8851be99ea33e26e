import type { Spectrum } from "./spectrum.js";

/**
 * PCA errors of rank 0 … K (theory §5): what the best linear reconstruction from the m leading
 * principal components leaves, `Σ_{i>m} rho_i` over all eigenvalues in falling order. As D → ∞ the
 * bulk counts σ² at every rank.
 */
export function pcaErrors(spectrum: Spectrum, K: number): number[] {
  const leading = leadingEigenvalues(spectrum, K);
  // what follows the leading ones is summed from below: no cancellation at high rank
  const rest = restAfter(spectrum, leading.length);
  const errors: number[] = [];
  for (let m = 0; m <= K; m++) {
    let error = rest;
    for (let i = leading.length - 1; i >= m; i--) error += leading[i];
    errors.push(error);
  }
  return errors;
}

/**
 * Eigenvalues rho in falling order: all modes', and as many of a bulk at finite D as K components can
 * take up.
 */
export function leadingEigenvalues({ rho, bulk }: Spectrum, K: number): number[] {
  const leading = [...rho];
  if (bulk && Number.isFinite(bulk.dimension)) {
    const copies = Math.min(bulk.multiplicity, K);
    for (let i = 0; i < copies; i++) leading.push(bulk.variance / bulk.dimension);
  }
  return leading.sort((a, b) => b - a);
}

/** The bulk that is not among the `listed` eigenvalues. */
function restAfter({ rho, bulk }: Spectrum, listed: number): number {
  if (!bulk) return 0;
  if (!Number.isFinite(bulk.dimension)) return bulk.variance;
  const left = bulk.multiplicity - (listed - rho.length);
  return (bulk.variance * left) / bulk.dimension;
}
