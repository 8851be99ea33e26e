import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ONE, PAIR } from "../../src/model/activations/activation.js";
import { CovarianceError } from "../../src/model/activations/determinant.js";
import { findActivation } from "../../src/model/activations/find.js";
import { erf, erfc, fillErf } from "../../src/model/erf.js";
import { bivariateNormalCdf, normalCdf, normalDensity } from "../../src/model/normal.js";

const fixtures = JSON.parse(
  readFileSync(new URL("../fixtures/normal.json", import.meta.url), "utf8"),
) as {
  erf: [x: number, erf: number, erfc: number][];
  bivariate: [h: number, k: number, r: number, value: number][];
  one: [activation: string, q: number, b: number, mean: number, slope: number][];
  pair: [
    activation: string,
    q11: number,
    q22: number,
    r: number,
    b1: number,
    b2: number,
    value: number,
  ][];
};

function shiftedOf(name: string) {
  const activation = findActivation(name);
  if (!activation) throw new Error(name);
  return activation.shifted;
}

describe("erf and erfc", () => {
  it("are within a few roundings of mpmath, at and around the edges of all branches", () => {
    for (const [x, exact, complement] of fixtures.erf) {
      expect(Math.abs(erf(x) - exact)).toBeLessThanOrEqual(4e-16 * Math.abs(exact));
      // two exponentials and a quotient of polynomials; nothing is asked of denormal results
      if (complement > 1e-300) {
        expect(Math.abs(erfc(x) - complement)).toBeLessThanOrEqual(1e-15 * complement);
      }
    }
  });

  it("take infinities and NaN as they are", () => {
    expect([erf(Infinity), erf(-Infinity), erfc(Infinity), erfc(-Infinity)]).toEqual([1, -1, 0, 2]);
    expect([erf(Number.NaN), erfc(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
    const out = new Float64Array(3);
    fillErf(Float64Array.of(0.3, Number.NaN, -7), out);
    expect([...out]).toEqual([erf(0.3), Number.NaN, -1]);
  });
});

describe("the bivariate normal law", () => {
  it("keeps NaN", () => {
    for (const [h, k, r] of [
      [0, 0, Number.NaN],
      [Number.NaN, -Infinity, 0.3],
      [1, Number.NaN, 0.95],
    ]) {
      expect(bivariateNormalCdf(h, k, r)).toBeNaN();
    }
  });

  it("is within 1e-14 of quadrature with mpmath", () => {
    for (const [h, k, r, exact] of fixtures.bivariate) {
      expect(Math.abs(bivariateNormalCdf(h, k, r) - exact), `${h}, ${k}, ${r}`).toBeLessThan(1e-14);
    }
  });

  it("obeys its symmetries and limits", () => {
    for (const [h, k, r] of fixtures.bivariate) {
      const value = bivariateNormalCdf(h, k, r);
      expect(Math.abs(bivariateNormalCdf(k, h, r) - value)).toBeLessThan(1e-15);
      const other = bivariateNormalCdf(h, -k, -r);
      expect(Math.abs(value + other - normalCdf(h))).toBeLessThan(2e-15);
    }
    for (const h of [-2, 0, 0.7]) {
      expect(bivariateNormalCdf(h, Infinity, 0.3)).toBe(normalCdf(h));
      expect(bivariateNormalCdf(-Infinity, h, 0.3)).toBe(0);
      expect(bivariateNormalCdf(h, 1.5, 1)).toBeCloseTo(normalCdf(h), 15);
      expect(bivariateNormalCdf(h, 1.5, -1)).toBeCloseTo(
        Math.max(0, normalCdf(h) - normalCdf(-1.5)),
        15,
      );
    }
  });
});

describe("averages over fields that aren't centred", () => {
  it("mean and slope are those of quadrature with mpmath", () => {
    for (const [name, q, b, mean, slope] of fixtures.one) {
      const scale = 1 + Math.abs(b) + Math.sqrt(q);
      expect(Math.abs(shiftedOf(name).mean(q, b) - mean)).toBeLessThan(1e-14 * scale);
      expect(Math.abs(shiftedOf(name).slope(q, b) - slope)).toBeLessThan(1e-14);
    }
  });

  it("correlations are those of quadrature with mpmath, r = ±1 and q = 0 included", () => {
    for (const [name, q11, q22, r, b1, b2, exact] of fixtures.pair) {
      const q12 = r * Math.sqrt(q11 * q22);
      const scale = (1 + Math.abs(b1) + Math.sqrt(q11)) * (1 + Math.abs(b2) + Math.sqrt(q22));
      const value = shiftedOf(name).correlation(q11, q12, q22, b1, b2);
      // Φ2 is good to 1e-14 and multiplied by b1 b2 + q12; dI2/dq12 is at most of order one
      expect(Math.abs(value - exact), `${name}, ${q11}, ${r}, ${q22}, ${b1}, ${b2}`).toBeLessThan(
        1e-13 * scale,
      );
    }
  });

  it("of a ReLU neuron with itself they are the limit of theory §4, wherever rounding falls", () => {
    const { correlation } = shiftedOf("relu");
    for (let i = 1; i <= 2000; i++) {
      const q = 4 * ((i * Math.SQRT2) % 1);
      const b = 6 * ((i * Math.E) % 1) - 3;
      const h = b / Math.sqrt(q);
      const exact = (b * b + q) * normalCdf(h) + b * Math.sqrt(q) * normalDensity(h);
      expect(Math.abs(correlation(q, q, q, b, b) - exact)).toBeLessThan(1e-14 * (b * b + q));
    }
  });

  it("don't take what is no covariance", () => {
    for (const name of ["sigmoid", "relu"]) {
      expect(() => shiftedOf(name).correlation(1, 5, 1, 0.1, 0.2)).toThrow(CovarianceError);
      expect(() => shiftedOf(name).correlation(0, 0.5, 1, 0.1, 0.2)).toThrow(CovarianceError);
    }
  });

  it.each(["sigmoid", "relu", "linear"])(
    "without bias they are the centred integrals of %s",
    (name) => {
      const activation = findActivation(name);
      const one = new Float64Array(ONE.size);
      const pair = new Float64Array(PAIR.size);
      for (const q of [0.3, 1, 20]) {
        activation?.one(Float64Array.of(q), one);
        expect(shiftedOf(name).slope(q, 0)).toBeCloseTo(one[ONE.G1], 14);
        expect(shiftedOf(name).correlation(q, q, q, 0, 0) / one[ONE.I2]).toBeCloseTo(1, 13);
        for (const r of [-0.9, -0.2, 0.4, 0.97]) {
          const q12 = r * Math.sqrt(2 * q);
          activation?.pair(Float64Array.of(q, q12, 2), pair);
          const value = shiftedOf(name).correlation(q, q12, 2, 0, 0);
          expect(Math.abs(value - pair[PAIR.I2])).toBeLessThan(1e-13 * (1 + q));
        }
      }
    },
  );
});
