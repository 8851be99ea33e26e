/* Square matrices of a few rows, row-major, in arrays that are used again: nothing is allocated. */

/** LU decomposition with partial pivoting in place, inverse pivots on the diagonal; false where singular. */
export function decompose(A: Float64Array, pivots: Int32Array): boolean {
  const K = pivots.length;
  for (let k = 0; k < K; k++) {
    let best = k;
    for (let i = k + 1; i < K; i++) {
      if (Math.abs(A[i * K + k]) > Math.abs(A[best * K + k])) best = i;
    }
    pivots[k] = best;
    if (best !== k) swapRows(A, k, best, K);
    const inverse = 1 / A[k * K + k];
    if (!Number.isFinite(inverse)) return false;
    A[k * K + k] = inverse;
    for (let i = k + 1; i < K; i++) {
      const factor = A[i * K + k] * inverse;
      A[i * K + k] = factor;
      for (let j = k + 1; j < K; j++) A[i * K + j] -= factor * A[k * K + j];
    }
  }
  return true;
}

/** Solves A x = b for the K numbers of b at `offset`, in place. */
export function solve(LU: Float64Array, pivots: Int32Array, b: Float64Array, offset: number): void {
  const K = pivots.length;
  for (let k = 0; k < K; k++) {
    const other = offset + pivots[k];
    const held = b[other];
    b[other] = b[offset + k];
    b[offset + k] = held;
  }
  for (let i = 1; i < K; i++) {
    let sum = b[offset + i];
    for (let j = 0; j < i; j++) sum -= LU[i * K + j] * b[offset + j];
    b[offset + i] = sum;
  }
  for (let i = K - 1; i >= 0; i--) {
    let sum = b[offset + i];
    for (let j = i + 1; j < K; j++) sum -= LU[i * K + j] * b[offset + j];
    b[offset + i] = sum * LU[i * K + i];
  }
}

/** Writes or adds `factor` A x of the K numbers of x at `from` to those of `out` at `to`. */
export function multiplyAdd(
  factor: number,
  A: Float64Array,
  x: Float64Array,
  from: number,
  out: Float64Array,
  to: number,
  K: number,
): void {
  for (let k = 0; k < K; k++) {
    let sum = 0;
    for (let a = 0; a < K; a++) sum += A[k * K + a] * x[from + a];
    out[to + k] += factor * sum;
  }
}

/** Adds a bᵀ of the K numbers of a at `i` and of b at `j` to A. */
export function addOuter(
  A: Float64Array,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  K: number,
): void {
  for (let k = 0; k < K; k++) {
    const left = a[i + k];
    for (let l = 0; l < K; l++) A[k * K + l] += left * b[j + l];
  }
}

function swapRows(A: Float64Array, i: number, j: number, K: number): void {
  for (let c = 0; c < K; c++) {
    const held = A[i * K + c];
    A[i * K + c] = A[j * K + c];
    A[j * K + c] = held;
  }
}
