import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Activation, ONE, PAIR } from "../../src/model/activations/activation.js";
import { findActivation } from "../../src/model/activations/find.js";

const variance = fc.double({ min: -4, max: 4, noNaN: true }).map((x) => 10 ** x);
const correlation = fc.double({ min: -0.999, max: 0.999, noNaN: true });

function pair(g: Activation, q11: number, q12: number, q22: number): Float64Array {
  const out = new Float64Array(PAIR.size);
  g.pair(Float64Array.of(q11, q12, q22), out);
  return out;
}

function one(g: Activation, q: number): Float64Array {
  const out = new Float64Array(ONE.size);
  g.one(Float64Array.of(q), out);
  return out;
}

function close(value: number, exact: number, relative: number, scale = Math.abs(exact)): void {
  expect(Math.abs(value - exact)).toBeLessThanOrEqual(relative * scale + Number.MIN_VALUE);
}

/** E[f(z)], z ~ N(0, 1), by the trapezoidal rule: exponentially accurate for analytic f. */
function gaussianMean(f: (z: number) => number): number {
  let sum = 0;
  const h = 1 / 64;
  for (let z = -9; z <= 9; z += h) sum += f(z) * Math.exp(-0.5 * z * z);
  return (sum * h) / Math.sqrt(2 * Math.PI);
}

/** erf by its Maclaurin series and the continued fraction of erfc, for this test only. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; n < 120; n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let tail = 0;
  for (let n = 60; n > 0; n--) tail = n / 2 / (Math.abs(x) + tail);
  const erfc = Math.exp(-x * x) / Math.sqrt(Math.PI) / (Math.abs(x) + tail);
  return Math.sign(x) * (1 - erfc);
}

describe.each(["sigmoid", "relu", "linear"])("%s", (name) => {
  const g = findActivation(name) as Activation;

  it("is symmetric in its two neurons", () => {
    fc.assert(
      fc.property(variance, variance, correlation, (a, b, r) => {
        const c = r * Math.sqrt(a * b);
        const one = pair(g, a, c, b);
        const other = pair(g, b, c, a);
        expect([other[0], other[3], other[2], other[1]]).toEqual([...one]);
      }),
    );
  });

  it("changes sign with one neuron where it is odd", () => {
    fc.assert(
      fc.property(variance, variance, correlation, (a, b, r) => {
        const c = r * Math.sqrt(a * b);
        const minus = pair(g, a, -c, b);
        const plus = pair(g, a, c, b);
        if (g.odd) expect(minus[PAIR.I2]).toBe(-plus[PAIR.I2]);
        // ReLU: g(x) − g(−x) = x, so I2(c) − I2(−c) = E[λ1 g(λ2)] = c/2
        else close(plus[PAIR.I2] - minus[PAIR.I2], c / 2, 1e-14, Math.sqrt(a * b));
      }),
    );
  });

  it("has the product of mean slopes as slope at zero correlation (Price's theorem)", () => {
    fc.assert(
      fc.property(variance, variance, (a, b) => {
        close(pair(g, a, 0, b)[PAIR.dq12], one(g, a)[ONE.G1] * one(g, b)[ONE.G1], 1e-15);
      }),
    );
  });

  it("has partials that are the integral's differences", () => {
    fc.assert(
      fc.property(variance, variance, correlation, (a, b, r) => {
        const c = r * Math.sqrt(a * b);
        const at = (x: number, y: number, z: number) => pair(g, x, y, z)[PAIR.I2];
        const out = pair(g, a, c, b);
        // five-point differences in relative steps; what they lose is rounding over the step
        const step = 1e-3 * (1 - r * r);
        const difference = (f: (e: number) => number) =>
          (8 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12 * step);
        const size = Math.abs(out[PAIR.I2]) + Math.sqrt(a * b) * out[PAIR.dq12];
        close(
          difference((e) => at(a * (1 + e), c, b)),
          a * out[PAIR.dq11],
          1e-8,
          size,
        );
        close(
          difference((e) => at(a, c, b * (1 + e))),
          b * out[PAIR.dq22],
          1e-8,
          size,
        );
        const s = Math.sqrt(a * b);
        close(
          difference((e) => at(a, c + e * s, b)),
          s * out[PAIR.dq12],
          1e-8,
          size,
        );
        const dG1 = difference((e) => one(g, a * (1 + e))[ONE.G1]);
        close(dG1, a * one(g, a)[ONE.dG1], 1e-10, one(g, a)[ONE.G1]);
      }),
    );
  });

  it("runs into its value on the diagonal", () => {
    fc.assert(
      fc.property(variance, fc.double({ min: 1, max: 14, noNaN: true }), (a, digits) => {
        const distance = 10 ** -digits;
        const near = pair(g, a, a * (1 - distance), a);
        const limit = one(g, a);
        // I2 leaves its limit linearly at first; ReLU's partials with the angle √(2·distance)
        close(near[PAIR.I2], limit[ONE.I2], 2 * distance * (1 + a), limit[ONE.I2]);
        const loose = 2 * Math.sqrt(distance) * (1 + a);
        close(near[PAIR.dq12], limit[ONE.dq12], loose, limit[ONE.dq12]);
        close(a * near[PAIR.dq11], a * limit[ONE.dq11], loose, limit[ONE.I2]);
      }),
    );
  });

  it("is on the diagonal exactly what it is for two equal neurons", () => {
    fc.assert(
      fc.property(variance, (a) => {
        const { 2: I2, 3: dq11, 4: dq12 } = one(g, a);
        pair(g, a, a, a).forEach((value, i) => {
          close(value, [I2, dq11, dq12, dq11][i], 1e-15);
        });
      }),
    );
  });

  it("vanishes continuously with a variance", () => {
    fc.assert(
      fc.property(variance, correlation, fc.integer({ min: 6, max: 150 }), (b, r, digits) => {
        const a = 10 ** -digits;
        const out = pair(g, a, r * Math.sqrt(a) * Math.sqrt(b), b);
        expect(Math.abs(out[PAIR.I2])).toBeLessThanOrEqual(Math.sqrt(a * b));
        expect([...out].every(Number.isFinite)).toBe(true);
        expect(pair(g, 0, 0, b)[PAIR.I2]).toBe(0);
      }),
    );
  });
});

describe("E[λ1 g'(λ1) g(λ2)] = 2 q11 ∂I2/∂q11 + q12 ∂I2/∂q12 (scaling one field)", () => {
  it("is I2 itself for ReLU, which is homogeneous", () => {
    const g = findActivation("relu") as Activation;
    fc.assert(
      fc.property(variance, variance, correlation, (a, b, r) => {
        const c = r * Math.sqrt(a * b);
        const out = pair(g, a, c, b);
        close(2 * a * out[PAIR.dq11] + c * out[PAIR.dq12], out[PAIR.I2], 1e-13, Math.sqrt(a * b));
      }),
    );
  });

  it("is the average over the field for the sigmoid", () => {
    const g = findActivation("sigmoid") as Activation;
    const small = fc.double({ min: -2, max: 1, noNaN: true }).map((x) => 10 ** x);
    fc.assert(
      fc.property(small, small, correlation, (a, b, r) => {
        const c = r * Math.sqrt(a * b);
        const rest = b * (1 - r * r);
        const average = gaussianMean((z) => {
          const x = Math.sqrt(a) * z;
          const slope = Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * x * x);
          return x * slope * erf(((c / a) * x) / Math.sqrt(2 * (1 + rest)));
        });
        const out = pair(g, a, c, b);
        close(2 * a * out[PAIR.dq11] + c * out[PAIR.dq12], average, 1e-12, 1);
      }),
      { numRuns: 50 },
    );
  });
});
