import { describe, expect, it } from "vitest";
import { fitPowerLaw, fitRunsExponent } from "../../src/analyse/power-law.js";
import { analysisFixtures } from "../support/analysis-fixtures.js";
import { normalSource } from "../support/normals.js";

/** n times from 1 to `last`, evenly in ln t. */
const timesTo = (last: number, n: number) =>
  Array.from({ length: n }, (_, i) => last ** (i / (n - 1)));

const times = timesTo(1000, 31);
const wavy = times.map((t, i) => 2 * t ** -0.7 * Math.exp(0.1 * Math.sin(1.3 * i)));

describe("the power law through a curve", () => {
  it.each(analysisFixtures.powerLaws)("is scipy's, intervals too: $name", (fixture) => {
    const { t, y, range, exponent, prefactor } = fixture;
    const fit = fitPowerLaw(t, y, range);
    // sums over 60 logarithms of size 8, and a lag correlation that multiplies their rounding
    expect(fit.exponent).toBeCloseTo(exponent, 11);
    expect(fit.prefactor / prefactor).toBeCloseTo(1, 11);
    for (const end of [0, 1] as const) {
      expect(fit.exponentInterval[end]).toBeCloseTo(fixture.exponentInterval[end], 9);
      expect(fit.prefactorInterval[end] / fixture.prefactorInterval[end]).toBeCloseTo(1, 9);
    }
  });

  it("counts correlated residuals as fewer points, and no residuals as more than there are", () => {
    const effective = (name: string) =>
      analysisFixtures.powerLaws.find((fixture) => fixture.name === name)?.effective;
    expect(effective("autocorrelated noise")).toBeLessThan(40);
    expect(effective("curvature")).toBeLessThan(4);
    expect(effective("residuals of alternating sign")).toBe(60);
  });

  it("is exact for a clean law, with intervals of rounding", () => {
    const fit = fitPowerLaw(
      times,
      times.map((t) => 0.3 * t ** (-2 / 3)),
    );
    expect(fit.exponent).toBeCloseTo(-2 / 3, 13);
    expect(fit.prefactor).toBeCloseTo(0.3, 13);
    const width = fit.exponentInterval[1] - fit.exponentInterval[0];
    // residuals of 1e-15 over ln 1000, times Student's 12.7 for the least count
    expect(width).toBeLessThan(1e-13);
    expect(fit).toMatchObject({ from: 1, to: times[30], points: 31 });
  });

  it("finds the exponent zero of a constant", () => {
    const { exponent, exponentInterval } = fitPowerLaw(times, new Array(31).fill(2));
    // roundings of the mean of ln t
    for (const value of [exponent, ...exponentInterval]) expect(value).toBeCloseTo(0, 14);
  });

  it("holds the true exponent in 95 % of intervals over white noise", () => {
    const normal = normalSource(3);
    const t = timesTo(100, 40);
    const samples = 400;
    let exponents = 0;
    let prefactors = 0;
    for (let sample = 0; sample < samples; sample++) {
      const fit = fitPowerLaw(
        t,
        t.map((time) => 5 * time ** 1.5 * Math.exp(0.2 * normal())),
      );
      const holds = ([low, high]: readonly [number, number], value: number) =>
        low < value && value < high ? 1 : 0;
      exponents += holds(fit.exponentInterval, 1.5);
      prefactors += holds(fit.prefactorInterval, 5);
    }
    // binomial: 1.1 % over 400 samples; four of them, and 1 % for chance correlations that widen some
    const error = Math.sqrt((0.95 * 0.05) / samples);
    for (const count of [exponents, prefactors]) {
      expect(count / samples).toBeGreaterThan(0.95 - 4 * error);
      expect(count / samples).toBeLessThan(0.96 + 3.5 * error);
    }
  });

  it("holds it nearly as often over noise whose neighbours correlate by 0.7", () => {
    const normal = normalSource(5);
    const t = timesTo(100, 150);
    const samples = 400;
    let held = 0;
    let naive = 0;
    for (let sample = 0; sample < samples; sample++) {
      let noise = normal() / Math.sqrt(1 - 0.49);
      const y = t.map((time) => {
        noise = 0.7 * noise + normal();
        return time ** -1 * Math.exp(0.1 * noise);
      });
      const { exponent, exponentInterval } = fitPowerLaw(t, y);
      const half = (exponentInterval[1] - exponentInterval[0]) / 2;
      if (Math.abs(exponent + 1) < half) held++;
      if (Math.abs(exponent + 1) < half * Math.sqrt(0.3 / 1.7)) naive++;
    }
    // the correlation is estimated a little low, so that a few per cent of intervals are too short
    expect(held / samples).toBeGreaterThan(0.9);
    // as independent points they would hold it far less often: the count matters here
    expect(naive / samples).toBeLessThan(0.75);
  });
});

describe("units", () => {
  const fit = fitPowerLaw(times, wavy);

  it("of y scale the prefactor and nothing else", () => {
    const scaled = fitPowerLaw(
      times,
      wavy.map((y) => 1e-6 * y),
    );
    expect(scaled.exponent).toBeCloseTo(fit.exponent, 12);
    expect(scaled.prefactor / fit.prefactor).toBeCloseTo(1e-6, 17);
    for (const end of [0, 1] as const) {
      expect(scaled.exponentInterval[end]).toBeCloseTo(fit.exponentInterval[end], 12);
      expect(scaled.prefactorInterval[end] / fit.prefactorInterval[end]).toBeCloseTo(1e-6, 17);
    }
  });

  it("of t change the prefactor by the law itself", () => {
    const scaled = fitPowerLaw(
      times.map((t) => 50 * t),
      wavy,
    );
    expect(scaled.exponent).toBeCloseTo(fit.exponent, 12);
    expect(scaled.exponentInterval[0]).toBeCloseTo(fit.exponentInterval[0], 11);
    expect(scaled.prefactor / (fit.prefactor * 50 ** -fit.exponent)).toBeCloseTo(1, 11);
    expect(scaled.from).toBe(50 * fit.from);
  });
});

describe("the range", () => {
  it("takes both ends with it, and leaves out t = 0", () => {
    const t = [0, ...times];
    const y = [Number.NaN, ...wavy];
    expect(fitPowerLaw(t, y)).toEqual(fitPowerLaw(times, wavy));
    const part = fitPowerLaw(t, y, { from: times[10], to: times[25] });
    expect(part).toEqual(fitPowerLaw(times.slice(10, 26), wavy.slice(10, 26)));
    expect(part).toMatchObject({ from: times[10], to: times[25], points: 16 });
  });

  it("is open where one end is left out", () => {
    expect(fitPowerLaw(times, wavy, { from: 9 }).to).toBe(times[30]);
    expect(fitPowerLaw(times, wavy, { to: 500 }).from).toBe(1);
  });
});

describe("what is no power law", () => {
  const refusal = (t: readonly number[], y: readonly number[], range = {}) => {
    let message = "nothing was refused";
    try {
      fitPowerLaw(t, y, range);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      message = (error as Error).message;
    }
    return message;
  };

  it("has less than a decade of times", () => {
    const t = [1, 2, 4, 6, 8, 9.9];
    expect(refusal(t, t)).toBe("a power law needs a decade of times, got 1 to 9.9");
    expect(() => fitPowerLaw([...t, 10], [...t, 10])).not.toThrow();
  });

  it("takes a decade that rounding made a little short", () => {
    const t = [0.3, 0.6, 1, 2, 0.3 * 10 * (1 - 2e-16)];
    expect(() => fitPowerLaw(t, t)).not.toThrow();
  });

  it("has fewer than five times", () => {
    const message = (n: number) => `a power law needs 5 times or more, got ${n}`;
    expect(refusal([1, 10, 100, 1000], [1, 2, 3, 4])).toBe(message(4));
    expect(refusal([], [])).toBe(message(0));
    expect(refusal(times, wavy, { from: 2000 })).toBe(message(0));
    expect(refusal([0, 1, 10, 100, 1000], [1, 2, 3, 4, 5])).toBe(message(4));
  });

  it.each([0, -0.25, Number.NaN, Infinity, -Infinity])("has the value %d", (value) => {
    const y = wavy.map((old, i) => (i === 7 ? value : old));
    expect(refusal(times, y)).toBe(
      `a power law needs positive values, got ${value} at t = ${times[7]}`,
    );
    expect(() => fitPowerLaw(times, y, { from: times[8] })).not.toThrow();
  });
});

describe("the exponent of several runs", () => {
  const curves = [-0.5, -0.52, -0.57].map((exponent) => times.map((t) => t ** exponent));

  it("is the mean of their own, with Student's interval over the runs", () => {
    const { exponent, exponentInterval } = fitRunsExponent(times, curves);
    expect(exponent).toBeCloseTo(-0.53, 13);
    // Student's quantile of 2 degrees of freedom in closed form; the three have the variance 0.0013
    const quantile = 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));
    const half = quantile * Math.sqrt(0.0013 / 3);
    expect(exponentInterval[0]).toBeCloseTo(-0.53 - half, 12);
    expect(exponentInterval[1]).toBeCloseTo(-0.53 + half, 12);
  });

  it("takes the range and the refusals of one", () => {
    const bent = curves.map((y) => y.map((value, i) => (i < 10 ? 1 : value)));
    const { exponent } = fitRunsExponent(times, bent, { from: times[10] });
    expect(exponent).toBeCloseTo(-0.53, 13);
    const broken = curves[1].map((value, i) => (i === 3 ? -1 : value));
    expect(() => fitRunsExponent(times, [curves[0], broken])).toThrow(`got -1 at t = ${times[3]}`);
  });

  it("has no interval for one run, nor for none", () => {
    const message = "a single run has no interval; give two runs or more";
    expect(() => fitRunsExponent(times, curves.slice(0, 1))).toThrow(new RangeError(message));
    expect(() => fitRunsExponent(times, [])).toThrow(RangeError);
  });
});
