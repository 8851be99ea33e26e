/*
 * Loops over the first n components. Numbers pass through arrays, out[k] and factors[k]: as arguments
 * and return values they may cost an allocation each. Several components at once hide the latency
 * of an addition.
 */

/** out[k] ← x·y */
export function dot(
  out: Float64Array,
  k: number,
  x: Float64Array,
  y: Float64Array,
  n: number,
): void {
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
  out[k] = a + b + (c + d);
}

/** y ← x */
export function copy(y: Float64Array, x: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) y[i] = x[i];
}

/** y ← y − factors[k]·x */
export function subtract(
  y: Float64Array,
  factors: Float64Array,
  k: number,
  x: Float64Array,
  n: number,
): void {
  const a = factors[k];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    y[i] -= a * x[i];
    y[i + 1] -= a * x[i + 1];
    y[i + 2] -= a * x[i + 2];
    y[i + 3] -= a * x[i + 3];
  }
  for (; i < n; i++) y[i] -= a * x[i];
}

/** y ← step.keep·y + step.rate·factors[k]·x */
export function learn(
  y: Float64Array,
  step: { readonly keep: number; readonly rate: number },
  factors: Float64Array,
  k: number,
  x: Float64Array,
  n: number,
): void {
  const { keep } = step;
  const a = step.rate * factors[k];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    y[i] = keep * y[i] + a * x[i];
    y[i + 1] = keep * y[i + 1] + a * x[i + 1];
    y[i + 2] = keep * y[i + 2] + a * x[i + 2];
    y[i + 3] = keep * y[i + 3] + a * x[i + 3];
  }
  for (; i < n; i++) y[i] = keep * y[i] + a * x[i];
}
