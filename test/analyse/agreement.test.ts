import { describe, expect, it } from "vitest";
import { agreementOf } from "../../src/analyse/agreement.js";
import { normalSource } from "../support/normals.js";

const TOLERANCE = { sigmas: 5, relativeBias: 10 };
const t = Float64Array.of(1, 2, 4);
const theory = Float64Array.of(1, 0.5, 0.25);

/** Runs that scatter around `centre` with relative standard deviation 1/√D. */
function runsAround(centre: Float64Array, dimension: number, count: number, seed: number) {
  const normal = normalSource(seed);
  return Array.from({ length: count }, () =>
    centre.map((value) => value * (1 + normal() / Math.sqrt(dimension))),
  );
}

describe("the agreement of theory and runs", () => {
  it("compares mean, standard error and z at each time", () => {
    const runs = [Float64Array.of(1, 0.6, 0.25), Float64Array.of(1, 0.8, 0.35)];
    const { perTime, largestZ, verdict } = agreementOf(
      [{ dimension: 100, t, theory, runs }],
      TOLERANCE,
    );
    expect(perTime[0]).toEqual({
      dimension: 100,
      t: 1,
      theory: 1,
      mean: 1,
      standardError: 0,
      z: null,
      apart: false,
    });
    expect(perTime[1].mean).toBeCloseTo(0.7, 15);
    expect(perTime[1].standardError).toBeCloseTo(0.1, 15);
    expect(perTime[1].z).toBeCloseTo(2, 14);
    expect(largestZ).toBeCloseTo(2, 14);
    expect(verdict).toBe("agree");
  });

  it("is apart exactly beyond sigmas standard errors and relativeBias/D of theory", () => {
    const standardError = 0.01;
    const allowed = 5 * standardError + (10 / 1000) * 0.5;
    for (const [gap, verdict] of [
      [0.999 * allowed, "agree"],
      [1.001 * allowed, "apart"],
      [-1.001 * allowed, "apart"],
      [Number.NaN, "apart"],
    ] as const) {
      const mean = 0.5 + gap;
      const runs = [mean - standardError, mean + standardError].map((x) =>
        Float64Array.of(1, x, 0.25),
      );
      expect(agreementOf([{ dimension: 1000, t, theory, runs }], TOLERANCE).verdict).toBe(verdict);
    }
  });

  it("takes the root mean square of relative deviations of runs, and of their mean", () => {
    const runs = [Float64Array.of(1.1, 0.5, 0.25), Float64Array.of(0.9, 0.5, 0.3)];
    const [{ value, ofMean }] = agreementOf(
      [{ dimension: 10, t, theory, runs }],
      TOLERANCE,
    ).rmsRelativeDeviation;
    expect(value).toBeCloseTo(Math.sqrt((0.01 + 0.01 + 0.04) / 6), 14);
    expect(ofMean).toBeCloseTo(Math.sqrt(0.01 / 3), 14);
  });

  it("finds the exponent −½ and the limit of runs that scatter by 1/√D around theory + 1/D", () => {
    const compared = [100, 1000, 10_000].map((dimension, i) => ({
      dimension,
      t,
      theory,
      runs: runsAround(
        theory.map((x) => x * (1 + 1 / dimension)),
        dimension,
        400,
        i + 1,
      ),
    }));
    const {
      verdict,
      exponent = 0,
      exponentStandardError = 0,
      limit,
    } = agreementOf(compared, TOLERANCE);
    expect(verdict).toBe("agree");
    expect(exponentStandardError).toBeLessThan(0.02);
    expect(Math.abs(exponent + 0.5) / exponentStandardError).toBeLessThan(4);
    expect(Math.abs(limit?.value ?? 1) / (limit?.standardError ?? 0)).toBeLessThan(4);
  });

  it("finds a limit other than zero where the theory is off", () => {
    const compared = [100, 1000, 10_000].map((dimension, i) => ({
      dimension,
      t,
      theory,
      runs: runsAround(
        theory.map((x) => x * 1.02),
        dimension,
        400,
        i + 1,
      ),
    }));
    const { verdict, limit } = agreementOf(compared, TOLERANCE);
    expect(verdict).toBe("apart");
    expect(limit?.value).toBeCloseTo(0.02, 2);
    expect((limit?.value ?? 0) / (limit?.standardError ?? 1)).toBeGreaterThan(10);
  });

  it("doesn't agree where there is no time to compare", () => {
    const none = new Float64Array(0);
    const compared = { dimension: 10, t: none, theory: none, runs: [none, none] };
    expect(agreementOf([compared], TOLERANCE)).toMatchObject({ verdict: "apart", largestZ: null });
  });

  it("has no exponent for one dimension, and leaves out times at which theory is zero", () => {
    const zero = Float64Array.of(1, 0.5, 0);
    const runs = [Float64Array.of(1.1, 0.5, 0), Float64Array.of(1.1, 0.5, 0)];
    const agreement = agreementOf([{ dimension: 10, t, theory: zero, runs }], TOLERANCE);
    expect(agreement).not.toHaveProperty("exponent");
    expect(agreement.rmsRelativeDeviation[0].value).toBeCloseTo(Math.sqrt(0.005), 14);
    expect(JSON.stringify(agreement)).not.toMatch(/NaN|Infinity/);
  });
});
