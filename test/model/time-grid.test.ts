import { expect, it } from "vitest";
import { timeGrid } from "../../src/model/time-grid.js";

it("makes a log grid of equal ratios with exact ends", () => {
  const grid = timeGrid({ start: 0.1, end: 1000, points: 5, spacing: "log" });
  expect([grid[0], grid[4]]).toEqual([0.1, 1000]);
  for (let i = 1; i < 5; i++) expect(grid[i] / grid[i - 1]).toBeCloseTo(10, 12);
});

it("makes a linear grid of equal steps with exact ends", () => {
  const grid = timeGrid({ start: 0, end: 0.3, points: 4, spacing: "linear" });
  expect([...grid]).toEqual([0, expect.closeTo(0.1, 15), expect.closeTo(0.2, 15), 0.3]);
});

it("increases strictly, also for many points", () => {
  const grid = timeGrid({ start: 1e-3, end: 1e9, points: 100_000, spacing: "log" });
  expect(grid.every((t, i) => i === 0 || t > grid[i - 1])).toBe(true);
});

it("takes times as they are given", () => {
  expect([...timeGrid({ at: [0, 0.1, 7] })]).toEqual([0, 0.1, 7]);
});
