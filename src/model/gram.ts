import { EigenvalueDecomposition, Matrix, SVD } from "ml-matrix";

/*
 * Modes of equal eigenvalue enter the theory through their Gram matrix S only, and any factor
 * Y Yᵀ = S obeys the modes' own equation (theory §2). The factor used is the symmetric one of the
 * normalised matrix, Y = N C^½ with C = N⁻¹ S N⁻¹, N² = diag S: it is unique, and permuting neurons
 * or flipping their signs does the same to Y. Error control then treats equal problems equally.
 */

/** Smallest eigenvalue of C that counts as zero: rounding of the entries of a given matrix. */
const ROUNDING = 1e-10;

/** A matrix that no vectors can have as their Gram matrix. */
export class NotPositiveError extends Error {
  override name = "NotPositiveError";
}

export interface Factor {
  /** columns of Y, zero columns left out, [rank][n] */
  readonly columns: Float64Array[];
  /** number of positive eigenvalues of S */
  readonly rank: number;
}

/**
 * Factor of a Gram matrix S [n][n].
 * @throws NotPositiveError where S isn't symmetric positive semi-definite beyond rounding
 */
export function factorGram(S: readonly (readonly number[])[]): Factor {
  const n = S.length;
  const norms = S.map((row, i) => checkedNorm(row[i], i));
  const C = S.map((row, i) => row.map((s, j) => normalised(s, S[j][i], norms[i], norms[j])));
  if (C.every((row, i) => row.every((c, j) => i === j || c === 0))) {
    return { columns: diagonalColumns(norms), rank: norms.filter((s) => s > 0).length };
  }
  const { realEigenvalues: values, eigenvectorMatrix: V } = new EigenvalueDecomposition(
    new Matrix(C),
    { assumeSymmetric: true },
  );
  const least = Math.min(...values);
  if (least < -ROUNDING) {
    throw new NotPositiveError(
      `not positive semi-definite: its correlations have the eigenvalue ${least.toPrecision(4)}`,
    );
  }
  const roots = values.map((value) => Math.sqrt(Math.max(value, 0)));
  return {
    columns: symmetricColumns(V, roots, norms),
    rank: values.filter((value) => value > n * ROUNDING).length,
  };
}

/**
 * Factor Y of the Gram matrix of many vectors, and the basis B with orthonormal rows in which
 * `vectors = Y B` (polar decomposition of the normalised rows).
 * @param rows the vectors' components, [n][count], count ≥ n
 */
export function factorVectors(rows: readonly Float64Array[]): {
  columns: Float64Array[];
  basis: Float64Array[];
} {
  const norms = rows.map((row) => Math.sqrt(row.reduce((sum, y) => sum + y * y, 0)));
  const used = norms.map((norm, i) => (norm > 0 ? i : -1)).filter((i) => i >= 0);
  if (used.length === 0) return { columns: [], basis: [] };
  const scaled = new Matrix(used.map((i) => Array.from(rows[i], (y) => y / norms[i])));
  const svd = new SVD(scaled, { autoTranspose: true });
  const { leftSingularVectors: U, rightSingularVectors: W, diagonal } = svd;
  const small = symmetricColumns(
    U,
    diagonal,
    used.map((i) => norms[i]),
  );
  const columns = small.map((column) => {
    const full = new Float64Array(rows.length);
    used.forEach((i, place) => {
      full[i] = column[place];
    });
    return full;
  });
  const basis = U.mmul(W.transpose())
    .to2DArray()
    .map((row) => Float64Array.from(row));
  return { columns, basis };
}

/** Columns of N V diag(roots) Vᵀ. */
function symmetricColumns(V: Matrix, roots: number[], norms: number[]): Float64Array[] {
  const root = V.mmul(Matrix.diag(roots)).mmul(V.transpose());
  const columns: Float64Array[] = [];
  for (let j = 0; j < norms.length; j++) {
    if (norms[j] > 0) columns.push(Float64Array.from(norms, (norm, i) => norm * root.get(i, j)));
  }
  return columns;
}

function diagonalColumns(norms: number[]): Float64Array[] {
  const columns: Float64Array[] = [];
  norms.forEach((norm, j) => {
    if (norm > 0) columns.push(Float64Array.from(norms, (_, i) => (i === j ? norm : 0)));
  });
  return columns;
}

function checkedNorm(s: number, i: number): number {
  if (s < 0) throw new NotPositiveError(`not positive semi-definite: diagonal ${i + 1} is ${s}`);
  return Math.sqrt(s);
}

function normalised(s: number, mirrored: number, norm: number, other: number): number {
  if (Math.abs(s - mirrored) > ROUNDING * norm * other) {
    throw new NotPositiveError(`not symmetric: ${s} against ${mirrored}`);
  }
  if (norm > 0 && other > 0) return s / norm / other;
  if (s !== 0)
    throw new NotPositiveError(`not positive semi-definite: ${s} beside a zero diagonal`);
  return 0;
}
