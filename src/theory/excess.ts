import type { Activation } from "../model/activations/activation.js";
import type { OrderParameters } from "../model/order-parameters.js";
import { leadingEigenvalues, pcaErrors } from "../model/pca.js";
import { PopulationError } from "../model/population-error.js";
import type { Spectrum } from "../model/spectrum.js";
import { LinearExcess } from "./linear-excess.js";
import type { Vectors } from "./mode-system.js";

/** The difference of pmse and PCA error is good to 1e-12 and better above this share of tr Ω/D. */
const PLAIN = 1e-4;

/**
 * pmse (theory §3) and how far it is above the PCA error of rank K, both to full relative accuracy.
 * Splitting I2^{kl} = G1_k G1_l Q^{kl} + H^{kl},
 *
 *     pmse − PCA_K = Σ_{kl} T0^{kl} H^{kl} + the same for a linear network with encoder G1_k w^k
 *
 * where neither term is negative. See {@link LinearExcess} for the second. Where the difference of
 * the two errors is large, or T0 is nearly singular, that difference is taken as it is: its rounding
 * is some 1e-16 tr Ω/D.
 */
export class ErrorMeasure {
  /** of the state measured last */
  pmse = 0;
  excess = 0;
  readonly #activation: Activation;
  readonly #system: Vectors;
  readonly #error: PopulationError;
  readonly #linear: LinearExcess;
  readonly #trace: number;
  readonly #floor: number;

  constructor(system: Vectors, activation: Activation, spectrum: Spectrum) {
    const { K } = system;
    this.#system = system;
    this.#activation = activation;
    this.#error = new PopulationError(activation, K, spectrum.trace);
    this.#linear = new LinearExcess(system, activation, leadingEigenvalues(spectrum, K), spectrum);
    this.#trace = spectrum.trace;
    this.#floor = pcaErrors(spectrum, K)[K];
  }

  /**
   * @param y amplitude vectors, [count · 2K]
   * @param state order parameters of y, [K][K] at `offset`
   */
  measure(y: Float64Array, state: OrderParameters, offset = 0): void {
    const { Q, R, T0 } = state;
    this.pmse = this.#error.at(Q, R, T0, offset);
    this.excess = this.pmse - this.#floor;
    if (!(this.excess <= PLAIN * this.#trace)) return;
    const exact = this.#withoutCancellation(y, state, offset);
    if (exact !== undefined) {
      this.excess = exact;
      this.pmse = this.#floor + exact;
    } else if (this.excess < 0) this.excess = 0; // rounding: no network is better than PCA
  }

  #withoutCancellation(y: Float64Array, state: OrderParameters, offset: number) {
    const linear = this.#linear.at(y, state, offset);
    return linear === undefined ? undefined : linear + this.#nonlinear(state, offset);
  }

  /** Σ_{kl} T0^{kl} H^{kl}; both matrices are positive semi-definite. */
  #nonlinear({ Q, T0 }: OrderParameters, offset: number): number {
    const { K } = this.#system;
    const g = this.#activation;
    let sum = 0;
    for (let k = 0; k < K; k++) {
      const kk = offset + k * K + k;
      sum += T0[kk] * g.beyondLinear(Q[kk], Q[kk], Q[kk]);
      for (let l = 0; l < k; l++) {
        const ll = offset + l * K + l;
        const kl = offset + k * K + l;
        sum += 2 * T0[kl] * g.beyondLinear(Q[kk], Q[kl], Q[ll]);
      }
    }
    return Math.max(0, sum);
  }
}
