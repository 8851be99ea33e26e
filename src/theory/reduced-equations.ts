import { type Activation, ALONE, ONE } from "../model/activations/activation.js";
import type { LearningRule } from "./equations-of-motion.js";

/**
 * Aligned neurons, each on a mode of its own (theory §6): ω = α_w, ν = α_v there, zero elsewhere. With an
 * odd activation no neuron then sees another: I2^{kl} = 0 where Q^{kl} = 0, and T0 is diagonal. So the
 * sums over a ≤ k of truncated SGD are the full ones. With q = rho α_w²,
 *
 *     f = ½rho − rho α_w α_v G1(q) + ½ α_v² I2(q, q, q),      dα/dt = −η ∂f/∂α − κα
 *     ∂f/∂α_w = −rho α_v { G1 + 2q G1' − α_w α_v dI2/dq },     ∂f/∂α_v = −rho α_w G1 + α_v I2
 *
 * The state is `(α_w, α_v)` of neuron after neuron, [2K].
 */
export class ReducedEquations {
  readonly start: Float64Array;
  readonly #rho: Float64Array;
  readonly #activation: Activation;
  readonly #eta: number;
  readonly #kappa: number;
  readonly #q = new Float64Array(1);
  readonly #one = new Float64Array(ONE.size);
  readonly #alone = new Float64Array(ALONE.size);

  /**
   * @param rho rho tilde of every neuron's own mode, [K]
   * @param start (α_w, α_v) of every neuron, [2K]
   */
  constructor(
    rho: Float64Array,
    start: Float64Array,
    activation: Activation,
    { learningRate, weightDecay }: Pick<LearningRule, "learningRate" | "weightDecay">,
  ) {
    this.start = start;
    this.#rho = rho;
    this.#activation = activation;
    this.#eta = learningRate;
    this.#kappa = weightDecay;
  }

  /** Writes dy/dt into `dy`, both [2K]. Allocates nothing. */
  drift(y: Float64Array, dy: Float64Array): void {
    const eta = this.#eta;
    const kappa = this.#kappa;
    for (let k = 0, i = 0; k < this.#rho.length; k++, i += 2) {
      const rho = this.#rho[k];
      const w = y[i];
      const v = y[i + 1];
      this.#integrals(rho * w * w);
      const G1 = this.#one[ONE.G1];
      const slope = G1 + 2 * this.#q[0] * this.#one[ONE.dG1] - w * v * this.#alone[ALONE.dI2];
      dy[i] = eta * rho * v * slope - kappa * w;
      dy[i + 1] = eta * (rho * w * G1 - v * this.#one[ONE.I2]) - kappa * v;
    }
  }

  /**
   * Writes ∂(dy/dt)_i/∂y_j into `J`, row-major [2K][2K]: symmetric blocks of 2 by 2, zero elsewhere.
   * Allocates nothing.
   *
   *     ∂²f/∂α_w²    = −2 rho² α_w α_v { 3G1' + 2q G1'' − α_w α_v d²I2/dq² } + rho α_v² dI2/dq
   *     ∂²f/∂α_w∂α_v = −rho { G1 + 2q G1' − 2 α_w α_v dI2/dq },     ∂²f/∂α_v² = I2
   */
  jacobian(y: Float64Array, J: Float64Array): void {
    const eta = this.#eta;
    const kappa = this.#kappa;
    const n = y.length;
    J.fill(0);
    for (let k = 0, i = 0; k < this.#rho.length; k++, i += 2) {
      const rho = this.#rho[k];
      const w = y[i];
      const v = y[i + 1];
      this.#integrals(rho * w * w);
      const q = this.#q[0];
      const dG1 = this.#one[ONE.dG1];
      const dI2 = this.#alone[ALONE.dI2];
      const second = 3 * dG1 + 2 * q * this.#alone[ALONE.ddG1] - w * v * this.#alone[ALONE.ddI2];
      const mixed = rho * (this.#one[ONE.G1] + 2 * q * dG1 - 2 * w * v * dI2);
      J[i * n + i] = eta * rho * v * (2 * rho * w * second - v * dI2) - kappa;
      J[i * n + i + 1] = eta * mixed;
      J[(i + 1) * n + i] = eta * mixed;
      J[(i + 1) * n + i + 1] = -eta * this.#one[ONE.I2] - kappa;
    }
  }

  #integrals(q: number): void {
    this.#q[0] = q;
    this.#activation.one(this.#q, this.#one);
    this.#activation.alone(this.#q, this.#alone);
  }
}

/**
 * What one aligned neuron leaves of its component, pmse above the PCA error:
 * 2f = rho (1 − α_w α_v G1)² + α_v² H, H = I2 − G1² q, no difference of large terms.
 */
export function alignedExcess(activation: Activation, rho: number, w: number, v: number): number {
  const q = rho * w * w;
  const one = new Float64Array(ONE.size);
  activation.one(Float64Array.of(q), one);
  const left = 1 - w * v * one[ONE.G1];
  return rho * left * left + v * v * activation.beyondLinear(q, q, q);
}
