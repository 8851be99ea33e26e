import { type Activation, PAIR } from "./activations/activation.js";

/**
 * pmse = E|x − x̂|²/D = tr Ω/D − 2 Σ_k R^{kk} G1(Q^{kk}) + Σ_{kl} T0^{kl} I2^{kl} (theory §3), from
 * order parameters [K][K] at `offset`. Its absolute rounding is some 1e-16 tr Ω/D.
 */
export class PopulationError {
  readonly #activation: Activation;
  readonly #K: number;
  readonly #trace: number;
  readonly #pair = new Float64Array(PAIR.size);

  constructor(activation: Activation, K: number, trace: number) {
    this.#activation = activation;
    this.#K = K;
    this.#trace = trace;
  }

  at(Q: Float64Array, R: Float64Array, T0: Float64Array, offset = 0): number {
    const K = this.#K;
    const g = this.#activation;
    const pair = this.#pair;
    let error = this.#trace;
    for (let k = 0; k < K; k++) {
      const kk = offset + k * K + k;
      g.diagonal(Q[kk], pair);
      error += T0[kk] * pair[PAIR.I2] - 2 * R[kk] * g.G1(Q[kk]);
      for (let l = 0; l < k; l++) {
        const kl = offset + k * K + l;
        g.pair(Q[kk], Q[kl], Q[offset + l * K + l], pair);
        error += 2 * T0[kl] * pair[PAIR.I2];
      }
    }
    return error;
  }
}
