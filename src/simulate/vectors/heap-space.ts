import { KEEP, RATE, type StepSize, type VectorSpace } from "./vector-space.js";

/** Vectors of JavaScript's own: the best for few components, where a call costs more than a loop. */
export const heapSpace: VectorSpace = {
  allocate: (n) => new Float64Array(n),
  allocateRows: (K, n) => Array.from({ length: K }, () => new Float64Array(n)),
  dotRows(out, rows, x, n) {
    for (let k = 0; k < rows.length; k++) dot(out, k, rows[k], x, n);
  },
  subtractRows(y, factors, rows, n) {
    for (let k = 0; k < rows.length; k++) subtract(y, factors, k, rows[k], n);
  },
  learnRows(rows, step, factors, x, n) {
    for (let k = 0; k < rows.length; k++) learn(rows[k], step, factors, k, x, n);
  },
  dot,
  copy,
  scale,
  subtract,
  learn,
};

// four components at once hide the latency of an addition

function dot(out: Float64Array, k: number, x: Float64Array, y: Float64Array, n: number): void {
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

function copy(y: Float64Array, x: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) y[i] = x[i];
}

function scale(y: Float64Array, x: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) y[i] *= x[i];
}

function subtract(
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

function learn(
  y: Float64Array,
  step: StepSize,
  factors: Float64Array,
  k: number,
  x: Float64Array,
  n: number,
): void {
  const keep = step[KEEP];
  const a = step[RATE] * factors[k];
  let i = 0;
  for (; i + 3 < n; i += 4) {
    y[i] = keep * y[i] + a * x[i];
    y[i + 1] = keep * y[i + 1] + a * x[i + 1];
    y[i + 2] = keep * y[i + 2] + a * x[i + 2];
    y[i + 3] = keep * y[i + 3] + a * x[i + 3];
  }
  for (; i < n; i++) y[i] = keep * y[i] + a * x[i];
}
