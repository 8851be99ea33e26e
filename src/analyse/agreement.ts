import { meanAndError, summariseRuns } from "../simulate/summary.js";
import { type Line, weightedLine } from "./weighted-line.js";

/** What is compared at one dimension, all at the same times. */
export interface Compared {
  /** D */
  readonly dimension: number;
  /** requested times, [n] */
  readonly t: Float64Array;
  /** pmse of the theory from the state that the runs started from, [n] */
  readonly theory: Float64Array;
  /** pmse of every run, [runs][≥ n] */
  readonly runs: readonly Float64Array[];
}

/** What theory may be off by: `sigmas` standard errors and `relativeBias`/D of itself. */
export interface Tolerance {
  readonly sigmas: number;
  readonly relativeBias: number;
}

export interface TimeComparison {
  readonly dimension: number;
  readonly t: number;
  readonly theory: number;
  readonly mean: number;
  readonly standardError: number;
  /** (mean − theory)/standardError; null where the runs don't differ */
  readonly z: number | null;
  readonly apart: boolean;
}

export interface Agreement {
  readonly verdict: "agree" | "apart";
  /** dimension by dimension */
  readonly perTime: readonly TimeComparison[];
  /** of |z| over all times; null where no z exists */
  readonly largestZ: number | null;
  /** root mean square of (pmse − theory)/theory over times: of single runs, and of their mean */
  readonly rmsRelativeDeviation: readonly { dimension: number; value: number; ofMean: number }[];
  /** d ln value / d ln D of the single runs' deviation, with several dimensions; −½ is expected */
  readonly exponent?: number;
  readonly exponentStandardError?: number;
  /**
   * The mean relative deviation m(D) of runs from theory, over times, extrapolated by m(D) = m + c/D
   * to D → ∞: zero within its standard error where the theory is exact.
   */
  readonly limit?: { readonly value: number; readonly standardError: number };
}

/**
 * How far theory is from simulation. Theory and the mean of the runs are apart at a time where
 *
 *     |mean − theory| > sigmas · standard error + relativeBias/D · theory
 *
 * The standard error is the seeds'; the mean itself differs from the limit D → ∞ by order 1/D
 * (theory §3), single runs by order 1/√D. Where there is no time to compare they don't agree either.
 */
export function agreementOf(compared: readonly Compared[], tolerance: Tolerance): Agreement {
  const summaries = compared.map(({ runs }) => summariseRuns(runs));
  const perTime = compared.flatMap((one, i) => compareTimes(one, summaries[i], tolerance));
  const deviations = compared.map((one, i) => deviationsOf(one, summaries[i].mean));
  const everywhere = compared.every(({ t }) => t.length > 0);
  const sizes = perTime.flatMap(({ z }) => (z === null ? [] : [Math.abs(z)]));
  const agreement: Agreement = {
    verdict: everywhere && perTime.every(({ apart }) => !apart) ? "agree" : "apart",
    perTime,
    largestZ: sizes.length === 0 ? null : sizes.reduce((a, b) => Math.max(a, b)),
    rmsRelativeDeviation: deviations.map(({ dimension, square, ofMean }) => ({
      dimension,
      value: Math.sqrt(square.average),
      ofMean,
    })),
  };
  return compared.length < 2 ? agreement : { ...agreement, ...scaling(deviations) };
}

function compareTimes(
  { dimension, t, theory }: Compared,
  summary: ReturnType<typeof summariseRuns>,
  tolerance: Tolerance,
) {
  return Array.from(t, (time, i): TimeComparison => {
    const mean = summary.mean[i];
    const error = summary.standardError[i];
    const gap = Math.abs(mean - theory[i]);
    const allowed =
      tolerance.sigmas * error + (tolerance.relativeBias / dimension) * Math.abs(theory[i]);
    return {
      dimension,
      t: time,
      theory: theory[i],
      mean,
      standardError: error,
      z: error > 0 ? (mean - theory[i]) / error : null,
      apart: !(gap <= allowed),
    };
  });
}

interface Deviations {
  readonly dimension: number;
  /** mean over times of a run's relative deviation, and of its square: average and error over runs */
  readonly signed: { average: number; error: number };
  readonly square: { average: number; error: number };
  /** root mean square over times of the mean run's relative deviation */
  readonly ofMean: number;
}

function deviationsOf({ dimension, t, theory, runs }: Compared, mean: Float64Array): Deviations {
  const times = Array.from(t.keys()).filter((i) => theory[i] > 0);
  const relative = (curve: ArrayLike<number>) =>
    times.map((i) => (curve[i] - theory[i]) / theory[i]);
  return {
    dimension,
    signed: meanAndError(runs.map((run) => average(relative(run)))),
    square: meanAndError(runs.map((run) => average(relative(run).map((x) => x * x)))),
    ofMean: Math.sqrt(average(relative(mean).map((x) => x * x))),
  };
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;
}

/** The power of D with which deviations fall, and what is left of them as D → ∞. */
function scaling(deviations: readonly Deviations[]): Partial<Agreement> {
  // squares scatter alike at every D: a few seeds give their common error better than each its own
  const relative = deviations.map(({ square }) => square.error / square.average);
  const error = 0.5 * Math.sqrt(average(relative.map((x) => x * x)));
  const slope = weightedLine(
    deviations.map(({ dimension, square }) => ({
      x: Math.log(dimension),
      y: 0.5 * Math.log(square.average),
      error,
    })),
  );
  const limit = weightedLine(
    deviations.map(({ dimension, signed }) => ({
      x: 1 / dimension,
      y: signed.average,
      error: signed.error,
    })),
  );
  return { ...exponentFrom(slope), ...limitFrom(limit) };
}

/**
 * Mean squares of a few runs scatter more than their sample errors say, being skew. Where the points
 * lie further from the line than these, the error grows with them (the Particle Data Group's factor).
 */
function exponentFrom(line: Line | undefined): Partial<Agreement> {
  if (!line) return {};
  const factor = Math.max(1, Math.sqrt(line.reducedChiSquare));
  return { exponent: line.slope, exponentStandardError: factor * line.slopeError };
}

function limitFrom(line: Line | undefined): Partial<Agreement> {
  return line ? { limit: { value: line.intercept, standardError: line.interceptError } } : {};
}
