import { describe, expect, it } from "vitest";
import type { InitialValueProblem } from "../../src/integrate/integration.js";
import { integrateOdex } from "../../src/integrate/odex.js";
import { collect, scalar } from "../support/initial-value.js";

const TOLERANCES = { relTol: 1e-9, absTol: 1e-12, maxSteps: 10_000 };

function run(problem: InitialValueProblem, times: number[], tolerances = TOLERANCES) {
  return collect(integrateOdex, problem, times, tolerances);
}

/** Harmonic oscillators with frequencies 1 … n/2. */
function oscillators(n: number): InitialValueProblem {
  return {
    start: Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : 0)),
    drift(y, dy) {
      for (let i = 0; i < n; i += 2) {
        const frequency = 1 + (i % 10) / 10;
        dy[i] = frequency * y[i + 1];
        dy[i + 1] = -frequency * y[i];
      }
    },
  };
}

describe.each([
  { n: 10, how: "by dense output" },
  { n: 600, how: "by a step's end, for a large system" },
])("requested times, served $how", ({ n }) => {
  const times = [0, 1e-7, 0.1, 1 / 3, 1, 5, 5 + 1e-9, 20];
  const { result, t, y } = run(oscillators(n), times);

  it("are hit exactly, the first and the last included", () => {
    expect(result.status).toBe("ok");
    expect(t).toEqual(times);
  });

  it("have the solution to the tolerance", () => {
    t.forEach((time, i) => {
      for (let j = 0; j < n; j += 2) {
        const exact = Math.cos((1 + (j % 10) / 10) * time);
        // twenty periods add up the errors of some hundred steps
        expect(Math.abs(y[i][j] - exact)).toBeLessThan(1e-8);
      }
    });
  });

  it("report their work", () => {
    expect(result.work.method).toBe("odex");
    expect(result.work.steps).toBeGreaterThan(5);
    expect(result.work.evaluations).toBeGreaterThan(10 * result.work.steps);
    expect(result.work.rejected).toBeGreaterThanOrEqual(0);
  });
});

it("needs nothing but the start where only t = 0 is asked for", () => {
  const { result, t, y } = run(oscillators(2), [0]);
  expect([result.status, t, y]).toEqual(["ok", [0], [[1, 0]]]);
});

it("gives the same numbers every time", () => {
  expect(run(oscillators(10), [1, 2]).y).toEqual(run(oscillators(10), [1, 2]).y);
});

it("counts every call of the right-hand side", () => {
  let calls = 0;
  const { result } = run(
    scalar(1, (y) => {
      calls++;
      return -y;
    }),
    [1, 10],
  );
  expect(result.work.evaluations).toBe(calls);
});

describe("trouble ends in a named status with advice", () => {
  it("non-finite: a right-hand side that is NaN from some time on", () => {
    const { result, t } = run(
      scalar(0, (y) => (y > 1 ? Number.NaN : 1)),
      [0.1, 0.5, 2, 3],
    );
    expect(result.status).toBe("non-finite");
    expect(result.message).toMatch(/^stopped at t = [\d.]+: .*not finite.*initial/);
    expect(t).toEqual([0.1, 0.5]);
  });

  it("non-finite: at the very start", () => {
    const { result, t } = run(
      scalar(Number.NaN, (y) => y),
      [0, 1],
    );
    expect([result.status, t]).toEqual(["non-finite", []]);
  });

  it("diverged: blow-up in finite time", () => {
    const { result, t } = run(
      scalar(1, (y) => y * y),
      [0.5, 0.99, 1.5],
    );
    expect(result.status).toBe("diverged");
    expect(result.message).toContain("learningRate");
    expect(t).toEqual([0.5, 0.99]);
  });

  it("diverged: exponential growth", () => {
    expect(
      run(
        scalar(1, (y) => 100 * y),
        [10],
      ).result.status,
    ).toBe("diverged");
  });

  it("step-limit: more steps than allowed", () => {
    const { result } = run(oscillators(10), [0.1, 1000], { ...TOLERANCES, maxSteps: 7 });
    expect(result.status).toBe("step-limit");
    expect(result.work.steps).toBeLessThanOrEqual(7);
    expect(result.message).toContain("integrator.maxSteps");
  });

  it("step-limit: for a large system, too", () => {
    const times = Array.from({ length: 50 }, (_, i) => i + 1);
    const { result } = run(oscillators(600), times, { ...TOLERANCES, maxSteps: 7 });
    expect(result.status).toBe("step-limit");
  });

  it("step-underflow: a slope that the solution cannot pass", () => {
    const { result, t } = run(
      scalar(0, (y) => 1 / (1 - y)),
      [0.1, 1],
    );
    expect(result.status).toBe("step-underflow");
    expect(result.message).toMatch(/^stopped at t = 0.5: steps became too small/);
    expect(t).toEqual([0.1]);
  });
});

it("lets a programming error through", () => {
  const broken = scalar(1, () => {
    throw new TypeError("broken");
  });
  expect(() => run(broken, [1])).toThrow("broken");
});
