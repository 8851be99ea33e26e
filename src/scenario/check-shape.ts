import type { Problem } from "./problem.js";

/** The problem of a matrix that is not rows×columns, if there is one. */
export function checkShape(
  matrix: number[][],
  rows: number,
  columns: number,
  path: string,
): Problem[] {
  if (matrix.length !== rows) {
    const message = `must be ${rows}×${columns}, got ${matrix.length} rows`;
    return [{ path, message }];
  }
  const ragged = matrix.findIndex((row) => row.length !== columns);
  if (ragged < 0) return [];
  const message = `must have ${columns} elements, got ${matrix[ragged].length}`;
  return [{ path: `${path}[${ragged}]`, message }];
}
