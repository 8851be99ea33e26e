import type { Activation } from "../model/activations/activation.js";
import { heapSpace } from "./vectors/heap-space.js";
import type { VectorSpace } from "./vectors/vector-space.js";

/**
 * The weights of an autoencoder in n orthonormal coordinates, scaled so that no power of D is left
 * (theory §1, §2). With x, w and v in coordinates along unit vectors,
 *
 *     sample = x/√D,   encoder = w,   decoder = v/√D:      λ^k = encoder^k·sample
 *
 * Along an eigenvector encoder and decoder are the amplitudes ω and ν themselves.
 */
export class Network {
  /** w^1 … w^K, [K][n] */
  readonly encoder: Float64Array[];
  /** v^1/√D … v^K/√D, [K][n] */
  readonly decoder: Float64Array[];
  /** λ, g(λ) and g'(λ) of the last sample, [K] */
  readonly fields: Float64Array;
  readonly outputs: Float64Array;
  readonly slopes: Float64Array;
  /** room for g'(λ^k) v^k·Δ, [K], and for Δ = x − x̂, over √D, [n] */
  readonly pulls: Float64Array;
  readonly residual: Float64Array;
  /** where all of these live */
  readonly space: VectorSpace;
  readonly #activation: Activation;

  constructor(activation: Activation, K: number, n: number, space: VectorSpace = heapSpace) {
    this.encoder = space.allocateRows(K, n);
    this.decoder = space.allocateRows(K, n);
    this.fields = space.allocate(K);
    this.outputs = space.allocate(K);
    this.slopes = space.allocate(K);
    this.pulls = space.allocate(K);
    this.residual = space.allocate(n);
    this.space = space;
    this.#activation = activation;
  }

  /** Computes fields, outputs and slopes for a sample of n coordinates. */
  respond(sample: Float64Array, n: number): void {
    const { encoder, fields, space } = this;
    space.dotRows(fields, encoder, sample, n);
    this.#activation.respond(fields, this.outputs, this.slopes);
  }
}

/** Lengths of all vectors that a network takes of its space. */
export function networkLengths(K: number, n: number): number[] {
  return [...new Array<number>(2 * K + 1).fill(n), K, K, K, K];
}
