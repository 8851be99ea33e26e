/** Mean and standard error of some runs at each time. */
export interface RunSummary {
  readonly dimension: number;
  /** PCA errors of rank 0 … K at this dimension */
  readonly pca: readonly number[];
  /** over the runs at this dimension, at the times that all of them reached, [n] */
  readonly mean: Float64Array;
  /** of the mean; NaN for a single run, [n] */
  readonly standardError: Float64Array;
}

/**
 * Mean and standard error of the mean over runs, at each time that all reached.
 * @param curves pmse of each run, all at the same times
 */
export function summariseRuns(
  curves: readonly Float64Array[],
): Pick<RunSummary, "mean" | "standardError"> {
  const times = curves.reduce((least, curve) => Math.min(least, curve.length), Infinity);
  const mean = new Float64Array(times);
  const standardError = new Float64Array(times);
  for (let i = 0; i < times; i++) {
    const { average, error } = meanAndError(curves.map((curve) => curve[i]));
    mean[i] = average;
    standardError[i] = error;
  }
  return { mean, standardError };
}

/** By Welford's recurrence: equal values have exactly the error zero. */
export function meanAndError(values: readonly number[]): { average: number; error: number } {
  let average = 0;
  let squares = 0;
  values.forEach((value, i) => {
    const distance = value - average;
    average += distance / (i + 1);
    squares += distance * (value - average);
  });
  const n = values.length;
  return { average, error: n < 2 ? Number.NaN : Math.sqrt(squares / (n - 1) / n) };
}
