import { type Activation, ALONE, ONE, PAIR, PAIR_SLOPE } from "../model/activations/activation.js";
import type { Coefficients, EquationsOfMotion, LearningRule } from "./equations-of-motion.js";
import type { ModeSystem } from "./mode-system.js";

/** Derivatives of one rate by the order parameters that it depends on, for a row of neuron k. */
interface RateSlopes {
  /** by Q^{aa}, [K] */
  readonly variance: Float64Array;
  /** by Q^{ka}, a ≠ k, [K]; zero at a = k */
  readonly covariance: Float64Array;
  /** by T0^{ka}, [K] */
  readonly norm: Float64Array;
  /** by R^{kk}, [1] */
  readonly overlap: Float64Array;
}

function rateSlopes(K: number): RateSlopes {
  const list = () => new Float64Array(K);
  return { variance: list(), covariance: list(), norm: list(), overlap: new Float64Array(1) };
}

/**
 * J = ∂f/∂y of the equations of motion f (theory §3). Vectors of amplitudes meet only in Q, T0 and R, so
 * with m = Q^{ab}, T0^{ab} (a ≥ b) and R^{kk}, K² + 2K of them,
 *
 *     J = diag(A_1 … A_count) + Σ_m (∂f/∂m)(∂m/∂y)ᵀ
 *
 * A_v, [2K][2K], is the linear equation of one vector. The rate of ω^k depends on Q^{kk}, Q^{ka}, Q^{aa},
 * T0^{ka} and R^{kk} alone, that of ν^k on Q^{kk}, Q^{ka} and Q^{aa}.
 */
export class Jacobian {
  readonly #system: ModeSystem;
  readonly #activation: Activation;
  readonly #rule: LearningRule;
  readonly #equations: EquationsOfMotion;
  #at: Coefficients;
  /** η times the partials of I2 for every ordered pair (k, a), first and second, [K][K] each */
  readonly #first: Float64Array[];
  readonly #second: Float64Array[];
  /** η dG1/dq and η dI2(q, q, q)/dq of every neuron, [K] */
  readonly #slopeG1: Float64Array;
  readonly #slopeI2: Float64Array;
  /** by Q^{kk}: what multiplies ω^k in its own rate, without the pairs' part, [K] */
  readonly #slopeOwn: Float64Array;
  readonly #q = new Float64Array(3);
  readonly #one = new Float64Array(ONE.size);
  readonly #alone = new Float64Array(ALONE.size);
  readonly #pair = new Float64Array(PAIR.size);
  readonly #pairSlope = new Float64Array(PAIR_SLOPE.size);
  readonly #row: RateSlopes;

  constructor(
    system: ModeSystem,
    activation: Activation,
    rule: LearningRule,
    equations: EquationsOfMotion,
  ) {
    const { K } = system;
    this.#system = system;
    this.#activation = activation;
    this.#rule = rule;
    this.#equations = equations;
    this.#at = equations.coefficientsAt(system.start);
    const table = () => new Float64Array(K * K);
    this.#first = Array.from({ length: PAIR.size }, table);
    this.#second = Array.from({ length: PAIR_SLOPE.size }, table);
    this.#slopeG1 = new Float64Array(K);
    this.#slopeI2 = new Float64Array(K);
    this.#slopeOwn = new Float64Array(K);
    this.#row = rateSlopes(K);
  }

  /**
   * Writes ∂f_i/∂y_j at the state y into J, row-major [n][n], n = count · 2K.
   * @throws CovarianceError where the state has left the numbers' range
   */
  dense(y: Float64Array, J: Float64Array): void {
    const { K, count, rho } = this.#system;
    const n = y.length;
    this.#differentiate(y);
    J.fill(0);
    for (let v = 0; v < count; v++) {
      this.#addBlock(v, J, 2 * K * v * (n + 1), n);
      for (let k = 0; k < 2 * K; k++) {
        if (k < K && rho[v] === 0) continue; // ω of the bulk decays alone
        this.#slopes(y, v, k, this.#row);
        this.#addRow(y, k % K, J, (2 * K * v + k) * n);
      }
    }
  }

  /** The coefficients and their derivatives at y. */
  #differentiate(y: Float64Array): void {
    const { K } = this.#system;
    const eta = this.#rule.learningRate;
    this.#at = this.#equations.coefficientsAt(y);
    const { Q, T0, R } = this.#at;
    const q = this.#q;
    const one = this.#one;
    const alone = this.#alone;
    for (let k = 0; k < K; k++) {
      const T = T0[k * K + k];
      q[0] = Q[k * K + k];
      this.#activation.one(q, one);
      this.#activation.alone(q, alone);
      this.#slopeG1[k] = eta * one[ONE.dG1];
      this.#slopeI2[k] = eta * alone[ALONE.dI2];
      this.#slopeOwn[k] = eta * (2 * R[k] * alone[ALONE.ddG1] - T * alone[ALONE.ddI2]);
      for (let a = 0; a < k; a++) this.#differentiatePair(k, a);
    }
  }

  /** Writes A_v [2K][2K] at `offset` of a matrix with rows of length `width`. */
  #addBlock(v: number, A: Float64Array, offset: number, width: number): void {
    const { K, rho } = this.#system;
    const { weightDecay, truncated } = this.#rule;
    const { encoder, decoder, cross } = this.#at;
    const rate = rho[v];
    for (let k = 0; k < K; k++) {
      const row = offset + k * width;
      const below = row + K * width;
      const last = truncated ? k : K - 1;
      for (let a = 0; a <= last; a++) {
        A[row + a] = rate * encoder[k * K + a];
        A[below + K + a] = -decoder[k * K + a];
      }
      A[row + k] -= weightDecay;
      A[below + K + k] -= weightDecay;
      A[row + K + k] = rate * cross[k];
      A[below + k] = rate * cross[k];
    }
  }

  /**
   * Derivatives by the order parameters of the rate of ω^k (row = k) or ν^k (row = K + k) of vector v:
   *
   *     ω̇^k/rho:  Q^{kk}: G1'ν^k + (2R^{kk}G1'' − T0^{kk} d(2∂11 + ∂12)/dq) ω^k − Σ_a T0^{ka}(∂11∂12 ω^a + 2∂11² ω^k)
   *            Q^{ka}: −T0^{ka}(∂12² ω^a + 2∂11∂12 ω^k)      Q^{aa}: −T0^{ka}(∂12∂22 ω^a + 2∂11∂22 ω^k)
   *            T0^{ka}: −∂12 ω^a − 2∂11 ω^k      T0^{kk}: −(2∂11 + ∂12) ω^k      R^{kk}: 2G1' ω^k
   *     ν̇^k:      Q^{kk}: G1' rho ω^k − (2∂11 + ∂12) ν^k − Σ_a ∂11 ν^a      Q^{ka}: −∂12 ν^a      Q^{aa}: −∂22 ν^a
   *
   * times η, with the partials of I2 at (Q^{kk}, Q^{ka}, Q^{aa}) and a ≠ k (truncated: a < k).
   */
  #slopes(y: Float64Array, v: number, row: number, out: RateSlopes): void {
    if (row < this.#system.K) this.#encoderSlopes(y, v, row, out);
    else this.#decoderSlopes(y, v, row - this.#system.K, out);
  }

  #encoderSlopes(y: Float64Array, v: number, k: number, out: RateSlopes): void {
    const { K, rho } = this.#system;
    const { T0 } = this.#at;
    const { variance, covariance, norm } = out;
    const d11 = this.#first[PAIR.dq11];
    const d12 = this.#first[PAIR.dq12];
    const second = this.#second;
    const w = 2 * K * v;
    const rate = rho[v];
    const omega = rate * y[w + k];
    const last = this.#rule.truncated ? k : K;
    variance.fill(0);
    covariance.fill(0);
    norm.fill(0);
    let own = rate * this.#slopeG1[k] * y[w + K + k] + this.#slopeOwn[k] * omega;
    for (let a = 0; a < last; a++) {
      if (a === k) continue;
      const ka = k * K + a;
      const T = a < k ? T0[ka] : T0[a * K + k];
      const other = rate * y[w + a];
      own -=
        T * (second[PAIR_SLOPE.q11q12][ka] * other + 2 * second[PAIR_SLOPE.q11q11][ka] * omega);
      covariance[a] =
        -T * (second[PAIR_SLOPE.q12q12][ka] * other + 2 * second[PAIR_SLOPE.q11q12][ka] * omega);
      variance[a] =
        -T * (second[PAIR_SLOPE.q12q22][ka] * other + 2 * second[PAIR_SLOPE.q11q22][ka] * omega);
      norm[a] = -d12[ka] * other - 2 * d11[ka] * omega;
    }
    variance[k] = own;
    norm[k] = -this.#slopeI2[k] * omega;
    out.overlap[0] = 2 * this.#slopeG1[k] * omega;
  }

  #decoderSlopes(y: Float64Array, v: number, k: number, out: RateSlopes): void {
    const { K, rho } = this.#system;
    const { variance, covariance, norm } = out;
    const d11 = this.#first[PAIR.dq11];
    const d12 = this.#first[PAIR.dq12];
    const d22 = this.#first[PAIR.dq22];
    const w = 2 * K * v;
    const last = this.#rule.truncated ? k : K;
    variance.fill(0);
    covariance.fill(0);
    norm.fill(0);
    out.overlap[0] = 0;
    let own = this.#slopeG1[k] * rho[v] * y[w + k] - this.#slopeI2[k] * y[w + K + k];
    for (let a = 0; a < last; a++) {
      if (a === k) continue;
      const ka = k * K + a;
      const nu = y[w + K + a];
      own -= d11[ka] * nu;
      covariance[a] = -d12[ka] * nu;
      variance[a] = -d22[ka] * nu;
    }
    variance[k] = own;
  }

  /** Adds to a row of J, of neuron k, what it feels through the order parameters. */
  #addRow(y: Float64Array, k: number, J: Float64Array, row: number): void {
    const { K, count, rho, qWeight } = this.#system;
    const { variance, covariance, norm, overlap } = this.#row;
    for (let u = 0, w = 0; u < count; u++, w += 2 * K) {
      const q = qWeight[u];
      const omega = y[w + k];
      const nu = y[w + K + k];
      let byOmega = overlap[0] * rho[u] * nu;
      let byNu = overlap[0] * rho[u] * omega;
      for (let a = 0; a < K; a++) {
        J[row + w + a] += q * (2 * variance[a] * y[w + a] + covariance[a] * omega);
        byOmega += q * covariance[a] * y[w + a];
        J[row + w + K + a] += norm[a] * nu;
        byNu += norm[a] * y[w + K + a];
      }
      J[row + w + k] += byOmega;
      J[row + w + K + k] += byNu;
    }
  }

  /** Partials of I2 for the neurons k > a, as k sees them and as a does. */
  #differentiatePair(k: number, a: number): void {
    const { K } = this.#system;
    const eta = this.#rule.learningRate;
    const q = this.#q;
    const { Q } = this.#at;
    q[0] = Q[k * K + k];
    q[1] = Q[k * K + a];
    q[2] = Q[a * K + a];
    this.#activation.pair(q, this.#pair);
    this.#activation.pairSlope(q, this.#pairSlope);
    const ka = k * K + a;
    const ak = a * K + k;
    for (let i = 0; i < PAIR.size; i++) {
      this.#first[i][ka] = eta * this.#pair[i];
      this.#first[SWAPPED_PAIR[i]][ak] = eta * this.#pair[i];
    }
    for (let i = 0; i < PAIR_SLOPE.size; i++) {
      this.#second[i][ka] = eta * this.#pairSlope[i];
      this.#second[SWAPPED_PAIR_SLOPE[i]][ak] = eta * this.#pairSlope[i];
    }
  }
}

/** Where an entry goes when the two neurons change places. */
const SWAPPED_PAIR = swapped(PAIR, {
  I2: "I2",
  dq11: "dq22",
  dq12: "dq12",
  dq22: "dq11",
});
const SWAPPED_PAIR_SLOPE = swapped(PAIR_SLOPE, {
  q11q11: "q22q22",
  q11q12: "q12q22",
  q11q22: "q11q22",
  q12q12: "q12q12",
  q12q22: "q11q12",
  q22q22: "q11q11",
});

function swapped<Name extends string>(
  places: Record<Name | "size", number>,
  other: Record<Name, Name>,
): Int32Array {
  const result = new Int32Array(places.size);
  for (const name in other) result[places[name]] = places[other[name]];
  return result;
}
