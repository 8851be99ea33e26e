/*!
 * erf and erfc after fdlibm's s_erf.c: Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this
 * notice is preserved.
 */

/*
 * Rational approximations on [0, 0.84375), [0.84375, 1.25), [1.25, 1/0.35) and above. Relative errors are
 * below 1e-15 where the result isn't denormal.
 */

// |x| < 0.84375: erf x = x + x p(x²)/q(x²)
const ORIGIN_P = Float64Array.of(
  1.28379167095512558561e-1,
  -3.2504210724700149937e-1,
  -2.84817495755985104766e-2,
  -5.77027029648944159157e-3,
  -2.37630166566501626084e-5,
);
const ORIGIN_Q = Float64Array.of(
  1,
  3.97917223959155352819e-1,
  6.50222499887672944485e-2,
  5.08130628187576562776e-3,
  1.32494738004321644526e-4,
  -3.9602282787753681232e-6,
);
// |x| < 1.25: erf x = CENTRE + p(|x| − 1)/q(|x| − 1)
const CENTRE = 8.45062911510467529297e-1;
const CENTRE_P = Float64Array.of(
  -2.36211856075265944077e-3,
  4.14856118683748331666e-1,
  -3.72207876035701323847e-1,
  3.18346619901161753674e-1,
  -1.10894694282396677476e-1,
  3.54783043256182359371e-2,
  -2.166375594868790843e-3,
);
const CENTRE_Q = Float64Array.of(
  1,
  1.06420880400844228286e-1,
  5.40397917702171048937e-1,
  7.18286544141962662868e-2,
  1.26171219808761642112e-1,
  1.36370839120290507362e-2,
  1.1984499846799107417e-2,
);
// |x| < 1/0.35, and above: erfc x = exp(−x² − 0.5625 + p(1/x²)/q(1/x²))/x
const MIDDLE_P = Float64Array.of(
  -9.86494403484714822705e-3,
  -6.93858572707181764372e-1,
  -1.05586262253232909814e1,
  -6.23753324503260060396e1,
  -1.62396669462573470355e2,
  -1.84605092906711035994e2,
  -8.12874355063065934246e1,
  -9.81432934416914548592,
);
const MIDDLE_Q = Float64Array.of(
  1,
  1.96512716674392571292e1,
  1.376577541435190426e2,
  4.34565877475229228821e2,
  6.45387271733267880336e2,
  4.29008140027567833386e2,
  1.08635005541779435134e2,
  6.57024977031928170135,
  -6.04244152148580987438e-2,
);
const OUTER_P = Float64Array.of(
  -9.86494292470009928597e-3,
  -7.99283237680523006574e-1,
  -1.77579549177547519889e1,
  -1.60636384855821916062e2,
  -6.37566443368389627722e2,
  -1.02509513161107724954e3,
  -4.83519191608651397019e2,
);
const OUTER_Q = Float64Array.of(
  1,
  3.03380607434824582924e1,
  3.25792512996573918826e2,
  1.53672958608443695994e3,
  3.19985821950859553908e3,
  2.55305040643316442583e3,
  4.74528541206955367215e2,
  -2.24409524465858183362e1,
);

const argument = new Float64Array(1);
const result = new Float64Array(1);

/** (2/√π) ∫_0^x exp(−y²) dy */
export function erf(x: number): number {
  argument[0] = x;
  fillErf(argument, result);
  return result[0];
}

/** out[i] ← erf(x[i]), without an allocation */
export function fillErf(x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    const y = x[i];
    const size = y < 0 ? -y : y;
    if (!(size < 6)) {
      out[i] = Number.isNaN(y) ? y : Math.sign(y);
      continue;
    }
    const s = size < 0.84375 ? y * y : size < 1.25 ? size - 1 : 1 / (y * y);
    const [p, q] = coefficients(size);
    let above = 0;
    for (let j = p.length - 1; j >= 0; j--) above = above * s + p[j];
    let below = 0;
    for (let j = q.length - 1; j >= 0; j--) below = below * s + q[j];
    const r = above / below;
    if (size < 0.84375) out[i] = y + y * r;
    else {
      // 1 − erfc needs no more than the exponential's own accuracy
      const value = size < 1.25 ? CENTRE + r : 1 - Math.exp(-y * y - 0.5625 + r) / size;
      out[i] = y < 0 ? -value : value;
    }
  }
}

/** 1 − erf x, without cancellation for large x */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size < 0.84375) {
    const r = ratio(ORIGIN, x * x);
    return x < 0.25 ? 1 - (x + x * r) : 0.5 - (x - 0.5 + x * r);
  }
  if (size < 1.25) return 1 - Math.sign(x) * (CENTRE + ratio(NEAR, size - 1));
  if (size < 28) return x > 0 ? tail(size) : 2 - tail(size);
  return Number.isNaN(x) ? x : x > 0 ? 0 : 2;
}

/** erfc x for 1.25 ≤ x < 28 */
function tail(x: number): number {
  const r = ratio(coefficients(x), 1 / (x * x));
  // x² = z² + (x − z)(x + z) with z of few bits, whose square is exact
  const z = Math.fround(x);
  return (Math.exp(-z * z - 0.5625) * Math.exp((z - x) * (z + x) + r)) / x;
}

const ORIGIN = [ORIGIN_P, ORIGIN_Q] as const;
const NEAR = [CENTRE_P, CENTRE_Q] as const;
const MIDDLE = [MIDDLE_P, MIDDLE_Q] as const;
const OUTER = [OUTER_P, OUTER_Q] as const;

function coefficients(size: number) {
  if (size < 0.84375) return ORIGIN;
  if (size < 1.25) return NEAR;
  return size < 1 / 0.35 ? MIDDLE : OUTER;
}

function ratio([p, q]: ReturnType<typeof coefficients>, x: number): number {
  let above = 0;
  for (let i = p.length - 1; i >= 0; i--) above = above * x + p[i];
  let below = 0;
  for (let i = q.length - 1; i >= 0; i--) below = below * x + q[i];
  return above / below;
}
