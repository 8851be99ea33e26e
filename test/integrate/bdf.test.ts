import { describe, expect, it } from "vitest";
import { integrateBdf } from "../../src/integrate/bdf.js";
import type { InitialValueProblem } from "../../src/integrate/integration.js";
import { integrateOdex } from "../../src/integrate/odex.js";
import { PopulationError } from "../../src/model/population-error.js";
import { timeGrid } from "../../src/model/time-grid.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { measureState } from "../../src/theory/measure-state.js";
import { theoryOf } from "../../src/theory/theory-of.js";
import { emptyTrajectory } from "../../src/trajectory.js";
import { collect, scalar } from "../support/initial-value.js";
import { experimentWith, shippedScenarios } from "../support/scenarios.js";

const TOLERANCES = { relTol: 1e-9, absTol: 1e-12, maxSteps: 10_000 };

function run(
  problem: InitialValueProblem,
  times: number[],
  tolerances = TOLERANCES,
  integrate = integrateBdf,
) {
  return collect(integrate, problem, times, tolerances);
}

/** The heat equation on n points between zeros, from its modes 1 and 3. */
function heat(n: number): InitialValueProblem & { exact(i: number, t: number): number } {
  const mode = (k: number, i: number) => Math.sin((k * Math.PI * (i + 1)) / (n + 1));
  const rate = (k: number) => 4 * (n + 1) ** 2 * Math.sin((k * Math.PI) / (2 * (n + 1))) ** 2;
  const exact = (i: number, t: number) =>
    mode(1, i) * Math.exp(-rate(1) * t) + mode(3, i) * Math.exp(-rate(3) * t);
  return {
    start: Float64Array.from({ length: n }, (_, i) => exact(i, 0)),
    exact,
    drift(y, dy) {
      const scale = (n + 1) ** 2;
      for (let i = 0; i < n; i++) {
        const left = i > 0 ? y[i - 1] : 0;
        const right = i < n - 1 ? y[i + 1] : 0;
        dy[i] = scale * (left - 2 * y[i] + right);
      }
    },
  };
}

/** The Brusselator with diffusion on n points (Hairer & Wanner, Solving ODEs II, IV.1). */
function brusselator(n: number): InitialValueProblem {
  const place = (i: number) => (i + 1) / (n + 1);
  const start = new Float64Array(2 * n).fill(3);
  for (let i = 0; i < n; i++) start[2 * i] = 1 + Math.sin(2 * Math.PI * place(i));
  const diffusion = 0.02 * (n + 1) ** 2;
  return {
    start,
    drift(y, dy) {
      for (let i = 0; i < n; i++) {
        const [u, v] = [y[2 * i], y[2 * i + 1]];
        const [uLeft, vLeft] = i > 0 ? [y[2 * i - 2], y[2 * i - 1]] : [1, 3];
        const [uRight, vRight] = i < n - 1 ? [y[2 * i + 2], y[2 * i + 3]] : [1, 3];
        dy[2 * i] = 1 + u * u * v - 4 * u + diffusion * (uLeft - 2 * u + uRight);
        dy[2 * i + 1] = 3 * u - u * u * v + diffusion * (vLeft - 2 * v + vRight);
      }
    },
  };
}

describe("requested times", () => {
  const times = [0, 1e-7, 0.01, 1 / 30, 0.1, 0.1 + 1e-9, 0.3];
  const problem = heat(100);
  const { result, t, y } = run(problem, times);

  it("are hit exactly, the first and the last included", () => {
    expect(result.status).toBe("ok");
    expect(t).toEqual(times);
    expect(result.t).toBe(0.3);
  });

  it("have the solution to the tolerance", () => {
    t.forEach((time, k) => {
      for (let i = 0; i < 100; i++) {
        expect(Math.abs(y[k][i] - problem.exact(i, time))).toBeLessThan(1e-9);
      }
    });
  });

  it("report their work", () => {
    expect(result.work.method).toBe("bdf");
    expect(result.work.steps).toBeGreaterThan(50);
    expect(result.work.evaluations).toBeGreaterThan(2 * result.work.steps);
    // the slopes' largest rate, 40,000, would take an explicit method as many evaluations
    expect(result.work.evaluations).toBeLessThan(6000);
  });
});

it("needs nothing but the start where only t = 0 is asked for", () => {
  const { result, t, y } = run(heat(3), [0]);
  expect([result.status, t, y]).toEqual(["ok", [0], [[...heat(3).start]]]);
});

it("follows a growing solution", () => {
  const { y } = run(
    scalar(1e-3, (x) => x * (1 - x)),
    [5, 10, 20],
  );
  [5, 10, 20].forEach((t, k) => {
    const exact = 1 / (1 + 999 * Math.exp(-t));
    expect(Math.abs(y[k][0] / exact - 1)).toBeLessThan(1e-8);
  });
});

it("follows an oscillation", () => {
  const circle: InitialValueProblem = {
    start: Float64Array.of(1, 0),
    drift(y, dy) {
      dy[0] = y[1];
      dy[1] = -y[0];
    },
  };
  const { y } = run(circle, [10]);
  expect(Math.abs(y[0][0] - Math.cos(10))).toBeLessThan(2e-8);
});

it("agrees with odex on the Brusselator with diffusion", () => {
  const times = [0.5, 2, 5, 10];
  const ours = run(brusselator(40), times);
  const tight = { ...TOLERANCES, relTol: 1e-11, maxSteps: 100_000 };
  const odex = run(brusselator(40), times, tight, integrateOdex);
  expect([ours.result.status, odex.result.status]).toEqual(["ok", "ok"]);
  times.forEach((_, k) => {
    const errors = odex.y[k].map((x, i) => Math.abs(ours.y[k][i] - x));
    expect(Math.max(...errors)).toBeLessThan(2e-8);
  });
  expect(ours.result.work.evaluations).toBeLessThan(odex.result.work.evaluations / 2);
});

it("errs in proportion to the tolerance", () => {
  const errors = [1e-5, 1e-7, 1e-9].map((relTol) => {
    const problem = heat(50);
    const { y } = run(problem, [0.05], { ...TOLERANCES, relTol, absTol: relTol / 1000 });
    return Math.max(...y[0].map((x, i) => Math.abs(x - problem.exact(i, 0.05)))) / relTol;
  });
  for (const error of errors) {
    expect(error).toBeGreaterThan(1e-3);
    expect(error).toBeLessThan(3);
  }
});

it("gives the same numbers every time", () => {
  expect(run(heat(10), [0.1, 0.2]).y).toEqual(run(heat(10), [0.1, 0.2]).y);
});

it("counts every call of the right-hand side", () => {
  let calls = 0;
  const problem = heat(20);
  const counted = {
    start: problem.start,
    drift(y: Float64Array, dy: Float64Array) {
      calls++;
      problem.drift(y, dy);
    },
  };
  expect(run(counted, [0.1]).result.work.evaluations).toBe(calls);
});

it("tells of its progress", () => {
  const seen: number[] = [];
  const { start, drift } = heat(10);
  const result = integrateBdf(
    { start, drift },
    Float64Array.of(0.1),
    TOLERANCES,
    () => {},
    (t) => seen.push(t),
  );
  expect(seen).toHaveLength(result.work.steps + 1);
  expect([seen[0], seen.at(-1)]).toEqual([0, 0.1]);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

describe("trouble ends in a named status with advice", () => {
  it("non-finite: a right-hand side that is NaN from some time on", () => {
    const { result, t } = run(
      scalar(0, (y) => (y > 1 ? Number.NaN : 1)),
      [0.1, 0.5, 2, 3],
    );
    expect(result.status).toBe("non-finite");
    expect(result.message).toMatch(/^stopped at t = [\d.]+: .*not finite.*initial/);
    expect(result.t).toBeCloseTo(1, 8);
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
    const { result } = run(
      scalar(1, (y) => 100 * y),
      [10],
    );
    expect(result.status).toBe("diverged");
  });

  it("step-limit: more steps than allowed", () => {
    const { result } = run(heat(10), [1e-4, 1], { ...TOLERANCES, maxSteps: 7 });
    expect(result.status).toBe("step-limit");
    expect(result.work.steps).toBeLessThanOrEqual(7);
    expect(result.message).toContain("integrator.maxSteps");
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

describe("full spectra", () => {
  const shipped = shippedScenarios().find(({ name }) => name === "full-spectrum-k4.json");
  const power = (K: number, D: number, parts: Partial<ScenarioInput>) => ({
    model: { hidden: K, activation: "sigmoid" as const },
    data: {
      kind: "spectrum" as const,
      law: { kind: "power" as const, dimension: D, exponent: 1.5, trace: 1 },
    },
    time: { end: 1000, points: 30 },
    ...parts,
  });

  it.each([
    { title: "the shipped one", content: shipped?.content ?? {}, savings: 5 },
    { title: "sixteen neurons", content: power(16, 64, {}), savings: 3.5 },
    {
      title: "truncated SGD",
      content: power(4, 100, { training: { learningRate: 1, rule: "truncated" } }),
      savings: 4,
    },
    {
      title: "ReLU",
      content: power(4, 100, { model: { hidden: 4, activation: "relu" } }),
      savings: 3.5,
    },
  ])("$title: odex's pmse to relTol, with evaluations fewer by a factor $savings", (example) => {
    const bdf = pmseBy(integrateBdf, example.content, 1e-9);
    const odex = pmseBy(integrateOdex, example.content, 1e-9);
    expect(bdf.result.status).toBe("ok");
    const errors = bdf.pmse.map((x, i) => Math.abs(x / odex.pmse[i] - 1));
    expect(Math.max(...errors)).toBeLessThan(1e-9);
    const evaluations = odex.result.work.evaluations / example.savings;
    expect(bdf.result.work.evaluations).toBeLessThan(evaluations);
  });
});

function pmseBy(integrate: typeof integrateBdf, content: Partial<ScenarioInput>, relTol: number) {
  const experiment = experimentWith(content);
  const { scenario, activation, spectrum } = experiment;
  const { system, equations } = theoryOf(experiment);
  const { K } = system;
  const error = new PopulationError(activation, K, spectrum.trace);
  const one = emptyTrajectory(1, K, system.M, false);
  const pmse: number[] = [];
  const result = integrate(
    { start: system.start, drift: (y, dy) => equations.drift(y, dy) },
    timeGrid(scenario.time),
    { relTol, absTol: relTol / 1000, maxSteps: 100_000 },
    (_, y) => {
      measureState(system, y, one, 0);
      pmse.push(error.at(one.Q, one.R, one.T0, 0));
    },
  );
  return { result, pmse };
}
