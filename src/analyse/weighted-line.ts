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
  return {
    slope,
    intercept: height - slope * mean,
    slopeError: Math.sqrt(1 / spread),
    interceptError: Math.sqrt(1 / weight + mean ** 2 / spread),
  };
}
