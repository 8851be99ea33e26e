import { findPlateaus } from "../analyse/plateaus.js";
import type { Solution } from "../integrate/solve.js";
import { shortNumber } from "./short-number.js";

export const PLATEAU_HEADER = ["from t", "to t", "pmse", "rank", "PCA error", "difference"];

/** A solution's plateaus as a table's cells: when, at what error, and on which PCA error. */
export function plateauRows({ trajectory, pca }: Solution): string[][] {
  return findPlateaus(trajectory.t, trajectory.pmse, pca).map((plateau) => {
    const percent = Number((100 * plateau.difference).toFixed(2));
    return [
      shortNumber(plateau.from),
      shortNumber(plateau.to),
      plateau.pmse.toPrecision(4),
      String(plateau.rank),
      plateau.pcaError.toPrecision(4),
      `${(percent === 0 ? 0 : percent).toFixed(2)} %`,
    ];
  });
}
