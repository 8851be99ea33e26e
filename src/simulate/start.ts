import { Matrix, SVD } from "ml-matrix";
import { jointGram } from "../model/bulk-state.js";
import { factorGram } from "../model/gram.js";
import type { InitialState } from "../model/initial-state.js";
import type { Spectrum } from "../model/spectrum.js";
import type { Network } from "./network.js";

/**
 * Fills a network with weights of exactly these amplitudes and bulk Gram matrices. They take one
 * coordinate a mode, then at most 2K of the bulk. All weights with the same Gram matrices are alike up
 * to a rotation of the bulk, which its Gaussian noise doesn't notice.
 */
export function fillStart(network: Network, state: InitialState, spectrum: Spectrum): void {
  const { encoder, decoder } = network;
  const K = encoder.length;
  const { bulk } = spectrum;
  const M = spectrum.rho.length;
  for (let k = 0; k < K; k++) {
    encoder[k].set(state.encoder[k]);
    decoder[k].set(state.decoder[k]);
  }
  if (!bulk) return;
  const columns = fewest(factorGram(jointGram(state, bulk)).columns, bulk.multiplicity);
  const scale = Math.sqrt(bulk.dimension);
  columns.forEach((column, j) => {
    for (let k = 0; k < K; k++) {
      encoder[k][M + j] = scale * column[k];
      decoder[k][M + j] = column[K + k];
    }
  });
}

/** Columns of another factor, at most `most` of them; their Gram matrix has no higher rank. */
function fewest(columns: Float64Array[], most: number): Float64Array[] {
  if (columns.length <= most) return columns;
  if (most === 0) return [];
  const { leftSingularVectors: U, diagonal } = new SVD(
    new Matrix(columns.map((column) => [...column])).transpose(),
  );
  return diagonal
    .slice(0, most)
    .map((length, j) => Float64Array.from(U.getColumn(j), (u) => u * length));
}
