import { jointGram } from "../model/bulk-state.js";
import { factorGram, factorVectors } from "../model/gram.js";
import type { InitialState } from "../model/initial-state.js";
import type { Bulk, Spectrum } from "../model/spectrum.js";

/** Amplitude vectors `(ω^1 … ω^K, ν^1 … ν^K)`, the state y [count · 2K], and what they count for. */
export interface Vectors {
  readonly K: number;
  readonly count: number;
  /** rho tilde of every vector, [count] */
  readonly rho: Float64Array;
  /** weight of `ω ωᵀ` in Q, [count] */
  readonly qWeight: Float64Array;
}

/** Modes of one eigenvalue, carried by a factor: `amplitudes = (ω; ν) of the vectors · basis`. */
interface Group {
  /** index of its first vector */
  readonly first: number;
  /** orthonormal rows, [vectors][members] */
  readonly basis: readonly Float64Array[];
  /** the modes it stands for */
  readonly members: readonly number[];
}

/**
 * The covariance as groups of equal eigenvalue, and the state as amplitude vectors (theory §2).
 *
 * A vector is the 2K amplitudes `(ω^1 … ω^K, ν^1 … ν^K)`; the state y is all vectors in a row. A mode
 * has a vector of its own. A bulk, or an eigenvalue with more than 2K modes, has at most 2K vectors:
 * the columns of a factor of its Gram matrix, which move by the modes' own linear equation.
 */
export class ModeSystem implements Vectors {
  readonly K: number;
  /** number of named modes: spikes, or all eigenvalues of a spectrum */
  readonly M: number;
  /** number of amplitude vectors */
  readonly count: number;
  /** rho tilde of every vector, [count] */
  readonly rho: Float64Array;
  /** weight of `ω ωᵀ` in Q, [count]: rho, but 1 for the bulk as D → ∞, whose ω carry √Q_bulk */
  readonly qWeight: Float64Array;
  /** initial state, [count · 2K] */
  readonly start: Float64Array;
  /** vector of every mode, [M]; −1 where a group carries it */
  readonly #vectorOf: Int32Array;
  readonly #groups: Group[] = [];

  constructor(spectrum: Spectrum, state: InitialState) {
    this.K = state.encoder.length;
    this.M = spectrum.rho.length;
    this.#vectorOf = new Int32Array(this.M).fill(-1);
    const vectors: { rho: number; qWeight: number; y: Float64Array }[] = [];
    for (const members of equalEigenvalues(spectrum.rho)) {
      const rho = spectrum.rho[members[0]];
      const rows = amplitudeRows(state, members);
      if (members.length <= 2 * this.K) {
        members.forEach((mode, j) => {
          this.#vectorOf[mode] = vectors.length;
          vectors.push({ rho, qWeight: rho, y: Float64Array.from(rows, (row) => row[j]) });
        });
      } else {
        const { columns, basis } = factorVectors(rows);
        this.#groups.push({ first: vectors.length, basis, members });
        for (const y of columns) vectors.push({ rho, qWeight: rho, y });
      }
    }
    if (spectrum.bulk) vectors.push(...bulkVectors(state, spectrum.bulk));
    this.count = vectors.length;
    this.rho = Float64Array.from(vectors, (vector) => vector.rho);
    this.qWeight = Float64Array.from(vectors, (vector) => vector.qWeight);
    this.start = new Float64Array(2 * this.K * this.count);
    vectors.forEach((vector, v) => {
      this.start.set(vector.y, 2 * this.K * v);
    });
  }

  /** The amplitude vectors of a state: they are the state. */
  vectors(state: Float64Array): Float64Array {
    return state;
  }

  /** Writes the amplitudes of all modes, row-major [K][M], at `offset` of `encoder` and `decoder`. */
  amplitudes(y: Float64Array, encoder: Float64Array, decoder: Float64Array, offset: number): void {
    const { K, M } = this;
    for (let m = 0; m < M; m++) {
      const vector = this.#vectorOf[m];
      for (let k = 0; k < K && vector >= 0; k++) {
        encoder[offset + k * M + m] = y[2 * K * vector + k];
        decoder[offset + k * M + m] = y[2 * K * vector + K + k];
      }
    }
    for (const { first, basis, members } of this.#groups) {
      members.forEach((m, j) => {
        for (let k = 0; k < K; k++) {
          let w = 0;
          let v = 0;
          for (let a = 0; a < basis.length; a++) {
            w += y[2 * K * (first + a) + k] * basis[a][j];
            v += y[2 * K * (first + a) + K + k] * basis[a][j];
          }
          encoder[offset + k * M + m] = w;
          decoder[offset + k * M + m] = v;
        }
      });
    }
  }
}

/** Modes by eigenvalue, in the order in which eigenvalues first appear. */
function equalEigenvalues(rho: Float64Array): number[][] {
  const groups = new Map<number, number[]>();
  rho.forEach((value, mode) => {
    const members = groups.get(value);
    if (members) members.push(mode);
    else groups.set(value, [mode]);
  });
  return [...groups.values()];
}

/** Rows ω^1 … ω^K, ν^1 … ν^K of these modes, [2K][members]. */
function amplitudeRows(state: InitialState, members: readonly number[]): Float64Array[] {
  return [...state.encoder, ...state.decoder].map((row) =>
    Float64Array.from(members, (mode) => row[mode]),
  );
}

/**
 * The bulk at finite D is the group with rho = σ²/D. Its limit rho → 0 keeps Q_bulk, which moves by
 * weight decay alone, and T_bulk: R_bulk and T1_bulk vanish (the paper's B.31–B.33).
 */
function bulkVectors(state: InitialState, bulk: Bulk) {
  const K = state.encoder.length;
  if (Number.isFinite(bulk.dimension)) {
    const rho = bulk.variance / bulk.dimension;
    // ω = w·ψ/√D with |ψ|² = D: the Gram matrix of the ω is D times that of w/√D
    const scale = Math.sqrt(bulk.dimension);
    const { columns } = factorGram(jointGram(state, bulk));
    return columns.map((y) => ({
      rho,
      qWeight: rho,
      y: y.map((value, i) => (i < K ? scale * value : value)),
    }));
  }
  const Q = factorGram(state.encoderBulk ?? []).columns;
  const T = factorGram(state.decoderBulk ?? []).columns;
  const none = new Float64Array(K);
  // with rho = 0 the two halves of a vector don't meet: columns of Q and T share vectors
  return Array.from({ length: Math.max(Q.length, T.length) }, (_, j) => ({
    rho: 0,
    qWeight: 1,
    y: Float64Array.from([...(Q[j] ?? none), ...(T[j] ?? none)]),
  }));
}
