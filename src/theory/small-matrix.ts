/* Products with square matrices of a few rows, row-major. */

/** Adds `factor` A x of the K numbers of x at `from` to those of `out` at `to`. */
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
