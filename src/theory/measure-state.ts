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
      const nu = y[w + K + k];
      const omega = qWeight[v] * y[w + k];
      for (let l = 0, i = offset + k * K; l < K; l++, i++) {
        Q[i] += omega * y[w + l];
        R[i] += rho[v] * nu * y[w + l];
        T0[i] += nu * y[w + K + l];
        T1[i] += rho[v] * nu * y[w + K + l];
      }
    }
  }
}
