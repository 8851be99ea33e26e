/* Rows of a matrix as vectors, row-major [n][length]: what is done to all amplitude vectors at once. */

/**
 * `row += Σ_j factors[j] matrix[j]`, j from `first` to below `end`; four rows a pass, as reading
 * and writing `row` costs as much as adding to it.
 */
export function addRows(
  row: Float64Array,
  factors: Float64Array,
  matrix: Float64Array,
  first: number,
  end: number,
): void {
  const n = row.length;
  let j = first;
  for (; j + 4 <= end; j += 4) {
    const [a, b, c, d] = [factors[j], factors[j + 1], factors[j + 2], factors[j + 3]];
    const [A, B, C, D] = [j * n, (j + 1) * n, (j + 2) * n, (j + 3) * n];
    for (let v = 0; v < n; v++) {
      row[v] += a * matrix[A + v] + b * matrix[B + v] + (c * matrix[C + v] + d * matrix[D + v]);
    }
  }
  for (; j < end; j++) {
    const factor = factors[j];
    for (let v = 0, i = j * n; v < n; v++, i++) row[v] += factor * matrix[i];
  }
}

export function scaleRow(row: Float64Array, factor: number): void {
  for (let v = 0; v < row.length; v++) row[v] *= factor;
}

export function squaredNorm(row: Float64Array): number {
  let sum = 0;
  for (let v = 0; v < row.length; v++) sum += row[v] * row[v];
  return sum;
}
