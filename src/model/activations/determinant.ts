/** A covariance that no pair of random variables can have. */
export class CovarianceError extends Error {
  override name = "CovarianceError";
}

// Order parameters are sums over the modes; 1e-12 is the rounding of some thousand terms.
const ROUNDING = 1e-12;
// Below this squares of variances are lost to underflow, and comparing them says nothing.
const TINY = 1e-300;
const SPLITTER = 134217729; // 2^27 + 1

/**
 * det = q11 q22 − q12², never negative, to full relative accuracy for r → ±1.
 *
 * Where the products nearly cancel, their rounding errors are found exactly (Dekker's product,
 * Numer. Math. 18 (1971) 224) and put back (Kahan's difference of products).
 * @throws CovarianceError where the matrix is not positive semi-definite beyond rounding
 */
export function determinant(q11: number, q12: number, q22: number): number {
  const p = q11 * q22;
  const s = q12 * q12;
  if (q11 < 0 || q22 < 0 || s > p * (1 + ROUNDING) + TINY) {
    throw new CovarianceError(
      `[[${q11}, ${q12}], [${q12}, ${q22}]] is not a covariance: not positive semi-definite`,
    );
  }
  if (s < 0.5 * p) return p - s;
  const det = p - s + (productError(q11, q22, p) - productError(q12, q12, s));
  return Math.max(det, 0); // NaN stays NaN
}

/** a b − fl(a b), exactly, for products between 1e-290 and 1e290. */
function productError(a: number, b: number, product: number): number {
  const ca = SPLITTER * a;
  const aHigh = ca - (ca - a);
  const aLow = a - aHigh;
  const cb = SPLITTER * b;
  const bHigh = cb - (cb - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}
