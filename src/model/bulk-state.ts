import { type Problem, ScenarioError } from "../scenario/problem.js";
import { type Factor, factorGram, NotPositiveError } from "./gram.js";
import type { InitialState } from "./initial-state.js";
import type { Bulk, Spectrum } from "./spectrum.js";

/**
 * Checks that weights exist whose bulk parts have the state's Gram matrices.
 * @throws ScenarioError that names the matrix at fault
 */
export function checkBulkState(state: InitialState, { bulk }: Spectrum): void {
  const { encoderBulk, decoderBulk, crossBulk } = state;
  if (!bulk || !encoderBulk || !decoderBulk || !crossBulk) return;
  if (bulk.variance === 0) {
    const message = "must be zero where data.bulk is 0";
    for (const [key, matrix] of Object.entries({ encoderBulk, crossBulk })) {
      if (matrix.flat().some((x) => x !== 0)) fail({ path: `initial.${key}`, message });
    }
  }
  tryFactor(encoderBulk, "initial.encoderBulk");
  tryFactor(decoderBulk, "initial.decoderBulk");
  const { rank } = tryFactor(jointGram(state, bulk), "initial.crossBulk");
  if (rank > bulk.multiplicity) {
    const message = `bulk matrices of rank ${rank} don't fit into ${bulk.multiplicity} bulk directions`;
    fail({ path: "initial", message });
  }
}

/**
 * Gram matrix of the 2K bulk vectors (w_⊥, v_⊥) over D, [2K][2K]:
 * `[[Q_bulk/σ², X], [Xᵀ, T_bulk]]` with X = w_⊥·v_⊥/D.
 */
export function jointGram(state: InitialState, { variance }: Bulk): number[][] {
  const { encoderBulk: Q = [], decoderBulk: T = [], crossBulk: X = [] } = state;
  const K = Q.length;
  const entry = (i: number, j: number) => {
    if (i >= K && j >= K) return T[i - K][j - K];
    if (i < K && j < K) return variance === 0 ? 0 : Q[i][j] / variance;
    return i < K ? X[i][j - K] : X[j][i - K];
  };
  return Array.from({ length: 2 * K }, (_, i) =>
    Array.from({ length: 2 * K }, (_, j) => entry(i, j)),
  );
}

function tryFactor(matrix: number[][], path: string): Factor {
  try {
    return factorGram(matrix);
  } catch (error) {
    if (error instanceof NotPositiveError) fail({ path, message: error.message });
    throw error;
  }
}

function fail(problem: Problem): never {
  throw new ScenarioError([problem]);
}
