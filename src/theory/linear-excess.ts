import { type Activation, ONE } from "../model/activations/activation.js";
import type { OrderParameters } from "../model/order-parameters.js";
import type { Spectrum } from "../model/spectrum.js";
import { factorCholesky } from "./cholesky.js";
import type { Vectors } from "./mode-system.js";
import { addRows, scaleRow, squaredNorm } from "./rows.js";

/**
 * Error above PCA of rank K of the linear network with decoders v^k and encoders G1_k w^k, as a sum
 * of terms none of which is negative or a difference of large ones. With u_τ = T0⁻¹ν_τ − Gω_τ,
 * G = diag(G1), P the projector on the span of the decoders, P_ττ = ν_τᵀT0⁻¹ν_τ:
 *
 *     Σ_τ rho_τ u_τᵀT0u_τ + tr(T0 G Q_bulk G) + Σ_{τ≤K} (rho_τ − rho_K)(1 − P_ττ) + Σ_{τ>K} (rho_K − rho_τ)P_ττ
 *
 * Modes in falling order of rho. The last two sums are what the decoders' span misses of the leading
 * modes, by tr P = K. As P² = P, 1 − P_ττ = Σ_σ (δ_στ − P_στ)².
 *
 * Where no more than K eigenvalues are positive there is nothing to miss, and it is shorter and needs
 * no inverse to say (bulk as D → ∞: rho = 0, and no δ)
 *
 *     Σ_τ rho_τ Σ_σ (δ_στ − ν_σ·Gω_τ)² + tr(T0 G Q_bulk G)
 */
export class LinearExcess {
  readonly #system: Vectors;
  readonly #activation: Activation;
  /** rho_K */
  readonly #least: number;
  /** vectors with rho > rho_K */
  readonly #above: number[] = [];
  readonly #allReached: boolean;
  readonly #hasAll: boolean;
  readonly #G: Float64Array;
  readonly #L: Float64Array;
  /** of every vector the K numbers L⁻¹ν and Gω or LᵀGω, [K][count]; P_σ. of one of them, [count] */
  readonly #projected: Float64Array;
  readonly #encoder: Float64Array;
  readonly #row: Float64Array;
  readonly #factors: Float64Array;

  /** @param leading eigenvalues in falling order, at least K where there are so many */
  constructor(system: Vectors, activation: Activation, leading: number[], spectrum: Spectrum) {
    const { K, count, rho } = system;
    this.#system = system;
    this.#activation = activation;
    this.#least = leading[K - 1] ?? 0;
    this.#allReached = positiveEigenvalues(spectrum) <= K;
    const above = (value: number) => value > (this.#allReached ? 0 : this.#least);
    rho.forEach((value, v) => {
      if (above(value)) this.#above.push(v);
    });
    this.#hasAll = this.#above.length === leading.filter(above).length;
    this.#G = new Float64Array(K);
    this.#L = new Float64Array(K * K);
    this.#projected = new Float64Array(K * count);
    this.#encoder = new Float64Array(K * count);
    this.#row = new Float64Array(count);
    this.#factors = new Float64Array(K);
  }

  /**
   * Undefined where T0 is too near a singular matrix, or where a leading mode has no vector of its own.
   * @param y amplitude vectors, [count · 2K]
   * @param state order parameters of y, [K][K] at `offset`
   */
  at(y: Float64Array, { Q, T0 }: OrderParameters, offset: number): number | undefined {
    if (!this.#hasAll) return undefined;
    this.#slopes(Q, offset);
    this.#transpose(y);
    if (this.#allReached) return this.#withoutInverse();
    const { K } = this.#system;
    if (!factorCholesky(T0.subarray(offset, offset + K * K), this.#L, K)) return undefined;
    this.#project();
    return this.#untuned() + this.#missed();
  }

  /** G1 of every neuron. */
  #slopes(Q: Float64Array, offset: number): void {
    const { K } = this.#system;
    const q = new Float64Array(1);
    const one = new Float64Array(ONE.size);
    for (let k = 0; k < K; k++) {
      q[0] = Q[offset + k * K + k];
      this.#activation.one(q, one);
      this.#G[k] = one[ONE.G1];
    }
  }

  /** ν and Gω of all vectors, neuron by neuron. */
  #transpose(y: Float64Array): void {
    const { K, count } = this.#system;
    for (let k = 0; k < K; k++) {
      for (let v = 0; v < count; v++) {
        this.#projected[k * count + v] = y[2 * K * v + K + k];
        this.#encoder[k * count + v] = this.#G[k] * y[2 * K * v + k];
      }
    }
  }

  /** Turns ν into L⁻¹ν and Gω into LᵀGω, T0 = LLᵀ. */
  #project(): void {
    const { K, count } = this.#system;
    const L = this.#L;
    const A = this.#projected;
    const B = this.#encoder;
    const factors = this.#factors;
    for (let k = 0; k < K; k++) {
      const row = A.subarray(k * count, (k + 1) * count);
      for (let j = 0; j < k; j++) factors[j] = -L[k * K + j];
      addRows(row, factors, A, 0, k);
      scaleRow(row, 1 / L[k * K + k]);
    }
    for (let k = 0; k < K; k++) {
      const row = B.subarray(k * count, (k + 1) * count);
      for (let j = k + 1; j < K; j++) factors[j] = L[j * K + k];
      scaleRow(row, L[k * K + k]);
      addRows(row, factors, B, k + 1, K);
    }
  }

  /** Σ_τ rho_τ u_τᵀT0u_τ = Σ_τ rho_τ |L⁻¹ν − LᵀGω|², bulk, and Σ_{τ>K} (rho_K − rho_τ)P_ττ. */
  #untuned(): number {
    const { K, count, rho, qWeight } = this.#system;
    let sum = 0;
    for (let k = 0, i = 0; k < K; k++) {
      for (let v = 0; v < count; v++, i++) {
        const a = this.#projected[i];
        const b = this.#encoder[i];
        const outside = Math.max(0, this.#least - rho[v]);
        sum += rho[v] * (a - b) * (a - b) + (qWeight[v] - rho[v]) * b * b + outside * a * a;
      }
    }
    return sum;
  }

  /** Σ_{τ≤K} (rho_τ − rho_K) Σ_σ (δ_στ − P_στ)² */
  #missed(): number {
    const { K, count, rho } = this.#system;
    const A = this.#projected;
    let sum = 0;
    for (const mode of this.#above) {
      this.#row.fill(0);
      this.#row[mode] = 1;
      for (let k = 0; k < K; k++) this.#factors[k] = -A[k * count + mode];
      addRows(this.#row, this.#factors, A, 0, K);
      sum += (rho[mode] - this.#least) * squaredNorm(this.#row);
    }
    return sum;
  }

  #withoutInverse(): number {
    const { K, count, rho, qWeight } = this.#system;
    let sum = 0;
    for (let v = 0; v < count; v++) {
      if (qWeight[v] === 0) continue;
      this.#row.fill(0);
      if (rho[v] > 0) this.#row[v] = 1;
      for (let k = 0; k < K; k++) this.#factors[k] = -this.#encoder[k * count + v];
      addRows(this.#row, this.#factors, this.#projected, 0, K);
      sum += qWeight[v] * squaredNorm(this.#row);
    }
    return sum;
  }
}

function positiveEigenvalues({ rho, bulk }: Spectrum): number {
  const modes = rho.filter((value) => value > 0).length;
  if (!bulk || bulk.variance === 0 || !Number.isFinite(bulk.dimension)) return modes;
  return modes + bulk.multiplicity;
}
