import { describe, expect, it } from "vitest";
import { ROWS, SUBSTEPS } from "../../src/integrate/extrapolation.js";
import { StepOrder, workOfRows } from "../../src/integrate/step-order.js";

const system = {
  work: { linearise: 300, decompose: 100, solve: 50 },
  linearise() {},
  decompose: () => true,
  solve() {},
};
const orderFor = (relTol: number, step = 1) => new StepOrder(step, relTol, 200, system);

it("counts the multiplications of every row and of those before", () => {
  let sum = 300 + 200;
  for (let k = 1; k <= ROWS; k++) {
    const n = SUBSTEPS[k - 1];
    sum += 100 + (n - 1) * 200 + n * 50;
    expect(workOfRows(k, 200, system.work)).toBe(sum);
  }
});

it("begins in a higher row the tighter the tolerance, with one to spare above and below", () => {
  const rows = [1, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-13, 1e-30].map((x) => orderFor(x).row);
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
  expect([rows[0], rows.at(-1)]).toEqual([2, ROWS - 2]);
  expect(new Set(rows).size).toBeGreaterThan(4);
});

describe("after errors of the law of their row", () => {
  /** A step on a problem whose row k errs by 10⁹ tolerances times (length/reach)^k/(n_1 … n_k). */
  function takeStep(order: StepOrder, reach: number): "accepted" | "rejected" {
    const length = order.step;
    let error = (1e9 * length) / (reach * SUBSTEPS[0]);
    for (let k = 2; k <= Math.min(order.row + 1, ROWS); k++) {
      error *= length / (reach * SUBSTEPS[k - 1]);
      order.learn(k, error, length);
      if (error <= 1 && k >= order.row - 1) {
        order.accept(k);
        return "accepted";
      }
    }
    order.reject(Math.min(order.row + 1, ROWS));
    return "rejected";
  }

  it.each([1e-3, 1, 1e3])(
    "steps find the length that costs least and stay there: reach %d",
    (reach) => {
      const order = orderFor(1e-9);
      for (let i = 0; i < 60; i++) takeStep(order, reach);
      // work per unit of t of the row that would do with the least, at an error of 1 exactly
      const lengths = SUBSTEPS.map((_, j) => {
        const product = SUBSTEPS.slice(0, j + 1).reduce((a, b) => a * b, 1);
        return reach * (product / 1e9) ** (1 / (j + 1));
      });
      const rates = lengths.map((length, j) => workOfRows(j + 1, 200, system.work) / length);
      const least = Math.min(...rates.slice(1));
      for (let i = 0; i < 10; i++) {
        const { step, row } = order;
        expect(takeStep(order, reach)).toBe("accepted");
        // with safety factors 0.6^(1/k) and 0.93, and a row to spare
        expect(workOfRows(row, 200, system.work) / step).toBeLessThan(1.5 * least);
      }
    },
  );

  it("a step is at most ten times to the power 1/k as long as the one before, but for the order's change", () => {
    const order = orderFor(1e-9);
    order.learn(2, 1e-30, 1);
    order.learn(3, 1e-30, 1);
    order.accept(3);
    const grown = order.step;
    expect(grown).toBeGreaterThan(1);
    expect(grown).toBeLessThan(10);
  });

  it("a huge error shortens the step to a fortieth at most", () => {
    const order = orderFor(1e-9);
    for (let k = 2; k <= order.row; k++) order.learn(k, 1e30, 1);
    order.reject(order.row);
    expect(order.step).toBeLessThan(0.5);
    expect(order.step).toBeGreaterThan(1 / 40);
  });

  it("a step after a rejection is no longer than the one that passed suggests", () => {
    const order = orderFor(1e-9);
    takeStep(order, 0.2);
    const { step } = order;
    expect(step).toBeLessThan(1);
    expect(takeStep(order, 1e6)).toBe("accepted");
    expect(order.step).toBeLessThanOrEqual(step);
    // and then may grow again
    takeStep(order, 1e6);
    expect(order.step).toBeGreaterThan(step);
  });

  it("the row stays between 2 and what there is", () => {
    for (const reach of [1e-6, 0.1, 10, 1e6]) {
      for (const relTol of [0.1, 1e-5, 1e-12]) {
        const order = orderFor(relTol);
        for (let i = 0; i < 40; i++) {
          takeStep(order, reach);
          expect(order.row).toBeGreaterThanOrEqual(2);
          expect(order.row).toBeLessThan(ROWS);
          expect(order.step).toBeGreaterThan(0);
        }
      }
    }
  });
});

it("gives a step up early where rows to come can't help", () => {
  const order = orderFor(1e-9);
  const { row } = order;
  const [n, before] = [SUBSTEPS[row], SUBSTEPS[row - 1]];
  expect(order.isHopeless(row - 1, 4 * n * before * 1.01)).toBe(true);
  expect(order.isHopeless(row - 1, 4 * n * before * 0.99)).toBe(false);
  expect(order.isHopeless(row, 2.01 * n)).toBe(true);
  expect(order.isHopeless(row, 1.99 * n)).toBe(false);
  expect(order.isHopeless(row + 1, 1.01)).toBe(true);
  expect(order.isHopeless(2, 1e30)).toBe(row === 3);
});

it("shortens a step that failed otherwise to the length given", () => {
  const order = orderFor(1e-9);
  order.shorten(0.25);
  expect(order.step).toBe(0.25);
});

it("goes back to the plan from before a step cut short, where that was more", () => {
  const order = orderFor(1e-9, 1e-6);
  order.resume(0.5, 7);
  expect([order.step, order.row]).toEqual([0.5, 7]);
  order.resume(0.25, 3);
  expect([order.step, order.row]).toEqual([0.5, 7]);
});
