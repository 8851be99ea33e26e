import { expect, it } from "vitest";
import { findPlateaus } from "../../src/analyse/plateaus.js";

const times = Array.from({ length: 200 }, (_, i) => 10 ** (-1 + i / 40));

/** A fall from 2 to 1 near t = 10, and from 1 to 0.3 near t = 1000. */
const twoSteps = times.map((t) => 0.3 + 0.7 / (1 + (t / 1000) ** 6) + 1 / (1 + (t / 10) ** 6));

it("finds the stretches between drops and the ranks they sit on", () => {
  const plateaus = findPlateaus(times, twoSteps, [2, 1, 0.3]);
  expect(plateaus.map(({ rank }) => rank)).toEqual([0, 1, 2]);
  const [first, second, third] = plateaus;
  expect(first.from).toBe(times[0]);
  expect(first.to).toBeLessThan(10);
  expect(second.from).toBeGreaterThan(10);
  expect(second.to).toBeLessThan(1000);
  expect(second.pmse).toBeCloseTo(1, 3);
  expect(second.difference).toBeCloseTo(0, 3);
  expect(third.to).toBe(times.at(-1));
});

it("does not depend on units", () => {
  const scaled = findPlateaus(
    times.map((t) => 1e-9 * t),
    twoSteps.map((p) => 1e9 * p),
    [2e9, 1e9, 0.3e9],
  );
  expect(scaled.map(({ rank }) => rank)).toEqual([0, 1, 2]);
});

it("finds none in a power law, nor in a stretch that is short", () => {
  const law = times.map((t) => t ** (-2 / 3));
  expect(findPlateaus(times, law, [1])).toEqual([]);
  expect(findPlateaus([1, 1.1], [1, 1], [1])).toEqual([]);
});

it("leaves out t = 0 and numbers without a logarithm", () => {
  expect(findPlateaus([0, 1, 2, 4], [1, 1, 1, 1], [1])[0].from).toBe(1);
  expect(findPlateaus([1, 2, 4], [0, -1, 0], [1, 0])).toEqual([]);
});

it("names rank 0 where all PCA errors beyond it vanish", () => {
  expect(findPlateaus([1, 2, 4], [0.5, 0.5, 0.5], [1, 0])[0].rank).toBe(0);
});
