import { erfc } from "./erf.js";

/*!
 * The bivariate law follows the method and constants of Alan Genz's bvnu: Copyright (C) 2013, Alan Genz.
 * All rights reserved. Redistribution and use in source and binary forms, with or without
 * modification, are permitted with this notice and without endorsement by its author; provided "as is".
 */

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** φ(x), the density of a standard normal. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / ROOT_TWO_PI;
}

/** Φ(x) = P(X ≤ x); ±∞ allowed. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * Math.SQRT1_2);
}

// Gauss–Legendre nodes and weights on [−1, 0]: 6, 12 and 20 points in all
const FEW = [
  [-0.932469514203152, 0.17132449237917],
  [-0.661209386466265, 0.360761573048139],
  [-0.238619186083197, 0.467913934572691],
];
const MORE = [
  [-0.981560634246719, 0.047175336386512],
  [-0.904117256370475, 0.106939325995318],
  [-0.769902674194305, 0.160078328543346],
  [-0.587317954286617, 0.203167426723066],
  [-0.36783149899818, 0.233492536538355],
  [-0.125233408511469, 0.249147045813403],
];
const MOST = [
  [-0.993128599185095, 0.017614007139152],
  [-0.963971927277914, 0.040601429800387],
  [-0.912234428251326, 0.06267204833411],
  [-0.839116971822219, 0.083276741576705],
  [-0.746331906460151, 0.101930119817241],
  [-0.636053680726515, 0.118194531961518],
  [-0.510867001950827, 0.131688638449177],
  [-0.37370608871542, 0.142096109318382],
  [-0.227785851141645, 0.149172986472604],
  [-0.076526521133497, 0.152753387130726],
];

/**
 * Φ2(h, k; r) = P(X ≤ h, Y ≤ k) of two standard normals with correlation r, after Genz, Stat. Comput.
 * 14 (2004) 151: Gauss–Legendre in the angle of r, and for |r| ≥ 0.925 around r = ±1. Absolute error
 * below 1e-14; ±∞ allowed, NaN stays NaN.
 * @param square 1 − r², where it is known better than from r
 */
export function bivariateNormalCdf(
  h: number,
  k: number,
  r: number,
  square = (1 - r) * (1 + r),
): number {
  if (Number.isNaN(h) || Number.isNaN(k) || Number.isNaN(r)) return Number.NaN;
  if (h === Number.NEGATIVE_INFINITY || k === Number.NEGATIVE_INFINITY) return 0;
  if (h === Number.POSITIVE_INFINITY) return normalCdf(k);
  if (k === Number.POSITIVE_INFINITY) return normalCdf(h);
  const upper = Math.abs(r) < 0.925 ? byAngle(-h, -k, r) : nearOne(-h, -k, r, square);
  return Math.min(1, Math.max(0, upper));
}

/** P(X > h, Y > k): the integral of the density over the correlation, from 0 to r. */
function byAngle(h: number, k: number, r: number): number {
  const nodes = Math.abs(r) < 0.3 ? FEW : Math.abs(r) < 0.75 ? MORE : MOST;
  const product = h * k;
  const half = (h * h + k * k) / 2;
  const angle = Math.asin(r) / 2;
  let sum = 0;
  for (const [node, weight] of nodes) {
    for (const sine of [Math.sin(angle * (1 + node)), Math.sin(angle * (1 - node))]) {
      sum += weight * Math.exp((sine * product - half) / (1 - sine * sine));
    }
  }
  return (sum * angle) / (2 * Math.PI) + normalCdf(-h) * normalCdf(-k);
}

/** The same from r = ±1 inwards, where the density is concentrated on a line. */
function nearOne(h: number, kGiven: number, r: number, square: number): number {
  const k = r < 0 ? -kGiven : kGiven;
  const inner = square > 0 ? stripBetween(h, k, square) : 0;
  if (r > 0) return inner + normalCdf(-Math.max(h, k));
  if (h >= k) return -inner;
  const between = h < 0 ? normalCdf(k) - normalCdf(h) : normalCdf(-h) - normalCdf(-k);
  return between - inner;
}

function stripBetween(h: number, k: number, square: number): number {
  const product = h * k;
  const width = Math.sqrt(square);
  const gap = (h - k) ** 2;
  const c = (4 - product) / 8;
  const d = (12 - product) / 80;
  let strip = 0;
  const exponent = -(gap / square + product) / 2;
  if (exponent > -100) {
    const series = 1 - (c * (gap - square) * (1 - d * gap)) / 3 + c * d * square * square;
    strip = width * Math.exp(exponent) * series;
  }
  if (product > -100) {
    const distance = Math.sqrt(gap);
    const tail = ROOT_TWO_PI * normalCdf(-distance / width) * distance;
    strip -= Math.exp(-product / 2) * tail * (1 - (c * gap * (1 - d * gap)) / 3);
  }
  for (const [node, weight] of MOST) {
    for (const place of [1 + node, 1 - node]) {
      const x = ((width / 2) * place) ** 2;
      const local = -(gap / x + product) / 2;
      if (local <= -100) continue;
      const root = Math.sqrt(1 - x);
      const series = 1 + c * x * (1 + 5 * d * x);
      const exact = Math.exp(-((product / 2) * x) / (1 + root) ** 2) / root;
      strip += (width / 2) * weight * Math.exp(local) * (exact - series);
    }
  }
  return -strip / (2 * Math.PI);
}
