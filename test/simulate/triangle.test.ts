import fc from "fast-check";
import { expect, it } from "vitest";
import { triangularise } from "../../src/simulate/triangle.js";

const gram = (rows: Float64Array[]) =>
  rows.map((a) => rows.map((b) => a.reduce((sum, x, i) => sum + x * b[i], 0)));

it("keeps the Gram matrix and leaves nothing beyond the diagonal", () => {
  const size = fc.record({
    n: fc.integer({ min: 1, max: 8 }),
    extra: fc.integer({ min: 0, max: 9 }),
  });
  const entry = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(size, fc.array(entry, { minLength: 160, maxLength: 160 }), ({ n, extra }, pool) => {
      const before = 2;
      const width = before + n + extra;
      const rows = Array.from({ length: n }, (_, i) =>
        Float64Array.from(pool.slice(i, i + width).map((x, j) => (j === i % 5 ? 0 : x))),
      );
      const kept = rows.map((row) => row.slice(0, before));
      const expected = gram(rows);
      triangularise(rows, before, width, new Float64Array(width));
      rows.forEach((row, i) => {
        expect(row.slice(0, before)).toEqual(kept[i]);
        for (let j = before + i + 1; j < width; j++) expect(Math.abs(row[j])).toBe(0);
      });
      // entries are at most 10: a sum of 19 products, each rounded to 1e-14
      gram(rows).forEach((row, i) => {
        row.forEach((value, j) => {
          expect(Math.abs(value - expected[i][j])).toBeLessThan(1e-11);
        });
      });
    }),
    { seed: 1, numRuns: 1000 },
  );
});

it("takes weights that have decayed to nothing for zero", () => {
  for (const tiny of [1e-141, 1e-155, 1.5717277847026288e-162, 5e-324]) {
    const rows = [
      [1, 2, tiny, 1],
      [0, tiny, 0, 0],
      [tiny, 0, tiny, 0],
    ].map((row) => Float64Array.from(row));
    rows.unshift(Float64Array.of(0, tiny, 0, tiny));
    const expected = gram(rows);
    triangularise(rows, 0, 4, new Float64Array(4));
    expect(rows.every((row) => row.every(Number.isFinite))).toBe(true);
    gram(rows).forEach((row, i) => {
      row.forEach((value, j) => {
        expect(Math.abs(value - expected[i][j])).toBeLessThan(1e-14);
      });
    });
  }
});

it("leaves rows of zeros and parallel rows as they are up to the rotation", () => {
  const rows = [
    [0, 0, 0, 0],
    [3, 0, 0, 4],
    [6, 0, 0, 8],
  ].map((row) => Float64Array.from(row));
  triangularise(rows, 0, 4, new Float64Array(4));
  expect([...rows[0]]).toEqual([0, 0, 0, 0]);
  expect(Math.hypot(...rows[1])).toBeCloseTo(5, 14);
  expect(Math.hypot(...rows[2])).toBeCloseTo(10, 14);
});
