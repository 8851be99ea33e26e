import { erf, fillErf } from "../erf.js";
import { bivariateNormalCdf, normalCdf, normalDensity } from "../normal.js";
import { type Activation, ALONE, ONE, PAIR, PAIR_SLOPE } from "./activation.js";
import { determinant } from "./determinant.js";

const TWO_OVER_PI = 2 / Math.PI;
const SQRT_TWO_OVER_PI = Math.sqrt(TWO_OVER_PI);

/**
 * g(x) = erf(x/√2), the paper's sigmoid (theory §4; paper appendix D).
 *
 *     G1 = √(2/π)/√(1+q)          I2 = (2/π) asin( q12/√((1+q11)(1+q22)) )
 *     ∂I2/∂q12 = (2/π)/√Δ         ∂I2/∂q11 = −q12/(π(1+q11)√Δ),    Δ = (1+q11)(1+q22) − q12²
 *
 * Slopes: ∂²I2/∂q12² = (2/π)q12 Δ^{-3/2}, ∂²I2/∂q11∂q12 = −(1/π)(1+q22)Δ^{-3/2},
 * ∂²I2/∂q11∂q22 = q12 Δ^{-3/2}/(2π), ∂²I2/∂q11² = q12 [Δ/(1+q11) + (1+q22)/2] Δ^{-3/2}/(π(1+q11)).
 *
 * The arcsine is taken as atan2(q12, √Δ) with Δ = 1 + q11 + q22 + det: no cancellation near r = ±1,
 * where large variances put its argument at 1 − 1/q.
 *
 * Fields of mean b, h = b/√(1+q), r = q12/√((1+q11)(1+q22)):
 *
 *     E g = erf(h/√2)     E g' = 2φ(h)/√(1+q)     E[g1 g2] = 4Φ2(h1, h2; r) − 2Φ(h1) − 2Φ(h2) + 1
 */
export const sigmoid: Activation = {
  name: "sigmoid",
  odd: true,

  one(covariance, out) {
    const q = covariance[0];
    const root = Math.sqrt(1 + 2 * q);
    const slope = TWO_OVER_PI / root;
    const G1 = SQRT_TWO_OVER_PI / Math.sqrt(1 + q);
    out[ONE.G1] = G1;
    out[ONE.dG1] = (-0.5 * G1) / (1 + q);
    out[ONE.I2] = TWO_OVER_PI * Math.atan2(q, root);
    out[ONE.dq11] = (-0.5 * q * slope) / (1 + q);
    out[ONE.dq12] = slope;
  },

  pair(q, out) {
    const q11 = q[0];
    const q12 = q[1];
    const q22 = q[2];
    const root = Math.sqrt(1 + (q11 + q22) + determinant(q11, q12, q22));
    const slope = TWO_OVER_PI / root;
    out[PAIR.I2] = TWO_OVER_PI * Math.atan2(q12, root);
    out[PAIR.dq11] = (-0.5 * q12 * slope) / (1 + q11);
    out[PAIR.dq12] = slope;
    out[PAIR.dq22] = (-0.5 * q12 * slope) / (1 + q22);
  },

  pairSlope(q, out) {
    const a = 1 + q[0];
    const q12 = q[1];
    const b = 1 + q[2];
    const square = 1 + (q[0] + q[2]) + determinant(q[0], q12, q[2]);
    const cube = 1 / (Math.PI * square * Math.sqrt(square));
    out[PAIR_SLOPE.q11q11] = (q12 * cube * (square / a + 0.5 * b)) / a;
    out[PAIR_SLOPE.q11q12] = -b * cube;
    out[PAIR_SLOPE.q11q22] = 0.5 * q12 * cube;
    out[PAIR_SLOPE.q12q12] = 2 * q12 * cube;
    out[PAIR_SLOPE.q12q22] = -a * cube;
    out[PAIR_SLOPE.q22q22] = (q12 * cube * (square / b + 0.5 * a)) / b;
  },

  /** H = (2/π)(asin x − x), x = q12/√((1+q11)(1+q22)) */
  beyondLinear(q11, q12, q22) {
    const det = determinant(q11, q12, q22);
    const x = q12 / Math.sqrt(1 + q11) / Math.sqrt(1 + q22);
    if (Math.abs(x) < 0.5) return TWO_OVER_PI * arcsineExcess(x);
    return TWO_OVER_PI * (Math.atan2(q12, Math.sqrt(1 + (q11 + q22) + det)) - x);
  },

  /** ∂H/∂q12 = (2/π) q12²/(√Δ s (√Δ + s)), s² = (1+q11)(1+q22), and ∂H/∂q11 = −½ q12/(1+q11) ∂H/∂q12 */
  pairBeyondLinear(q, out) {
    const a = 1 + q[0];
    const q12 = q[1];
    const b = 1 + q[2];
    const s = Math.sqrt(a * b);
    const root = Math.sqrt(1 + (q[0] + q[2]) + determinant(q[0], q12, q[2]));
    const slope = (TWO_OVER_PI * q12 * q12) / (root * s * (root + s));
    const x = q12 / s;
    out[PAIR.I2] = TWO_OVER_PI * (Math.abs(x) < 0.5 ? arcsineExcess(x) : Math.atan2(q12, root) - x);
    out[PAIR.dq11] = (-0.5 * q12 * slope) / a;
    out[PAIR.dq12] = slope;
    out[PAIR.dq22] = (-0.5 * q12 * slope) / b;
  },

  /** dI2/dq = (2/π)/((1+q)√(1+2q)) */
  alone(covariance, out) {
    const q = covariance[0];
    const slope = TWO_OVER_PI / ((1 + q) * Math.sqrt(1 + 2 * q));
    out[ALONE.ddG1] = (0.75 * SQRT_TWO_OVER_PI) / ((1 + q) ** 2 * Math.sqrt(1 + q));
    out[ALONE.dI2] = slope;
    out[ALONE.ddI2] = -slope * (1 / (1 + q) + 1 / (1 + 2 * q));
  },

  respond(fields, outputs, slopes) {
    for (let k = 0; k < fields.length; k++) {
      // used as room for the arguments
      slopes[k] = fields[k] * Math.SQRT1_2;
    }
    fillErf(slopes, outputs);
    for (let k = 0; k < fields.length; k++) {
      const x = fields[k];
      slopes[k] = SQRT_TWO_OVER_PI * Math.exp(-0.5 * x * x);
    }
  },

  shifted: {
    mean: (q, b) => erf(b / Math.sqrt(2 + 2 * q)),
    slope: (q, b) => (2 * normalDensity(b / Math.sqrt(1 + q))) / Math.sqrt(1 + q),
    correlation(q11, q12, q22, b1, b2) {
      determinant(q11, q12, q22);
      const s1 = Math.sqrt(1 + q11);
      const s2 = Math.sqrt(1 + q22);
      const h = b1 / s1;
      const k = b2 / s2;
      const joint = bivariateNormalCdf(h, k, q12 / (s1 * s2));
      return 4 * joint - 2 * normalCdf(h) - 2 * normalCdf(k) + 1;
    },
  },
};

/** asin x − x = Σ_n c_n x^{2n+1}/(2n+1), n ≥ 1, c_n = c_{n−1} (2n−1)/(2n), for |x| ≤ ½. */
function arcsineExcess(x: number): number {
  const square = x * x;
  let power = x;
  let sum = 0;
  for (let n = 1; n < 30; n++) {
    power *= (square * (2 * n - 1)) / (2 * n);
    const term = power / (2 * n + 1);
    sum += term;
    if (Math.abs(term) <= 1e-17 * Math.abs(sum)) break;
  }
  return sum;
}
