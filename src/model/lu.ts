/* LU decomposition with partial pivoting, row-major, in place: nothing is allocated. */

/**
 * Replaces A [n][n] by its factors, with inverse pivots on the diagonal.
 * @param pivots the row that each row has changed places with, at least [n]
 * @returns false where A is singular or not finite
 */
export function decompose(A: Float64Array, pivots: Int32Array, n: number): boolean {
  for (let k = 0; k < n; k++) {
    let best = k;
    let most = Math.abs(A[k * n + k]);
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(A[i * n + k]);
      if (size > most) {
        most = size;
        best = i;
      }
    }
    // also where it is NaN
    if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return false;
    pivots[k] = best;
    if (best !== k) swapRows(A, k * n, best * n, n);
    eliminate(A, k, n);
  }
  return true;
}

/** Replaces the n numbers of b at `offset` by the solution x of A x = b. */
export function solve(
  A: Float64Array,
  pivots: Int32Array,
  n: number,
  b: Float64Array,
  offset: number,
): void {
  for (let k = 0; k < n; k++) {
    const other = offset + pivots[k];
    const held = b[other];
    b[other] = b[offset + k];
    b[offset + k] = held;
  }
  for (let i = 1; i < n; i++) b[offset + i] -= dot(A, i * n, b, offset, i);
  for (let i = n - 1; i >= 0; i--) {
    const rest = dot(A, i * n + i + 1, b, offset + i + 1, n - i - 1);
    b[offset + i] = (b[offset + i] - rest) * A[i * n + i];
  }
}

/** Column k of the factors; the inverse pivot takes the diagonal. */
function eliminate(A: Float64Array, k: number, n: number): void {
  const pivot = k * n;
  const inverse = 1 / A[pivot + k];
  A[pivot + k] = inverse;
  for (let i = k + 1; i < n; i++) {
    const row = i * n;
    if (A[row + k] === 0) continue;
    const factor = A[row + k] * inverse;
    A[row + k] = factor;
    for (let j = k + 1; j < n; j++) A[row + j] -= factor * A[pivot + j];
  }
}

function swapRows(A: Float64Array, first: number, second: number, n: number): void {
  for (let c = 0; c < n; c++) {
    const held = A[first + c];
    A[first + c] = A[second + c];
    A[second + c] = held;
  }
}

/** Two sums at once: one would wait for itself. */
function dot(A: Float64Array, i: number, x: Float64Array, j: number, count: number): number {
  let even = 0;
  let odd = 0;
  const pairs = i + (count & ~1);
  for (; i < pairs; i += 2, j += 2) {
    even += A[i] * x[j];
    odd += A[i + 1] * x[j + 1];
  }
  return (count & 1 ? even + A[i] * x[j] : even) + odd;
}
