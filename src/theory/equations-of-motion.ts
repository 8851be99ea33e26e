import { type Activation, ONE, PAIR } from "../model/activations/activation.js";
import { type ModeLoops, modeLoops } from "./mode-loops/mode-loops.js";
import type { ModeSystem } from "./mode-system.js";

export interface LearningRule {
  /** η */
  readonly learningRate: number;
  /** κ */
  readonly weightDecay: number;
  /** neuron k sees the reconstruction by neurons 1 … k only (the paper's 3.5) */
  readonly truncated: boolean;
}

/** What the equations are made of at one state; matrices [K][K], vectors [K]. */
export interface Coefficients {
  /** lower triangles */
  readonly Q: Float64Array;
  readonly T0: Float64Array;
  /** R^{kk} */
  readonly R: Float64Array;
  /** what acts on ω, but for rho and decay: η(c_k δ_ka − T0^{ka} P^{ka}) */
  readonly encoder: Float64Array;
  /** what acts on −ν: η I2^{ka} */
  readonly decoder: Float64Array;
  /** η G1_k */
  readonly cross: Float64Array;
}

/**
 * The order-parameter equations as D → ∞ (theory §3; paper B.24, B.28–B.33), for every amplitude
 * vector (ω, ν) with its rho:
 *
 *     dω^k/dt = η rho { G1_k ν^k + c_k ω^k − Σ_a T0^{ka} P^{ka} ω^a } − κ ω^k
 *     dν^k/dt = η { G1_k rho ω^k − Σ_a I2^{ka} ν^a } − κ ν^k
 *     c_k     = 2 R^{kk} ∂G1/∂q − 2 Σ_a T0^{ka} ∂I2/∂q_kk,      P^{ka} = ∂I2/∂q_ka
 *
 * Truncated SGD takes the sums over a ≤ k. Rates are per unit of t = steps/D.
 */
export class EquationsOfMotion {
  readonly #system: ModeSystem;
  readonly #activation: Activation;
  readonly #rule: LearningRule;
  readonly #loops: ModeLoops;
  // Q, T0 (lower triangles) and the coefficients of the linear equation, [K][K]; R^{kk} and η G1, [K]
  readonly #Q: Float64Array;
  readonly #T0: Float64Array;
  readonly #R: Float64Array;
  readonly #encoder: Float64Array;
  readonly #decoder: Float64Array;
  readonly #cross: Float64Array;
  readonly #views: Coefficients;
  readonly #q = new Float64Array(3);
  readonly #one = new Float64Array(ONE.size);
  readonly #pair = new Float64Array(PAIR.size);

  constructor(system: ModeSystem, activation: Activation, rule: LearningRule) {
    const { K } = system;
    this.#system = system;
    this.#activation = activation;
    this.#rule = rule;
    this.#loops = modeLoops(system, rule);
    this.#Q = new Float64Array(K * K);
    this.#T0 = new Float64Array(K * K);
    this.#R = new Float64Array(K);
    this.#encoder = new Float64Array(K * K);
    this.#decoder = new Float64Array(K * K);
    this.#cross = new Float64Array(K);
    this.#views = {
      Q: this.#Q,
      T0: this.#T0,
      R: this.#R,
      encoder: this.#encoder,
      decoder: this.#decoder,
      cross: this.#cross,
    };
  }

  /**
   * Writes dy/dt at the state y into `dy`, both [count · 2K]. Allocates nothing.
   * @throws CovarianceError where the state has left the numbers' range
   */
  drift(y: Float64Array, dy: Float64Array): void {
    this.#loops.sumModes(y, this.#Q, this.#T0, this.#R);
    this.#coefficients();
    this.#loops.moveModes(y, dy, this.#encoder, this.#decoder, this.#cross);
  }

  /** The coefficients at y, in arrays that the next call overwrites. */
  coefficientsAt(y: Float64Array): Coefficients {
    this.#loops.sumModes(y, this.#Q, this.#T0, this.#R);
    this.#coefficients();
    return this.#views;
  }

  /** η times the matrices that act on ω and ν of a vector, and η G1. */
  #coefficients(): void {
    const { K } = this.#system;
    const { learningRate: eta, truncated } = this.#rule;
    const g = this.#activation;
    const q = this.#q;
    const one = this.#one;
    const pair = this.#pair;
    const Q = this.#Q;
    const T0 = this.#T0;
    const C = this.#encoder;
    const B = this.#decoder;
    for (let k = 0; k < K; k++) {
      const T = T0[k * K + k];
      q[0] = Q[k * K + k];
      g.one(q, one);
      const c = 2 * this.#R[k] * one[ONE.dG1] - 2 * T * one[ONE.dq11];
      C[k * K + k] = eta * (c - T * one[ONE.dq12]);
      B[k * K + k] = eta * one[ONE.I2];
      this.#cross[k] = eta * one[ONE.G1];
    }
    for (let k = 1; k < K; k++) {
      q[0] = Q[k * K + k];
      for (let a = 0; a < k; a++) {
        const T = eta * T0[k * K + a];
        q[1] = Q[k * K + a];
        q[2] = Q[a * K + a];
        g.pair(q, pair);
        C[k * K + a] = -T * pair[PAIR.dq12];
        B[k * K + a] = eta * pair[PAIR.I2];
        C[k * K + k] -= 2 * T * pair[PAIR.dq11];
        if (truncated) continue;
        C[a * K + k] = C[k * K + a];
        B[a * K + k] = B[k * K + a];
        C[a * K + a] -= 2 * T * pair[PAIR.dq22];
      }
    }
  }
}
