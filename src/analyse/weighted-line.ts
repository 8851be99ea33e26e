export interface Point {
  readonly x: number;
  readonly y: number;
  /** standard error of y */
  readonly error: number;
}

export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** standard errors that follow from the points' */
  readonly slopeError: number;
  readonly interceptError: number;
  /** mean square of residuals over errors, n − 2 degrees of freedom; 0 for two points */
  readonly reducedChiSquare: number;
}

/**
 * The straight line of least squares through points with known errors, weights 1/error²; undefined
 * where fewer than two different x have a finite y with a positive error.
 */
export function weightedLine(points: readonly Point[]): Line | undefined {
  const known = points.filter(({ y, error }) => Number.isFinite(y) && error > 0);
  let weight = 0;
  let mean = 0;
  let height = 0;
  for (const { x, y, error } of known) {
    weight += error ** -2;
    mean += x * error ** -2;
    height += y * error ** -2;
  }
  mean /= weight;
  height /= weight;
  let spread = 0;
  let product = 0;
  for (const { x, y, error } of known) {
    spread += (x - mean) ** 2 * error ** -2;
    product += (x - mean) * (y - height) * error ** -2;
  }
  if (!(spread > 0)) return undefined;
  const slope = product / spread;
  const intercept = height - slope * mean;
  const chiSquare = known.reduce((sum, { x, y, error }) => {
    return sum + ((y - intercept - slope * x) / error) ** 2;
  }, 0);
  return {
    slope,
    intercept,
    reducedChiSquare: known.length > 2 ? chiSquare / (known.length - 2) : 0,
    slopeError: Math.sqrt(1 / spread),
    interceptError: Math.sqrt(1 / weight + mean ** 2 / spread),
  };
}
