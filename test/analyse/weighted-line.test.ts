import { expect, it } from "vitest";
import { weightedLine } from "../../src/analyse/weighted-line.js";

const NUMPY = {
  slope: 0.34653465346535,
  intercept: 1.47524752475248,
  slopeError: 0.22799166217167,
  interceptError: 0.60525749368625,
};

it("finds an exact line whatever the errors", () => {
  const points = [1, 2, 5, 9].map((x) => ({ x, y: 3 - 2 * x, error: 0.1 * x }));
  const line = weightedLine(points);
  expect(line?.slope).toBeCloseTo(-2, 12);
  expect(line?.intercept).toBeCloseTo(3, 12);
});

it("has the standard errors of numpy.polyfit with weights 1/error, unscaled covariance", () => {
  // numpy.polyfit([0, 1, 3], [1, 2, 2.5], 1, w=[1, 2, 4], cov="unscaled")
  const line = weightedLine([
    { x: 0, y: 1, error: 1 },
    { x: 1, y: 2, error: 0.5 },
    { x: 3, y: 2.5, error: 0.25 },
  ]);
  expect(line?.slope).toBeCloseTo(NUMPY.slope, 10);
  expect(line?.intercept).toBeCloseTo(NUMPY.intercept, 10);
  expect(line?.slopeError).toBeCloseTo(NUMPY.slopeError, 10);
  expect(line?.interceptError).toBeCloseTo(NUMPY.interceptError, 10);
  const { slope, intercept } = NUMPY;
  const residuals = [1 - intercept, 2 * (2 - intercept - slope), 4 * (2.5 - intercept - 3 * slope)];
  const chiSquare = residuals.reduce((sum, r) => sum + r * r, 0);
  expect(line?.reducedChiSquare).toBeCloseTo(chiSquare, 10);
});

it("is undefined where a slope doesn't exist", () => {
  expect(weightedLine([])).toBeUndefined();
  expect(weightedLine([{ x: 1, y: 1, error: 1 }])).toBeUndefined();
  expect(
    weightedLine([
      { x: 1, y: 1, error: 1 },
      { x: 1, y: 2, error: 1 },
    ]),
  ).toBeUndefined();
  expect(
    weightedLine([
      { x: 1, y: 1, error: 0 },
      { x: 2, y: Number.NaN, error: 1 },
      { x: 3, y: 1, error: 1 },
    ]),
  ).toBeUndefined();
});
