import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Activation, ALONE, ONE, PAIR } from "../../src/model/activations/activation.js";
import { CovarianceError } from "../../src/model/activations/determinant.js";
import { findActivation } from "../../src/model/activations/find.js";

interface ClosedCase {
  activation: string;
  q: [number, number, number];
  edge: boolean;
  /** I2, ∂q11, ∂q12, ∂q22; null where the limit is infinite */
  values: (number | null)[];
}
interface QuadratureCase {
  activation: string;
  q: [number, number, number];
  I2: number;
  G1: number;
}
const fixtures = JSON.parse(
  readFileSync(new URL("../fixtures/integrals.json", import.meta.url), "utf8"),
) as { closed: ClosedCase[]; quadrature: QuadratureCase[] };

const beyond = JSON.parse(
  readFileSync(new URL("../fixtures/excess.json", import.meta.url), "utf8"),
) as {
  beyondLinear: { activation: string; q: [number, number, number]; H: number }[];
  alone: { activation: string; q: number; values: number[] }[];
};

function pair(name: string, q: readonly number[]): Float64Array {
  const out = new Float64Array(PAIR.size);
  findActivation(name)?.pair(Float64Array.from(q), out);
  return out;
}

function relativeError(value: number, exact: number): number {
  return value === exact ? 0 : Math.abs(value - exact) / Math.abs(exact);
}

function worst(cases: ClosedCase[]): { error: number; where: string } {
  let result = { error: 0, where: "" };
  for (const { activation, q, values } of cases) {
    const out = pair(activation, q);
    values.forEach((exact, i) => {
      const error = exact === null ? 0 : relativeError(out[i], exact);
      if (!(error <= result.error)) result = { error, where: `${activation} ${q} [${i}]` };
    });
  }
  return result;
}

describe.each(["sigmoid", "relu", "linear"])("the integrals of %s", (name) => {
  const closed = fixtures.closed.filter((c) => c.activation === name);

  it("agree with mpmath to 1e-12 inside their domain, correlations 1 − 1e-14 included", () => {
    const { error, where } = worst(closed.filter((c) => !c.edge));
    expect(error, where).toBeLessThan(1e-12);
  });

  it("agree with mpmath to 1e-9 at r = ±1 and zero variance", () => {
    const edge = closed.filter((c) => c.edge);
    expect(edge.length).toBeGreaterThan(50);
    const { error, where } = worst(edge);
    expect(error, where).toBeLessThan(1e-9);
  });

  it("are finite everywhere, also where a partial grows without bound", () => {
    const out = closed.flatMap((c) => [...pair(name, c.q)]);
    expect(out.every(Number.isFinite)).toBe(true);
  });

  it("agree with their definitions by quadrature", () => {
    for (const { q, I2, G1 } of fixtures.quadrature.filter((c) => c.activation === name)) {
      expect(relativeError(pair(name, q)[PAIR.I2], I2)).toBeLessThan(1e-14);
      const one = new Float64Array(ONE.size);
      findActivation(name)?.one(Float64Array.of(q[0]), one);
      expect(relativeError(one[ONE.G1], G1)).toBeLessThan(1e-14);
    }
  });

  it("have what is beyond g's linear part to 1e-12, however small", () => {
    const g = findActivation(name) as Activation;
    const cases = beyond.beyondLinear.filter((c) => c.activation === name);
    expect(cases.length).toBe(405);
    for (const { q, H } of cases) {
      const error = relativeError(g.beyondLinear(...q), H);
      expect(error, `${name} ${q}`).toBeLessThan(1e-12);
    }
  });

  it("have derivatives along q11 = q12 = q22 as mpmath", () => {
    for (const { q, values } of beyond.alone.filter((c) => c.activation === name)) {
      const out = new Float64Array(ALONE.size);
      findActivation(name)?.alone(Float64Array.of(q), out);
      values.forEach((exact, i) => {
        expect(relativeError(out[i], exact), `${q} [${i}]`).toBeLessThan(1e-14);
      });
    }
  });

  it("have derivatives along q11 = q12 = q22 as differences of the others", () => {
    const h = 1e-5;
    const one = (q: number) => {
      const out = new Float64Array(ONE.size);
      findActivation(name)?.one(Float64Array.of(q), out);
      return out;
    };
    for (const q of [0.01, 0.5, 3, 40]) {
      const out = new Float64Array(ALONE.size);
      findActivation(name)?.alone(Float64Array.of(q), out);
      const slope = (place: number) => (one(q + h)[place] - one(q - h)[place]) / (2 * h);
      const { dq11, dq12 } = ONE;
      expect(out[ALONE.dI2]).toBeCloseTo(2 * one(q)[dq11] + one(q)[dq12], 14);
      expect(out[ALONE.dI2]).toBeCloseTo(slope(ONE.I2), 8);
      expect(out[ALONE.ddG1]).toBeCloseTo(slope(ONE.dG1), 8);
      expect(out[ALONE.ddI2]).toBeCloseTo(2 * slope(dq11) + slope(dq12), 8);
    }
  });

  it("stay NaN for NaN", () => {
    expect(pair(name, [1, Number.NaN, 1])[PAIR.I2]).toBeNaN();
  });
});

it("refuses a covariance that is not positive semi-definite beyond rounding", () => {
  for (const name of ["sigmoid", "relu"]) {
    expect(() => pair(name, [1, 1.001, 1])).toThrow(CovarianceError);
    expect(() => pair(name, [-1e-3, 0, 1])).toThrow("[[-0.001, 0], [0, 1]] is not a covariance");
    expect(() => pair(name, [1, 1 + 1e-14, 1])).not.toThrow();
  }
});
