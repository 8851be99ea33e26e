/* Loops over the first n components; four sums at once hide the latency of an addition. */

/** x·y */
export function dot(x: Float64Array, y: Float64Array, n: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    a += x[i] * y[i];
    b += x[i + 1] * y[i + 1];
    c += x[i + 2] * y[i + 2];
    d += x[i + 3] * y[i + 3];
  }
  for (; i < n; i++) a += x[i] * y[i];
  return a + b + (c + d);
}

/** y ← keep·y + a·x */
export function combine(
  y: Float64Array,
  keep: number,
  a: number,
  x: Float64Array,
  n: number,
): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    y[i] = keep * y[i] + a * x[i];
    y[i + 1] = keep * y[i + 1] + a * x[i + 1];
    y[i + 2] = keep * y[i + 2] + a * x[i + 2];
    y[i + 3] = keep * y[i + 3] + a * x[i + 3];
  }
  for (; i < n; i++) y[i] = keep * y[i] + a * x[i];
}
