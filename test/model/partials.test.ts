import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Activation, PAIR, PAIR_SLOPE } from "../../src/model/activations/activation.js";
import { findActivation } from "../../src/model/activations/find.js";

interface PartialsCase {
  activation: string;
  q: [number, number, number];
  /** second partials of I2, at the places of PAIR_SLOPE */
  second: number[];
  /** H = I2 − G1 G1 q12 and its partials, at the places of PAIR */
  beyond: number[];
}
const cases = JSON.parse(
  readFileSync(new URL("../fixtures/partials.json", import.meta.url), "utf8"),
) as PartialsCase[];

const activation = (name: string) => findActivation(name) as Activation;

function slopes(name: string, q: readonly number[]): Float64Array {
  const out = new Float64Array(PAIR_SLOPE.size).fill(Number.NaN);
  activation(name).pairSlope(Float64Array.from(q), out);
  return out;
}

function beyondLinear(name: string, q: readonly number[]): Float64Array {
  const out = new Float64Array(PAIR.size).fill(Number.NaN);
  activation(name).pairBeyondLinear(Float64Array.from(q), out);
  return out;
}

function relativeError(value: number, exact: number): number {
  return value === exact ? 0 : Math.abs(value - exact) / Math.abs(exact);
}

describe.each(["sigmoid", "relu"])("partials of %s", (name) => {
  const own = cases.filter((one) => one.activation === name);

  it("of second order agree with mpmath, correlations ±(1 − 1e-6) included", () => {
    expect(own.length).toBe(273);
    for (const { q, second } of own) {
      const [a, c, b] = q;
      slopes(name, q).forEach((value, place) => {
        // by ReLU's q11 twice: two terms that cancel at r² = ½
        const isDifference = name === "relu" && [0, 5].includes(place);
        const correlation = (c * c) / (a * b);
        const condition = isDifference ? 1 + 1 / Math.abs(2 * correlation - 1) : 1;
        const error = relativeError(value, second[place]);
        expect(error, `${q} [${place}]`).toBeLessThan(2e-15 * condition);
      });
    }
  });

  it("of what is beyond g's linear part agree with mpmath, however small", () => {
    for (const { q, beyond } of own) {
      beyondLinear(name, q).forEach((value, place) => {
        // sums of some terms; sigmoid's arcsine less its argument has terms of ten times the difference
        const error = relativeError(value, beyond[place]);
        expect(error, `${q} [${place}]`).toBeLessThan(1e-14);
      });
    }
  });

  it("swap with the neurons", () => {
    for (const { q } of own) {
      const swapped = [q[2], q[1], q[0]];
      const [one, other] = [slopes(name, q), slopes(name, swapped)];
      const [first, second] = [beyondLinear(name, q), beyondLinear(name, swapped)];
      [5, 4, 2, 3, 1, 0].forEach((from, to) => {
        expect(relativeError(other[to], one[from])).toBeLessThan(1e-13);
      });
      [0, 3, 2, 1].forEach((from, to) => {
        expect(relativeError(second[to], first[from])).toBeLessThan(1e-14);
      });
    }
  });

  it("are finite at r = ±1 and without variance", () => {
    for (const q of [
      [1, 1, 1],
      [1, -1, 1],
      [4, 2, 1],
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
    ]) {
      const values = [...slopes(name, q), ...beyondLinear(name, q)];
      expect(values.every(Number.isFinite), `${q}: ${values}`).toBe(true);
    }
  });

  it("stay NaN for NaN", () => {
    expect(beyondLinear(name, [1, Number.NaN, 1])[PAIR.I2]).toBeNaN();
  });
});

it("partials of a linear neuron are zero", () => {
  expect([...slopes("linear", [1, 0.5, 2])]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([...beyondLinear("linear", [1, 0.5, 2])]).toEqual([0, 0, 0, 0]);
});
