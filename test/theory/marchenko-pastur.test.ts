import { describe, expect, it } from "vitest";
import { MarchenkoPastur } from "../../src/theory/marchenko-pastur.js";
import { analysisFixtures } from "../support/analysis-fixtures.js";

const LAWS = [
  [1, 0.5],
  [2.5, 0.1],
  [0.3, 1],
  [1, 0.004],
] as const;

describe.each(LAWS)("the law of Marchenko and Pastur, σ² = %d, γ = %d", (variance, gamma) => {
  const law = new MarchenkoPastur(variance, gamma);
  const [low, high] = law.edges;

  it("ends at σ² (1 ∓ √γ)², where nothing is left", () => {
    expect(low).toBeCloseTo(variance * (1 + gamma - 2 * Math.sqrt(gamma)), 14);
    expect(high).toBeCloseTo(variance * (1 + gamma + 2 * Math.sqrt(gamma)), 14);
    for (const x of [low, high, low - 0.1, high + 0.1, -1, Number.NaN]) {
      expect(law.density(x)).toBe(0);
    }
    expect([law.cumulative(low), law.cumulative(low - 1)]).toEqual([0, 0]);
    expect([law.cumulative(high), law.cumulative(high + 1)]).toEqual([1, 1]);
  });

  it("has the total 1, the mean σ² and the variance γσ⁴", () => {
    // x = middle − radius cos u: the integrand is smooth and periodic, the sum exact to rounding,
    // but at γ = 1, where sin² u/(1 − cos u) = 1 + cos u needs the midpoints
    const n = 2000;
    const [middle, radius] = [(low + high) / 2, (high - low) / 2];
    const moments = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const u = (Math.PI * (i + 0.5)) / n;
      const x = middle - radius * Math.cos(u);
      const share = law.density(x) * radius * Math.sin(u) * (Math.PI / n);
      moments.forEach((_, p) => {
        moments[p] += share * x ** p;
      });
    }
    // near the edges x − a loses digits: 1e-16 of b over the least distance, on few of the points
    expect(moments[0]).toBeCloseTo(1, 9);
    expect(moments[1] / variance).toBeCloseTo(1, 9);
    expect(moments[2] / variance ** 2).toBeCloseTo(1 + gamma, 9);
  });

  it("has a cumulative that grows by its density, from one edge to the other", () => {
    const step = 1e-4 * (high - low);
    for (const part of [0.05, 0.2, 0.5, 0.8, 0.95]) {
      const x = low + part * (high - low);
      const slope = (law.cumulative(x + step) - law.cumulative(x - step)) / (2 * step);
      // central differences: step² times a third derivative that grows towards the edges
      expect(Math.abs(slope / law.density(x) - 1)).toBeLessThan(1e-5);
    }
    const inside = 1e-9 * (high - low);
    expect(law.cumulative(low + inside)).toBeLessThan(1e-4);
    expect(law.cumulative(high - inside)).toBeCloseTo(1, 9);
  });

  it("has no unit of its own", () => {
    const doubled = new MarchenkoPastur(2 * variance, gamma);
    const x = low + 0.3 * (high - low);
    expect(doubled.cumulative(2 * x)).toBeCloseTo(law.cumulative(x), 13);
    expect(doubled.density(2 * x)).toBeCloseTo(law.density(x) / 2, 13);
    expect(doubled.outlier(10 * variance)).toBeCloseTo(2 * law.outlier(5 * variance), 13);
  });
});

it("density and cumulative are those of scipy's quadrature", () => {
  for (const [variance, gamma, x, density, cumulative] of analysisFixtures.marchenkoPastur) {
    const law = new MarchenkoPastur(variance, gamma);
    const place = `${variance}, ${gamma}, ${x}`;
    expect(law.density(x) / density, place).toBeCloseTo(1, 11);
    // the closed form takes terms of order 1/γ from each other, some roundings each
    expect(Math.abs(law.cumulative(x) - cumulative), place).toBeLessThan(1e-12 + 2e-15 / gamma);
  }
});

it("at γ = 1 it begins at zero, where its density has no bound", () => {
  const law = new MarchenkoPastur(1, 1);
  expect(law.edges).toEqual([0, 4]);
  expect(law.density(0)).toBe(0);
  // √(4 − x)/(2π √x)
  expect(law.density(1e-8)).toBeCloseTo(Math.sqrt(4 - 1e-8) / (2 * Math.PI * 1e-4), 6);
  // ∫ 2/(2π √x) = (2/π) √x
  expect(law.cumulative(1e-8) / ((2 / Math.PI) * 1e-4)).toBeCloseTo(1, 6);
});

it("largest eigenvalues of sampled covariances lie where the outlier formula has them", () => {
  for (const [variance, gamma, eigenvalue, mean, error] of analysisFixtures.outliers) {
    const value = new MarchenkoPastur(variance, gamma).outlier(eigenvalue);
    // three standard errors of the mean over 60 samples; they are 0.3 to 0.7 % of it
    expect(Math.abs(mean - value), `${variance}, ${gamma}`).toBeLessThan(3 * error);
    expect(error).toBeLessThan(0.01 * mean);
    // the sample's is larger than the covariance's by many of them
    expect(mean - eigenvalue).toBeGreaterThan(10 * error);
  }
});

it("an outlier at the threshold σ² (1 + √γ) touches the edge", () => {
  for (const [variance, gamma] of LAWS) {
    const law = new MarchenkoPastur(variance, gamma);
    const threshold = variance * (1 + Math.sqrt(gamma));
    expect(law.outlier(threshold)).toBeCloseTo(law.edges[1], 12);
    expect(law.outlier(1.2 * threshold)).toBeGreaterThan(law.edges[1]);
  }
});

describe("refused are", () => {
  it.each([0, -1, Number.NaN])("the variance %d", (variance) => {
    expect(() => new MarchenkoPastur(variance, 0.5)).toThrow(
      new RangeError(`variance must be positive, got ${variance}`),
    );
  });

  it.each([0, -0.5, 1.001, Infinity, Number.NaN])("the ratio %d", (gamma) => {
    expect(() => new MarchenkoPastur(1, gamma)).toThrow(
      new RangeError(`D/N must be in (0, 1], got ${gamma}`),
    );
  });
});
