/** Smallest pivot, relative to its diagonal element, of a matrix that is safely regular. */
const LEAST_PIVOT = 1e-6;

/**
 * Writes the lower triangular L of A = LLᵀ, both row-major [n][n]; what is above its diagonal stays.
 * Unequal scales of rows don't count, nearly parallel ones do.
 * @returns false where A is singular or so near it that more than six digits would be lost
 */
export function factorCholesky(A: Float64Array, L: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = A[i * n + j];
      for (let k = 0; k < j; k++) sum -= L[i * n + k] * L[j * n + k];
      if (j < i) L[i * n + j] = sum / L[j * n + j];
      else if (sum > LEAST_PIVOT * A[i * n + i]) L[i * n + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}
