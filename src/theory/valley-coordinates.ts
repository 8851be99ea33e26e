import { decompose, solve } from "../model/lu.js";
import type { ModeSystem } from "./mode-system.js";
import { addOuter, multiplyAdd } from "./small-matrix.js";

/** Decoders this much larger than encoders, squared, make a valley. */
const OUTGROWN = 10;
const MOST_ROUNDS = 20;
const ROUNDING = 1e-13;

/**
 * Coordinates in which the valley of rescaling is straight.
 *
 * Once aligned, a network with small fields is nearly linear: its error depends on decoders N and encoders
 * W, [K][modes], through Nᵀ W alone, and not on N → Sᵀ N, W → S⁻¹ W with any matrix S [K][K]. Along these
 * directions it rescales and mixes its neurons, slowly (theory §6); forces across them, Ẇ = N F, Ṅ = W Fᵀ
 * with some F, are of order one. In (W, N) the valley is curved, and so are the forces' lines, which costs
 * linearly implicit methods their order. With W₀, N₀ at the start of a step, c = |W₀|²/K and
 *
 *     T(N) = c + N₀ Nᵀ,   T₀ = T(N₀),   X = c + n nᵀ,   V = T(n)⁻¹ T₀ W₀,   Z = T(n)⁻¹ T₀ (M − W₀),
 *     M = T₀⁻¹ T(N) W,    N = n + Φ,    Φ = V Zᵀ X⁻¹ n,
 *
 * moving along the valley changes n alone (but for c, small where decoders have outgrown encoders), and
 * forces across it change M alone: V is W on the valley, Z what is across. At the start M = W₀ and n = N₀.
 * Until decoders have outgrown encoders there is no valley, and x is the state itself. One neuron takes
 * SEULEX to t = 10⁹ in some 4,700 evaluations instead of 28,000. Sums are over vectors with rho > 0; others
 * stay as they are.
 */
export class ValleyCoordinates {
  readonly #K: number;
  /** starts of the vectors with rho > 0 */
  readonly #vectors: Int32Array;
  #c = 1;
  #isValley = false;
  /** the step's start y0, and X₀⁻¹ N₀ at the decoders' places */
  readonly #start: Float64Array;
  readonly #scaled0: Float64Array;
  // at the last state x = (M, n): x itself; V at the encoders' places and X⁻¹ n at the decoders'; Z; and
  // matrices S = V Zᵀ, T(n), X and T(N), the last three decomposed
  readonly #x: Float64Array;
  readonly #base: Float64Array;
  readonly #across: Float64Array;
  readonly #S: Float64Array;
  readonly #T: Decomposed;
  readonly #X: Decomposed;
  readonly #TN: Decomposed;
  readonly #T0: Decomposed;
  // room for the rates: of n and of what is derived, of S, T and X
  readonly #rates: Float64Array;
  readonly #room: Float64Array;
  readonly #dS: Float64Array;
  readonly #dT: Float64Array;
  readonly #dX: Float64Array;

  constructor({ K, count, rho }: ModeSystem) {
    this.#K = K;
    const starts: number[] = [];
    for (let v = 0; v < count; v++) if (rho[v] > 0) starts.push(2 * K * v);
    this.#vectors = Int32Array.from(starts);
    const state = () => new Float64Array(2 * K * count);
    [this.#start, this.#scaled0, this.#x, this.#base] = [0, 0, 0, 0].map(state);
    [this.#across, this.#rates, this.#room] = [0, 0, 0].map(state);
    const square = () => new Float64Array(K * K);
    [this.#S, this.#dS, this.#dT, this.#dX] = [0, 0, 0, 0].map(square);
    const decomposed = () => new Decomposed(K);
    [this.#T0, this.#T, this.#X, this.#TN] = [0, 0, 0, 0].map(decomposed);
  }

  /** Makes the coordinates of a step from y0. */
  center(y0: Float64Array): void {
    const K = this.#K;
    this.#start.set(y0);
    let encoders = 0;
    let decoders = 0;
    for (const w of this.#vectors) {
      for (let k = 0; k < K; k++) {
        encoders += y0[w + k] ** 2;
        decoders += y0[w + K + k] ** 2;
      }
    }
    this.#c = encoders / K || 1;
    this.#isValley = decoders > OUTGROWN * encoders;
    if (!this.#isValley) return;
    this.#fillT(this.#T0, y0);
    this.#fillScaled(y0, this.#scaled0);
  }

  /** Writes the state of x into y; false where x has left the map. */
  state(x: Float64Array, y: Float64Array): boolean {
    const K = this.#K;
    y.set(x);
    if (!this.#isValley) return true;
    this.#x.set(x);
    if (!this.#prepare()) return false;
    for (const w of this.#vectors) multiplyAdd(1, this.#S, this.#base, w + K, y, w + K, K);
    if (!this.#fillT(this.#TN, y)) return false;
    for (const w of this.#vectors) {
      y.fill(0, w, w + K);
      multiplyAdd(1, this.#T0.matrix, x, w, y, w, K);
      this.#TN.solve(y, w);
    }
    return true;
  }

  /** Replaces a rate dy at the state y, the last one written, by that of x. */
  push(y: Float64Array, dy: Float64Array): void {
    if (!this.#isValley) return;
    const K = this.#K;
    // Ṁ = T₀⁻¹ (T(N) Ẇ + N₀ Ṅᵀ W)
    this.#overlap(dy, this.#dT);
    const room = this.#room;
    for (const w of this.#vectors) {
      room.fill(0, w, w + K);
      multiplyAdd(1, this.#TN.matrix, dy, w, room, w, K);
      multiplyAdd(1, this.#dT, y, w, room, w, K);
      this.#T0.solve(room, w);
      for (let k = 0; k < K; k++) dy[w + k] = room[w + k];
    }
    this.#pushDecoders(dy);
  }

  /** The same at the start of the step. */
  pushStart(d: Float64Array): void {
    if (!this.#isValley) return;
    const K = this.#K;
    const start = this.#start;
    this.#overlap(d, this.#dT);
    const room = this.#room;
    for (const w of this.#vectors) {
      room.fill(0, w, w + K);
      multiplyAdd(1, this.#dT, start, w, room, w, K);
      this.#T0.solve(room, w);
      for (let k = 0; k < K; k++) d[w + k] += room[w + k];
    }
    this.#addPhiStart(-1, d);
  }

  /** Replaces a rate of x at the start of the step by that of y: the inverse of `pushStart`. */
  pullStart(d: Float64Array): void {
    if (!this.#isValley) return;
    const K = this.#K;
    const start = this.#start;
    this.#addPhiStart(1, d);
    this.#overlap(d, this.#dT);
    const room = this.#room;
    for (const w of this.#vectors) {
      room.fill(0, w, w + K);
      multiplyAdd(1, this.#dT, start, w, room, w, K);
      this.#T0.solve(room, w);
      for (let k = 0; k < K; k++) d[w + k] -= room[w + k];
    }
  }

  /** V, Z, X⁻¹ n and S at x. */
  #prepare(): boolean {
    const K = this.#K;
    const x = this.#x;
    const start = this.#start;
    const across = this.#across;
    if (!this.#fillT(this.#T, x)) return false;
    if (!this.#fillScaled(x, this.#base)) return false;
    this.#S.fill(0);
    for (const w of this.#vectors) {
      for (let k = 0; k < K; k++) this.#room[w + k] = x[w + k] - start[w + k];
      this.#base.fill(0, w, w + K);
      across.fill(0, w, w + K);
      multiplyAdd(1, this.#T0.matrix, start, w, this.#base, w, K);
      multiplyAdd(1, this.#T0.matrix, this.#room, w, across, w, K);
      this.#T.solve(this.#base, w);
      this.#T.solve(across, w);
      addOuter(this.#S, this.#base, w, across, w, K);
    }
    return true;
  }

  /** ṅ = Ṅ − Φ̇(Ṁ, ṅ), by iteration: Φ depends on n weakly. Ṁ is in place. */
  #pushDecoders(d: Float64Array): void {
    const K = this.#K;
    const rates = this.#rates;
    let size = 0;
    for (const w of this.#vectors) {
      for (let k = K; k < 2 * K; k++) {
        rates[w + k] = d[w + k];
        size = Math.max(size, Math.abs(d[w + k]));
      }
    }
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.#ratesOfPhi(d);
      let change = 0;
      for (const w of this.#vectors) {
        for (let k = K; k < 2 * K; k++) {
          const next = d[w + k] - this.#room[w + k];
          change = Math.max(change, Math.abs(next - rates[w + k]));
          rates[w + k] = next;
        }
      }
      if (change <= ROUNDING * size) break;
    }
    for (const w of this.#vectors) {
      for (let k = K; k < 2 * K; k++) d[w + k] = rates[w + k];
    }
  }

  /** Φ̇ = (V̇ Zᵀ + V Żᵀ) Y + S Ẏ, Y = X⁻¹ n, of Ṁ in d and ṅ in `#rates`, at the decoders' places of room. */
  #ratesOfPhi(d: Float64Array): void {
    const K = this.#K;
    const x = this.#x;
    const [rates, room, base, across] = [this.#rates, this.#room, this.#base, this.#across];
    this.#overlap(rates, this.#dT);
    this.#dS.fill(0);
    this.#dX.fill(0);
    for (const w of this.#vectors) {
      // V̇ = −T⁻¹ Ṫ V,  Ż = T⁻¹ (T₀ Ṁ − Ṫ Z)
      room.fill(0, w, w + K);
      multiplyAdd(-1, this.#dT, base, w, room, w, K);
      this.#T.solve(room, w);
      addOuter(this.#dS, room, w, across, w, K);
      room.fill(0, w, w + K);
      multiplyAdd(1, this.#T0.matrix, d, w, room, w, K);
      multiplyAdd(-1, this.#dT, across, w, room, w, K);
      this.#T.solve(room, w);
      addOuter(this.#dS, base, w, room, w, K);
      addOuter(this.#dX, rates, w + K, x, w + K, K);
      addOuter(this.#dX, x, w + K, rates, w + K, K);
    }
    for (const w of this.#vectors) {
      // Ẏ = X⁻¹ (ṅ − Ẋ Y), at the encoders' places
      for (let k = 0; k < K; k++) room[w + k] = rates[w + K + k];
      multiplyAdd(-1, this.#dX, base, w + K, room, w, K);
      this.#X.solve(room, w);
      room.fill(0, w + K, w + 2 * K);
      multiplyAdd(1, this.#dS, base, w + K, room, w + K, K);
      multiplyAdd(1, this.#S, room, w, room, w + K, K);
    }
  }

  /** Adds ± W₀ Ṁᵀ X₀⁻¹ N₀, which Φ̇ is at the start, to the decoders' rates. */
  #addPhiStart(sign: number, d: Float64Array): void {
    const K = this.#K;
    this.#dS.fill(0);
    for (const w of this.#vectors) addOuter(this.#dS, this.#start, w, d, w, K);
    for (const w of this.#vectors) {
      multiplyAdd(sign, this.#dS, this.#scaled0, w + K, d, w + K, K);
    }
  }

  /** Takes T = c + N₀ Nᵀ. */
  #fillT(T: Decomposed, y: Float64Array): boolean {
    this.#overlap(y, T.matrix);
    return T.shift(this.#c);
  }

  /** Takes X = c + n nᵀ, and writes X⁻¹ n at the decoders' places. */
  #fillScaled(x: Float64Array, out: Float64Array): boolean {
    const K = this.#K;
    const X = this.#X;
    X.matrix.fill(0);
    for (const w of this.#vectors) addOuter(X.matrix, x, w + K, x, w + K, K);
    if (!X.shift(this.#c)) return false;
    for (const w of this.#vectors) {
      for (let k = K; k < 2 * K; k++) out[w + k] = x[w + k];
      X.solve(out, w + K);
    }
    return true;
  }

  /** N₀ Nᵀ of the decoders, or of their rates. */
  #overlap(y: Float64Array, out: Float64Array): void {
    const K = this.#K;
    out.fill(0);
    for (const w of this.#vectors) addOuter(out, this.#start, w + K, y, w + K, K);
  }
}

/** A matrix [K][K] and its decomposition. */
class Decomposed {
  readonly matrix: Float64Array;
  readonly #LU: Float64Array;
  readonly #pivots: Int32Array;

  constructor(K: number) {
    this.matrix = new Float64Array(K * K);
    this.#LU = new Float64Array(K * K);
    this.#pivots = new Int32Array(K);
  }

  /** Adds c to the diagonal, and decomposes; false where singular. */
  shift(c: number): boolean {
    const K = this.#pivots.length;
    for (let k = 0; k < K; k++) this.matrix[k * K + k] += c;
    this.#LU.set(this.matrix);
    return decompose(this.#LU, this.#pivots, K);
  }

  solve(b: Float64Array, offset: number): void {
    solve(this.#LU, this.#pivots, this.#pivots.length, b, offset);
  }
}
