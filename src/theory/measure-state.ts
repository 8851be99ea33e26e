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
  for (let v = 0, w = 0; v < count; v++, w += 2 * K) {
    for (let k = 0; k < K; k++) {
      const row = offset + k * K;
      const nu = y[w + K + k];
      const weighted = rho[v] * nu;
      const omega = qWeight[v] * y[w + k];
      for (let l = 0; l < K; l++) R[row + l] += weighted * y[w + l];
      // the others are symmetric
      for (let l = 0; l <= k; l++) {
        Q[row + l] += omega * y[w + l];
        T0[row + l] += nu * y[w + K + l];
        T1[row + l] += weighted * y[w + K + l];
      }
    }
  }
  for (const array of [Q, T0, T1]) mirror(array, offset, K);
}

function mirror(array: Float64Array, offset: number, K: number): void {
  for (let k = 1; k < K; k++) {
    for (let l = 0; l < k; l++) array[offset + l * K + k] = array[offset + k * K + l];
  }
}
