import { bivariateNormalCdf, normalCdf, normalDensity } from "../normal.js";
import { type Activation, ALONE, ONE, PAIR, PAIR_SLOPE } from "./activation.js";
import { determinant } from "./determinant.js";

const TWO_PI = 2 * Math.PI;

/**
 * g(x) = max(0, x) (theory §4; paper appendix D). With r = q12/(s1 s2) = −cos θ, θ ∈ [0, π]:
 *
 *     G1 = ½                       I2 = [√det + q12 θ]/(2π) = s1 s2 (sin θ − θ cos θ)/(2π)
 *     ∂I2/∂q12 = θ/(2π)            ∂I2/∂q11 = √det/(4π q11),       det = q11 q22 − q12²
 *
 * Slopes: ∂²I2/∂q12² = 1/(2π√det), ∂²I2/∂q11∂q12 = −q12/(4πq11√det), ∂²I2/∂q11∂q22 = 1/(8π√det),
 * ∂²I2/∂q11² = (q22/(2√det) − √det/q11)/(4πq11). They are infinite at r = ±1, where zero is written.
 *
 * θ = π/2 + asin r is taken as atan2(√det, −q12), good for all r. Near r = −1 the two terms of I2
 * cancel to θ³/3; the series is used there. A neuron with q11 = 0 is dead: ∂I2/∂q11 → ∞ while the
 * amplitudes that it multiplies vanish, and their product averages to zero over directions: 0 here.
 */
export const relu: Activation = {
  name: "relu",
  odd: false,

  one(q, out) {
    out[ONE.G1] = 0.5;
    out[ONE.dG1] = 0;
    out[ONE.I2] = 0.5 * q[0];
    out[ONE.dq11] = 0;
    out[ONE.dq12] = 0.5;
  },

  pair(q, out) {
    const q11 = q[0];
    const q12 = q[1];
    const q22 = q[2];
    const root = Math.sqrt(determinant(q11, q12, q22));
    // both zero where a variance is zero: r = 0 is the mean over directions
    const theta = root === 0 && q12 === 0 ? Math.PI / 2 : Math.atan2(root, -q12);
    const I2 =
      theta < 0.5 ? Math.sqrt(q11) * Math.sqrt(q22) * sineExcess(theta) : root + q12 * theta;
    out[PAIR.I2] = I2 / TWO_PI;
    out[PAIR.dq11] = q11 > 0 ? root / (2 * TWO_PI * q11) : 0;
    out[PAIR.dq12] = theta / TWO_PI;
    out[PAIR.dq22] = q22 > 0 ? root / (2 * TWO_PI * q22) : 0;
  },

  pairSlope(q, out) {
    const root = Math.sqrt(determinant(q[0], q[1], q[2]));
    if (!(root > 0)) {
      out.fill(0);
      return;
    }
    const inverse = 1 / (TWO_PI * root);
    out[PAIR_SLOPE.q11q11] = (0.25 * inverse * (q[2] - (2 * root * root) / q[0])) / q[0];
    out[PAIR_SLOPE.q11q12] = (-0.5 * q[1] * inverse) / q[0];
    out[PAIR_SLOPE.q11q22] = 0.25 * inverse;
    out[PAIR_SLOPE.q12q12] = inverse;
    out[PAIR_SLOPE.q12q22] = (-0.5 * q[1] * inverse) / q[2];
    out[PAIR_SLOPE.q22q22] = (0.25 * inverse * (q[0] - (2 * root * root) / q[2])) / q[2];
  },

  /** H = [√det + q12 asin r]/(2π): neither term is negative. */
  beyondLinear(q11, q12, q22) {
    const root = Math.sqrt(determinant(q11, q12, q22));
    return (root + q12 * Math.atan2(q12, root)) / TWO_PI;
  },

  pairBeyondLinear(q, out) {
    const root = Math.sqrt(determinant(q[0], q[1], q[2]));
    const angle = Math.atan2(q[1], root); // asin r
    out[PAIR.I2] = (root + q[1] * angle) / TWO_PI;
    out[PAIR.dq11] = q[0] > 0 ? root / (2 * TWO_PI * q[0]) : 0;
    out[PAIR.dq12] = angle / TWO_PI;
    out[PAIR.dq22] = q[2] > 0 ? root / (2 * TWO_PI * q[2]) : 0;
  },

  alone(_q, out) {
    out[ALONE.ddG1] = 0;
    out[ALONE.dI2] = 0.5;
    out[ALONE.ddI2] = 0;
  },

  respond(fields, outputs, slopes) {
    for (let k = 0; k < fields.length; k++) {
      const x = fields[k];
      outputs[k] = x > 0 ? x : 0;
      slopes[k] = x > 0 ? 1 : 0;
    }
  },

  shifted: { mean, slope, correlation },
};

/** E g = bΦ(h) + sφ(h), h = b/s, s = √q */
function mean(q: number, b: number): number {
  if (q === 0) return Math.max(b, 0);
  const s = Math.sqrt(q);
  return b * normalCdf(b / s) + s * normalDensity(b / s);
}

/** E g' = Φ(h), and ½ at q = b = 0 */
function slope(q: number, b: number): number {
  return q === 0 ? 0.5 * (1 + Math.sign(b)) : normalCdf(b / Math.sqrt(q));
}

/**
 * E[g1 g2] = (b1b2 + q12)Φ2(h, k; r) + b2 s1 φ(h)Φ(m_k) + b1 s2 φ(k)Φ(m_h) + s1 s2 ϖ φ(k)φ(m_h),
 * m_k = (k − rh)/ϖ, m_h = (h − rk)/ϖ, ϖ = √(1−r²); the limits ϖ → 0 and s → 0 are taken. Near r = ±1
 * a double r doesn't resolve 1 − |r|, so ϖ comes from the determinant, and k − rh from
 * 1 − |r| = ϖ²/(1 + |r|).
 */
function correlation(q11: number, q12: number, q22: number, b1: number, b2: number): number {
  const root = Math.sqrt(determinant(q11, q12, q22));
  if (q11 === 0 || q22 === 0) return mean(q11, b1) * mean(q22, b2);
  const s1 = Math.sqrt(q11);
  const s2 = Math.sqrt(q22);
  const h = b1 / s1;
  const k = b2 / s2;
  const w = root / s1 / s2;
  const side = Math.sign(q12);
  const r = w > 0 ? Math.min(1, Math.max(-1, q12 / s1 / s2)) : side;
  const rest = Math.abs(r) < 0.5 ? side - r : (side * w * w) / (1 + Math.abs(r));
  const given = (gap: number) => (w > 0 ? gap / w : gap === 0 ? 0 : gap / 0);
  const mk = given(k - side * h + rest * h);
  const mh = given(h - side * k + rest * k);
  return (
    (b1 * b2 + q12) * bivariateNormalCdf(h, k, r, w * w) +
    b2 * s1 * normalDensity(h) * normalCdf(mk) +
    b1 * s2 * normalDensity(k) * normalCdf(mh) +
    s1 * s2 * w * normalDensity(k) * normalDensity(mh)
  );
}

/** sin θ − θ cos θ = θ³/3 − θ⁵/30 + …, to 1e-16 relative for θ < ½. */
function sineExcess(theta: number): number {
  const x = theta * theta;
  const tail = 1 / 45360 - x * (1 / 3991680 - x * (1 / 518918400 - x / 93405312000));
  return theta * x * (1 / 3 - x * (1 / 30 - x * (1 / 840 - x * tail)));
}
