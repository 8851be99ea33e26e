import { describe, expect, it } from "vitest";
import { Differences } from "../../src/integrate/differences.js";

/** A polynomial of degree 4, and its differences after some exact steps of h at order 4. */
const polynomial = (t: number) => 1 + t - 2 * t ** 2 + 0.5 * t ** 3 - 0.1 * t ** 4;
const scratch = () => new Float64Array(1);

function follow(h: number, steps: number): Differences {
  const past = new Differences(Float64Array.of(polynomial(0)), 6);
  past.begin(h, Float64Array.of(0));
  for (let k = 1; k <= 4; k++) past.of(k)[0] = difference(k, h);
  past.order = 4;
  const predicted = scratch();
  for (let i = 0; i < steps; i++) {
    past.predict(predicted, scratch());
    past.advance(Float64Array.of(polynomial(past.t + h) - predicted[0]));
  }
  return past;
}

/** ∇ᵏ at t = 0 */
function difference(k: number, h: number): number {
  let sum = 0;
  let binomial = 1;
  for (let j = 0; j <= k; j++) {
    sum += (j % 2 === 0 ? 1 : -1) * binomial * polynomial(-j * h);
    binomial *= (k - j) / (j + 1);
  }
  return sum;
}

describe("differences of order 4 of a polynomial of degree 4", () => {
  it("predict it exactly", () => {
    const past = follow(0.1, 6);
    const predicted = scratch();
    past.predict(predicted, scratch());
    expect(predicted[0]).toBeCloseTo(polynomial(0.7), 12);
  });

  it("interpolate it exactly", () => {
    const out = scratch();
    for (const t of [0.5, 0.53, 0.6]) {
      follow(0.1, 6).interpolate(t, out);
      expect(out[0]).toBeCloseTo(polynomial(t), 12);
    }
  });

  it.each([0.2, 0.9, 3])("are those of steps %s as long after rescaling", (factor) => {
    const past = follow(0.1, 6);
    past.rescale(factor);
    expect(past.h).toBeCloseTo(0.1 * factor, 14);
    const predicted = scratch();
    past.predict(predicted, scratch());
    expect(predicted[0]).toBeCloseTo(polynomial(0.6 + past.h), 11);
  });

  it("weigh up to h times the slope at the predicted time", () => {
    const past = follow(0.1, 6);
    const weighted = scratch();
    past.predict(scratch(), weighted);
    const t = 0.7;
    const slope = 1 - 4 * t + 1.5 * t ** 2 - 0.4 * t ** 3;
    expect(weighted[0]).toBeCloseTo(0.1 * slope, 12);
  });
});
