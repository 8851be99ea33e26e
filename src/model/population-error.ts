import { type Activation, ONE, PAIR } from "./activations/activation.js";

/**
 * pmse = E|x − x̂|²/D = tr Ω/D − 2 Σ_k R^{kk} G1(Q^{kk}) + Σ_{kl} T0^{kl} I2^{kl} (theory §3), from
 * order parameters [K][K] at `offset`. Its absolute rounding is some 1e-16 tr Ω/D.
 */
export class PopulationError {
  readonly #activation: Activation;
  readonly #K: number;
  readonly #trace: number;
  readonly #q = new Float64Array(3);
  readonly #one = new Float64Array(ONE.size);
  readonly #pair = new Float64Array(PAIR.size);

  constructor(activation: Activation, K: number, trace: number) {
    this.#activation = activation;
    this.#K = K;
    this.#trace = trace;
  }

  at(Q: Float64Array, R: Float64Array, T0: Float64Array, offset = 0): number {
    const K = this.#K;
    const g = this.#activation;
    const q = this.#q;
    const one = this.#one;
    const pair = this.#pair;
    let error = this.#trace;
    for (let k = 0; k < K; k++) {
      const kk = offset + k * K + k;
      q[0] = Q[kk];
      g.one(q, one);
      error += T0[kk] * one[ONE.I2] - 2 * R[kk] * one[ONE.G1];
      for (let l = 0; l < k; l++) {
        const kl = offset + k * K + l;
        q[1] = Q[kl];
        q[2] = Q[offset + l * K + l];
        g.pair(q, pair);
        error += 2 * T0[kl] * pair[PAIR.I2];
      }
    }
    return error;
  }
}
