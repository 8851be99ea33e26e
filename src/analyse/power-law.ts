import quantile from "@stdlib/stats-base-dists-t-quantile";

/** y = prefactor · t^exponent, with 95 % confidence intervals. */
export interface PowerLaw {
  readonly exponent: number;
  readonly exponentInterval: readonly [low: number, high: number];
  readonly prefactor: number;
  readonly prefactorInterval: readonly [low: number, high: number];
  /** first and last time of the fit */
  readonly from: number;
  readonly to: number;
  /** number of times in it */
  readonly points: number;
}

const DECADE = 10;
const FEWEST = 5;
const TWO_SIDED = 0.975;

/**
 * The power law through a curve, by least squares of ln y against ln t.
 *
 * Neighbouring points of a learning curve lie on the same side of the line, so that n points don't
 * count as n: residuals whose neighbours correlate by r count as n (1 − r)/(1 + r), 3 at least
 * (Santer et al., J. Geophys. Res. 105 (2000) 7337), and the intervals are Student's for so many.
 * @param t times, increasing
 * @param y one positive value for each
 * @param range the times to take part (default: all positive ones)
 * @throws RangeError for less than a decade, fewer than five points, or a value that isn't positive
 */
export function fitPowerLaw(
  t: ArrayLike<number>,
  y: ArrayLike<number>,
  range: { readonly from?: number; readonly to?: number } = {},
): PowerLaw {
  const { from = 0, to = Number.POSITIVE_INFINITY } = range;
  const places = Array.from(t as number[], (time, i) => ({ time, i }))
    .filter(({ time }) => time > 0 && time >= from && time <= to)
    .map(({ i }) => i);
  refuse(t, y, places);
  const x = places.map((i) => Math.log(t[i]));
  const z = places.map((i) => Math.log(y[i]));
  const n = x.length;
  const centre = mean(x);
  const spread = sum(x.map((value) => (value - centre) ** 2));
  const exponent = sum(x.map((value, i) => (value - centre) * z[i])) / spread;
  const height = mean(z);
  const residuals = z.map((value, i) => value - height - exponent * (x[i] - centre));
  const freedom = effectiveCount(residuals) - 2;
  const deviation = Math.sqrt(sum(residuals.map((r) => r * r)) / freedom);
  const factor = quantile(TWO_SIDED, freedom);
  const half = (factor * deviation) / Math.sqrt(spread);
  const intercept = height - exponent * centre;
  const halfIntercept = factor * deviation * Math.sqrt(1 / n + centre ** 2 / spread);
  return {
    exponent,
    exponentInterval: [exponent - half, exponent + half],
    prefactor: Math.exp(intercept),
    prefactorInterval: [Math.exp(intercept - halfIntercept), Math.exp(intercept + halfIntercept)],
    from: t[places[0]],
    to: t[places[n - 1]],
    points: n,
  };
}

/**
 * The exponent of several runs: the mean of their own, and Student's 95 % interval of that mean over
 * the runs, which are independent where the points of one are not.
 * @param runs values of each run at the times t
 * @throws RangeError as {@link fitPowerLaw}, and for a single run
 */
export function fitRunsExponent(
  t: ArrayLike<number>,
  runs: readonly ArrayLike<number>[],
  range: { readonly from?: number; readonly to?: number } = {},
): Pick<PowerLaw, "exponent" | "exponentInterval"> {
  const n = runs.length;
  if (n < 2) throw new RangeError("a single run has no interval; give two runs or more");
  const exponents = runs.map((run) => fitPowerLaw(t, run, range).exponent);
  const exponent = mean(exponents);
  const variance = sum(exponents.map((value) => (value - exponent) ** 2)) / (n - 1);
  const half = quantile(TWO_SIDED, n - 1) * Math.sqrt(variance / n);
  return { exponent, exponentInterval: [exponent - half, exponent + half] };
}

function refuse(t: ArrayLike<number>, y: ArrayLike<number>, places: readonly number[]): void {
  const [first, last] = [t[places[0]], t[places[places.length - 1]]];
  if (places.length < FEWEST) {
    throw new RangeError(`a power law needs ${FEWEST} times or more, got ${places.length}`);
  }
  if (last < DECADE * first * (1 - 1e-12)) {
    throw new RangeError(`a power law needs a decade of times, got ${first} to ${last}`);
  }
  const bad = places.find((i) => !(y[i] > 0 && y[i] < Number.POSITIVE_INFINITY));
  if (bad !== undefined) {
    throw new RangeError(`a power law needs positive values, got ${y[bad]} at t = ${t[bad]}`);
  }
}

/** Independent points that these residuals are worth, 3 … n. */
function effectiveCount(residuals: readonly number[]): number {
  const n = residuals.length;
  const square = sum(residuals.map((r) => r * r));
  const neighbours = sum(residuals.slice(1).map((r, i) => r * residuals[i]));
  const r = square > 0 ? Math.max(0, neighbours / square) : 0;
  return Math.max(3, (n * (1 - r)) / (1 + r));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
