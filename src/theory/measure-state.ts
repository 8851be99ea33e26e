import type { OrderParameters } from "../model/order-parameters.js";
import type { Vectors } from "./mode-system.js";

/** Writes the order parameters of the state y at `offset` of their arrays, sums over its vectors. */
export function measureState(
  system: Vectors,
  y: Float64Array,
  { Q, R, T0, T1 }: OrderParameters,
  offset: number,
): void {
  const { K, count, rho, qWeight } = system;
  for (const array of [Q, R, T0, T1]) array.fill(0, offset, offset + K * K);
  for (let first = 0; first < count; first += AT_ONCE) {
    for (let k = 0; k < K; k++) {
      const row = offset + k * K;
      addRow(R, row, K, y, first, 0, K + k, rho, K);
      // the others are symmetric
      addRow(Q, row, k + 1, y, first, 0, k, qWeight, K);
      addRow(T0, row, k + 1, y, first, K, K + k, undefined, K);
      addRow(T1, row, k + 1, y, first, K, K + k, rho, K);
    }
  }
  for (const array of [Q, T0, T1]) mirror(array, offset, K);
}

/** Vectors summed at once, so that a sum is read and written once for all of them. */
const AT_ONCE = 4;

/**
 * Adds Σ weight y[factor] y[place + l] over four vectors from the `first` on to the `length` sums at `row`.
 * @param weights of the vectors; undefined: 1
 */
function addRow(
  sums: Float64Array,
  row: number,
  length: number,
  y: Float64Array,
  first: number,
  place: number,
  factor: number,
  weights: Float64Array | undefined,
  K: number,
): void {
  const size = 2 * K;
  const last = y.length - size;
  const a = size * first;
  // beyond the last vector: the last one, with weight 0
  const b = Math.min(a + size, last);
  const c = Math.min(a + 2 * size, last);
  const d = Math.min(a + 3 * size, last);
  const weigh = (v: number, w: number) =>
    size * v > last ? 0 : y[w + factor] * (weights ? weights[v] : 1);
  const wa = weigh(first, a);
  const wb = weigh(first + 1, b);
  const wc = weigh(first + 2, c);
  const wd = weigh(first + 3, d);
  for (let l = 0; l < length; l++) {
    const i = place + l;
    sums[row + l] += wa * y[a + i] + wb * y[b + i] + wc * y[c + i] + wd * y[d + i];
  }
}

function mirror(array: Float64Array, offset: number, K: number): void {
  for (let k = 1; k < K; k++) {
    for (let l = 0; l < k; l++) array[offset + l * K + k] = array[offset + k * K + l];
  }
}
