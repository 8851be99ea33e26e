import { type Activation, ONE, PAIR } from "../model/activations/activation.js";
import type { LearningRule } from "./equations-of-motion.js";
import { PlainLoops } from "./mode-loops/plain-loops.js";
import type { ModeSystem } from "./mode-system.js";

/**
 * The equations of motion (theory §3) without their cancellation.
 *
 * In the valley of rescaling the two large terms of each rate balance to a part in t: computed as they
 * stand, their rounding is up to 10⁻⁹ of what is left along the valley at t = 10⁹, and more of what is left
 * across, and stiff steps shrink to see through it. With I2^{ka} = G1_k G1_a Q^{ka} + H^{ka}, H what is
 * beyond g's linear part, and the reconstruction of the linear parts, A_vu = Σ_a ν_v^a G1_a ω_u^a for vectors
 * v, u, the same rates are
 *
 *     ν̇_v^k/η = G1_k Σ_u q_u ω_u^k (δ_vu − A_vu) − Σ_a H^{ka} ν_v^a
 *     ω̇_v^k/(η rho_v) = G1_k Σ_u ν_u^k (δ_uv − A_uv) + c_k ω_v^k − Σ_a T0^{ka} ∂12H^{ka} ω_v^a
 *     c_k = 2 (G1_k'/G1_k) Σ_v ν_v^k [first sum of ν̇_v^k] − 2 Σ_a T0^{ka} ∂11H^{ka}
 *
 * less the decay, q the weights in Q, δ zero where rho is, truncated sums to a ≤ k also in A. What is left
 * of the identity is rounded once for both, in δ − A: a displacement across the valley, which forces bring
 * back. For few vectors: it takes products of all pairs of them.
 */
export class ResidualMotion {
  readonly #system: ModeSystem;
  readonly #activation: Activation;
  readonly #rule: LearningRule;
  readonly #loops: PlainLoops;
  // Q and T0 [K][K], R^{kk} [K]; δ − A [count][count], δ zero where rho is; G1 and G1'/G1 [K]; a row of each kind
  readonly #Q: Float64Array;
  readonly #T0: Float64Array;
  readonly #R: Float64Array;
  readonly #rest: Float64Array;
  readonly #G1: Float64Array;
  readonly #ratio: Float64Array;
  // H, ∂11H, ∂12H of every ordered pair, [K][K]
  readonly #H: Float64Array;
  readonly #H11: Float64Array;
  readonly #H12: Float64Array;
  readonly #q = new Float64Array(3);
  readonly #one = new Float64Array(ONE.size);
  readonly #pair = new Float64Array(PAIR.size);

  constructor(system: ModeSystem, activation: Activation, rule: LearningRule) {
    const { K, count } = system;
    this.#system = system;
    this.#activation = activation;
    this.#rule = rule;
    this.#loops = new PlainLoops(system, rule);
    this.#R = new Float64Array(K);
    const square = () => new Float64Array(K * K);
    [this.#Q, this.#T0, this.#H, this.#H11, this.#H12] = [0, 0, 0, 0, 0].map(square);
    this.#rest = new Float64Array(count * count);
    this.#G1 = new Float64Array(K);
    this.#ratio = new Float64Array(K);
  }

  /**
   * Writes dy/dt at the state y into `dy`, both [count · 2K]. Allocates nothing.
   * @throws CovarianceError where the state has left the numbers' range
   */
  drift(y: Float64Array, dy: Float64Array): void {
    const { K } = this.#system;
    this.#average(y);
    this.#identity();
    if (this.#rule.truncated) {
      for (let k = 0; k < K; k++) {
        this.#subtract(y, k);
        this.#moveNeuron(y, dy, k, k);
      }
      return;
    }
    for (let a = 0; a < K; a++) this.#subtract(y, a);
    for (let k = 0; k < K; k++) this.#moveNeuron(y, dy, k, K - 1);
  }

  /** Q, T0 and the averages over g. */
  #average(y: Float64Array): void {
    const { K } = this.#system;
    const [Q, T0, q, one] = [this.#Q, this.#T0, this.#q, this.#one];
    this.#loops.sumModes(y, Q, T0, this.#R);
    for (let k = 0; k < K; k++) {
      for (let a = 0; a < k; a++) T0[a * K + k] = T0[k * K + a];
      q[0] = Q[k * K + k];
      this.#activation.one(q, one);
      this.#G1[k] = one[ONE.G1];
      this.#ratio[k] = one[ONE.dG1] / one[ONE.G1];
      for (let a = 0; a <= k; a++) this.#averagePair(k, a);
    }
  }

  #averagePair(k: number, a: number): void {
    const { K } = this.#system;
    const [Q, q, pair] = [this.#Q, this.#q, this.#pair];
    q[0] = Q[k * K + k];
    q[1] = Q[k * K + a];
    q[2] = Q[a * K + a];
    this.#activation.pairBeyondLinear(q, pair);
    for (const place of [k * K + a, a * K + k]) {
      this.#H[place] = pair[PAIR.I2];
      this.#H12[place] = pair[PAIR.dq12];
    }
    this.#H11[a * K + k] = pair[PAIR.dq22];
    this.#H11[k * K + a] = pair[PAIR.dq11];
  }

  /** δ. */
  #identity(): void {
    const { count, rho } = this.#system;
    this.#rest.fill(0);
    for (let v = 0; v < count; v++) if (rho[v] > 0) this.#rest[v * count + v] = 1;
  }

  /** Takes neuron a's part of the reconstruction from it. */
  #subtract(y: Float64Array, a: number): void {
    const { K, count } = this.#system;
    for (let v = 0; v < count; v++) {
      const nu = this.#G1[a] * y[2 * K * v + K + a];
      for (let u = 0, i = v * count; u < count; u++, i++) {
        this.#rest[i] -= nu * y[2 * K * u + a];
      }
    }
  }

  #moveNeuron(y: Float64Array, dy: Float64Array, k: number, last: number): void {
    const { K, count, rho, qWeight } = this.#system;
    const { learningRate: eta, weightDecay: kappa } = this.#rule;
    const [T0, H, H11, H12] = [this.#T0, this.#H, this.#H11, this.#H12];
    const rest = this.#rest;
    const G1 = this.#G1[k];
    let overlap = 0;
    for (let v = 0; v < count; v++) {
      const w = 2 * K * v + K;
      let sum = 0;
      for (let u = 0; u < count; u++) sum += qWeight[u] * y[2 * K * u + k] * rest[v * count + u];
      overlap += y[w + k] * sum;
      let rate = G1 * sum;
      for (let a = 0; a <= last; a++) rate -= H[k * K + a] * y[w + a];
      dy[w + k] = eta * rate - kappa * y[w + k];
    }
    let c = 2 * this.#ratio[k] * G1 * overlap;
    for (let a = 0; a <= last; a++) c -= 2 * T0[k * K + a] * H11[k * K + a];
    for (let v = 0; v < count; v++) {
      const w = 2 * K * v;
      let sum = 0;
      for (let u = 0; u < count; u++) sum += y[2 * K * u + K + k] * rest[u * count + v];
      let rate = G1 * sum + c * y[w + k];
      for (let a = 0; a <= last; a++) rate -= T0[k * K + a] * H12[k * K + a] * y[w + a];
      dy[w + k] = eta * rho[v] * rate - kappa * y[w + k];
    }
  }
}
