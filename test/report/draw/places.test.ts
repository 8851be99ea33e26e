import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placesToDraw } from "../../../src/report/draw/places.js";

/** Increasing times, whose steps span many orders, from 0 or from later on. */
const times = fc
  .record({
    first: fc.constantFrom(0, 1e-3, 5),
    steps: fc.array(fc.double({ min: -6, max: 3, noNaN: true }), { maxLength: 80 }),
  })
  .map(({ first, steps }) => {
    const t: number[] = [first];
    for (const step of steps) t.push(t[t.length - 1] + 10 ** step);
    return t;
  });

describe("the places of a curve that are drawn", () => {
  it("are no more than asked for, in order, and include both ends", () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 50 }), (t, most) => {
        const places = placesToDraw(t, most);
        expect(places.length).toBeLessThanOrEqual(most);
        expect(places[0]).toBe(0);
        expect(places[places.length - 1]).toBe(t.length - 1);
        places.forEach((place, i) => {
          expect(Number.isInteger(place)).toBe(true);
          if (i > 0) expect(place).toBeGreaterThan(places[i - 1]);
        });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("are all where they are few", () => {
    fc.assert(
      fc.property(times, (t) => {
        const all = t.map((_, i) => i);
        expect(placesToDraw(t, t.length)).toEqual(all);
        expect(placesToDraw(t, t.length + 7)).toEqual(all);
      }),
      { seed: 1, numRuns: 100 },
    );
    expect(placesToDraw([], 5)).toEqual([]);
  });

  it("are no more where the last times differ by roundings only", () => {
    const t = [1, 2, 3, 4, 4 * (1 + 1e-13)];
    expect(placesToDraw(t, 2)).toEqual([0, 4]);
    expect(placesToDraw(t, 4)).toHaveLength(4);
  });

  it("lie evenly in ln t, also where times are linear", () => {
    const t = Array.from({ length: 10_001 }, (_, i) => i);
    expect(placesToDraw(t.slice(1), 5)).toEqual([0, 9, 99, 999, 9999]);
    // 0 and powers of 10 from 1 on: 0 has no logarithm, and takes the place of 1
    expect(placesToDraw(t, 5)).toEqual([0, 10, 100, 1000, 10_000]);
  });

  it("are every so many of times that are even in ln t themselves", () => {
    const t = Array.from({ length: 101 }, (_, i) => 10 ** (i / 25));
    expect(placesToDraw(t, 5)).toEqual([0, 25, 50, 75, 100]);
    expect(placesToDraw(t, 51)).toEqual(Array.from({ length: 51 }, (_, i) => 2 * i));
  });
});
