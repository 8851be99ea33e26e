import type { Spectrum } from "../model/spectrum.js";
import type { Vectors } from "./mode-system.js";

/**
 * The amplitude vectors of aligned neurons: one a neuron, on the mode of its own. All other modes, and
 * the bulk, have none.
 */
export class AlignedSystem implements Vectors {
  readonly K: number;
  readonly M: number;
  readonly count: number;
  readonly rho: Float64Array;
  readonly qWeight: Float64Array;
  readonly #own: Int32Array;
  readonly #vectors: Float64Array;

  /** @param own the mode of every neuron, [K] */
  constructor(own: Int32Array, spectrum: Spectrum) {
    this.K = own.length;
    this.M = spectrum.rho.length;
    this.count = own.length;
    this.rho = Float64Array.from(own, (mode) => spectrum.rho[mode]);
    this.qWeight = this.rho;
    this.#own = own;
    this.#vectors = new Float64Array(2 * this.K * this.K);
  }

  /** All vectors, [count · 2K], of the state (α_w, α_v) of every neuron, [2K]; used again by the next call. */
  vectors(state: Float64Array): Float64Array {
    const { K } = this;
    for (let k = 0; k < K; k++) {
      this.#vectors[2 * K * k + k] = state[2 * k];
      this.#vectors[2 * K * k + K + k] = state[2 * k + 1];
    }
    return this.#vectors;
  }

  /** Writes the amplitudes of all modes, row-major [K][M], at `offset` of `encoder` and `decoder`. */
  amplitudes(y: Float64Array, encoder: Float64Array, decoder: Float64Array, offset: number): void {
    const { K, M } = this;
    this.#own.forEach((mode, k) => {
      encoder[offset + k * M + mode] = y[2 * K * k + k];
      decoder[offset + k * M + mode] = y[2 * K * k + K + k];
    });
  }
}
