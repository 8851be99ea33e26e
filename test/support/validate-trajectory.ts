import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { expect } from "vitest";
import type { Trajectory } from "../../src/trajectory.js";

// Sums over the modes round at 1e-16 of their size, eigenvalues of a 2K×2K matrix at some times that.
const ROUNDING = 1e-12;

/**
 * What must hold of every trajectory, of theory or simulation: finite numbers at the times asked for;
 * E|x − x̂|² not negative; [[Q, Rᵀ], [R, T1]], the covariance of all fields, and T0 positive
 * semi-definite.
 */
export function validateTrajectory(trajectory: Trajectory, times: ArrayLike<number>): void {
  const { hidden: K, modes: M, t, pmse, Q, R, T0, T1, amplitudes, bias } = trajectory;
  const n = times.length;
  expect([...t]).toEqual(Array.from(times));
  expect([pmse.length, bias.length]).toEqual([n, n * K]);
  for (const values of [Q, R, T0, T1]) expect(values.length).toBe(n * K * K);
  if (amplitudes) expect(amplitudes.encoder.length).toBe(n * K * M);
  const all = [t, pmse, Q, R, T0, T1, bias, ...Object.values(amplitudes ?? {})];
  for (const values of all) expect(values.every(Number.isFinite)).toBe(true);
  for (let i = 0; i < n; i++) {
    expect(pmse[i]).toBeGreaterThan(-1e-13 * pmse[0]);
    const at = (values: Float64Array, k: number, l: number) => values[(i * K + k) * K + l];
    const fields = Matrix.zeros(2 * K, 2 * K);
    for (let k = 0; k < K; k++) {
      for (let l = 0; l < K; l++) {
        fields.set(k, l, at(Q, k, l));
        fields.set(K + k, l, at(R, k, l));
        fields.set(l, K + k, at(R, k, l));
        fields.set(K + k, K + l, at(T1, k, l));
      }
    }
    expectPositive(fields);
    expectPositive(Matrix.from1DArray(K, K, T0.subarray(i * K * K, (i + 1) * K * K)));
  }
}

function expectPositive(matrix: Matrix): void {
  expect(matrix.isSymmetric() || asymmetry(matrix) < ROUNDING).toBe(true);
  const { realEigenvalues } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const largest = Math.max(...realEigenvalues.map(Math.abs));
  expect(Math.min(...realEigenvalues)).toBeGreaterThanOrEqual(-ROUNDING * largest);
}

function asymmetry(matrix: Matrix): number {
  const scale = Math.max(matrix.max(), -matrix.min());
  return Matrix.sub(matrix, matrix.transpose()).abs().max() / scale;
}
