import type { ModeSystem } from "./mode-system.js";

/**
 * Coordinates in which the valley of rescaling is straight.
 *
 * Once aligned, a network with small fields is nearly linear: its error depends on decoders N and encoders
 * W, [K][modes], through Nᵀ W alone, and not on N → Sᵀ N, W → S⁻¹ W with any matrix S [K][K]. Along these
 * directions it rescales and mixes its neurons, slowly (theory §6), and across them forces grow with t. The
 * valley is curved in (W, N), which costs linearly implicit methods their order: SEULEX on one neuron takes
 * 22,000 evaluations to t = 10⁹. With N₀, W₀ at the start of a step, the coordinates (M, N),
 *
 *     M = (c + N₀ N₀ᵀ)⁻¹ (c + N₀ Nᵀ) W,      c = |W₀|²/K,
 *
 * don't change along it, but for c, which is small where the decoders have outgrown the encoders, and
 * keeps the map invertible before. M₀ = W₀. Sums are over vectors with rho > 0; others stay as they are.
 */
export class ValleyCoordinates {
  readonly #K: number;
  /** starts of the vectors with rho > 0 */
  readonly #vectors: Int32Array;
  #c = 1;
  readonly #start: Float64Array;
  // [K][K]: c + N₀ N₀ᵀ, c + N₀ Nᵀ, and LU decompositions of both
  readonly #T0: Float64Array;
  readonly #T: Float64Array;
  readonly #LU0: Float64Array;
  readonly #LU: Float64Array;
  readonly #pivots0: Int32Array;
  readonly #pivots: Int32Array;
  readonly #S: Float64Array;
  readonly #column: Float64Array;

  constructor({ K, count, rho }: ModeSystem) {
    this.#K = K;
    const starts: number[] = [];
    for (let v = 0; v < count; v++) if (rho[v] > 0) starts.push(2 * K * v);
    this.#vectors = Int32Array.from(starts);
    this.#start = new Float64Array(2 * K * count);
    const square = () => new Float64Array(K * K);
    [this.#T0, this.#T, this.#LU0, this.#LU, this.#S] = [1, 2, 3, 4, 5].map(square);
    this.#pivots0 = new Int32Array(K);
    this.#pivots = new Int32Array(K);
    this.#column = new Float64Array(K);
  }

  center(y0: Float64Array): void {
    const K = this.#K;
    this.#start.set(y0);
    let norm = 0;
    for (const w of this.#vectors) {
      for (let k = 0; k < K; k++) norm += y0[w + k] * y0[w + k];
    }
    this.#c = norm / K || 1;
    this.#fill(y0, this.#T0);
    this.#LU0.set(this.#T0);
    decompose(this.#LU0, this.#pivots0, K);
  }

  state(x: Float64Array, y: Float64Array): boolean {
    const K = this.#K;
    const column = this.#column;
    y.set(x);
    this.#fill(x, this.#LU);
    if (!decompose(this.#LU, this.#pivots, K)) return false;
    for (const w of this.#vectors) {
      multiply(this.#T0, x, w, column, K);
      solve(this.#LU, this.#pivots, column, K);
      for (let k = 0; k < K; k++) y[w + k] = column[k];
    }
    return true;
  }

  push(y: Float64Array, dy: Float64Array): void {
    const K = this.#K;
    const T = this.#T;
    const S = this.#S;
    const column = this.#column;
    this.#fill(y, T);
    this.#overlap(dy, S);
    for (const w of this.#vectors) {
      // Ṁ = T₀⁻¹ (T Ẇ + N₀ Ṅᵀ W)
      for (let k = 0; k < K; k++) {
        let sum = 0;
        for (let a = 0; a < K; a++) sum += T[k * K + a] * dy[w + a] + S[k * K + a] * y[w + a];
        column[k] = sum;
      }
      solve(this.#LU0, this.#pivots0, column, K);
      for (let k = 0; k < K; k++) dy[w + k] = column[k];
    }
  }

  pull(dx: Float64Array): void {
    const K = this.#K;
    const y = this.#start;
    const column = this.#column;
    this.#overlap(dx, this.#S);
    for (const w of this.#vectors) {
      multiply(this.#S, y, w, column, K);
      solve(this.#LU0, this.#pivots0, column, K);
      for (let k = 0; k < K; k++) dx[w + k] -= column[k];
    }
  }

  /** c + N₀ Nᵀ of a state. */
  #fill(y: Float64Array, T: Float64Array): void {
    this.#overlap(y, T);
    for (let k = 0; k < this.#K; k++) T[k * this.#K + k] += this.#c;
  }

  /** N₀ Nᵀ of the decoders, or of their rates. */
  #overlap(y: Float64Array, S: Float64Array): void {
    const K = this.#K;
    const start = this.#start;
    S.fill(0);
    for (const w of this.#vectors) {
      for (let k = 0; k < K; k++) {
        const nu = start[w + K + k];
        for (let a = 0; a < K; a++) S[k * K + a] += nu * y[w + K + a];
      }
    }
  }
}

/** `out` = A times the K numbers of x at `offset`. */
function multiply(A: Float64Array, x: Float64Array, offset: number, out: Float64Array, K: number) {
  for (let k = 0; k < K; k++) {
    let sum = 0;
    for (let a = 0; a < K; a++) sum += A[k * K + a] * x[offset + a];
    out[k] = sum;
  }
}

/** LU with partial pivoting in place, inverse pivots on the diagonal; false where A is singular. */
function decompose(A: Float64Array, pivots: Int32Array, K: number): boolean {
  for (let k = 0; k < K; k++) {
    let best = k;
    for (let i = k + 1; i < K; i++) {
      if (Math.abs(A[i * K + k]) > Math.abs(A[best * K + k])) best = i;
    }
    pivots[k] = best;
    if (best !== k) {
      for (let j = 0; j < K; j++) {
        const held = A[k * K + j];
        A[k * K + j] = A[best * K + j];
        A[best * K + j] = held;
      }
    }
    const inverse = 1 / A[k * K + k];
    if (!Number.isFinite(inverse)) return false;
    A[k * K + k] = inverse;
    for (let i = k + 1; i < K; i++) {
      const factor = A[i * K + k] * inverse;
      A[i * K + k] = factor;
      for (let j = k + 1; j < K; j++) A[i * K + j] -= factor * A[k * K + j];
    }
  }
  return true;
}

function solve(LU: Float64Array, pivots: Int32Array, b: Float64Array, K: number): void {
  for (let k = 0; k < K; k++) {
    const held = b[pivots[k]];
    b[pivots[k]] = b[k];
    b[k] = held;
  }
  for (let i = 1; i < K; i++) {
    for (let j = 0; j < i; j++) b[i] -= LU[i * K + j] * b[j];
  }
  for (let i = K - 1; i >= 0; i--) {
    for (let j = i + 1; j < K; j++) b[i] -= LU[i * K + j] * b[j];
    b[i] *= LU[i * K + i];
  }
}
