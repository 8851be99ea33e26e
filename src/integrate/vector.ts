/* What integrators ask of a whole state. */

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

export function norm(v: Float64Array): number {
  return Math.sqrt(dot(v, v));
}

export function largest(y: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < y.length; i++) most = Math.max(most, Math.abs(y[i]));
  return most;
}
