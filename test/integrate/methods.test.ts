import { describe, expect, it } from "vitest";
import { DenseSystem } from "../../src/integrate/dense-system.js";
import { integrate, type Method, type Problem } from "../../src/integrate/integrate.js";
import { scenarioWith, shippedScenarios, solveWith } from "../support/scenarios.js";

const TOLERANCES = { relTol: 1e-8, absTol: 1e-11, maxSteps: 100_000 };

/**
 * x follows cos s, bound by a rate that is 10⁴ until s = 1 and 1 afterwards; s is the time. Stiff, then
 * no more. The exact solution of the second part has no closed form, so that odex alone is the reference.
 */
function relaxing(): Problem {
  const rate = (s: number) => 1 + 1e4 / (1 + Math.exp(40 * (s - 1)));
  const drift = (y: Float64Array, dy: Float64Array) => {
    dy[0] = -rate(y[1]) * (y[0] - Math.cos(y[1]));
    dy[1] = 1;
  };
  const jacobian = (y: Float64Array, J: Float64Array) => {
    const s = y[1];
    const e = Math.exp(40 * (s - 1));
    const slope = (-1e4 * 40 * e) / (1 + e) ** 2;
    J[0] = -rate(s);
    J[1] = -slope * (y[0] - Math.cos(s)) - rate(s) * Math.sin(s);
    J[2] = 0;
    J[3] = 0;
  };
  const start = Float64Array.of(2, 0);
  const stiff = () => ({ start, drift, system: new DenseSystem(2, jacobian), cost: 20 });
  return { start, drift, cost: 20, stiff };
}

function run(method: Method, times: number[], problem = relaxing()) {
  const y: number[][] = [];
  const integrator = { ...TOLERANCES, method };
  const result = integrate(problem, Float64Array.from(times), integrator, (_t, state) => {
    y.push([...state]);
  });
  return { ...result, outputs: y };
}

describe("auto", () => {
  const sparse = [0.1, 0.5, 0.9, 1.2];
  const dense = Array.from({ length: 400 }, (_, i) => 1.6 + i * 0.01);
  const times = [...sparse, ...dense];
  const auto = run("auto", times);
  const { parts } = auto.work;

  it("goes from odex to SEULEX where the problem is stiff, and back", () => {
    expect(auto.status).toBe("ok");
    expect(parts.map((part) => part.method).slice(0, 3)).toEqual(["odex", "seulex", "odex"]);
    expect(parts[1].reason).toMatch(/^stability bounds odex's steps: h ρ = \d/);
    expect(parts[2].reason).toMatch(/^steps are short enough for odex: h ρ = 0\.\d/);
    expect(auto.work.method).toBe("odex, seulex");
  });

  it("has parts that follow one another and add up", () => {
    expect(parts[0].from).toBe(0);
    expect(parts.at(-1)?.to).toBe(times.at(-1));
    parts.slice(1).forEach((part, i) => {
      expect(part.from).toBe(parts[i].to);
    });
    const sum = (key: "steps" | "evaluations") => parts.reduce((all, part) => all + part[key], 0);
    expect(auto.work.steps).toBe(sum("steps"));
    expect(auto.work.evaluations).toBe(sum("evaluations"));
  });

  it("outputs every time once, with odex's solution", () => {
    const odex = run("odex", times);
    expect(auto.outputs).toHaveLength(times.length);
    auto.outputs.forEach((y, i) => {
      expect(y[1]).toBeCloseTo(times[i], 12);
      // both keep 1e-8, relative to 1
      expect(Math.abs(y[0] - odex.outputs[i][0])).toBeLessThan(2e-8);
    });
  });

  it("takes far fewer evaluations than odex", () => {
    const few = [0.1, 0.9];
    const { work } = run("auto", few);
    expect(work.evaluations).toBeLessThan(run("odex", few).work.evaluations / 5);
  });

  it("counts every evaluation, those of the measure of stiffness too", () => {
    let calls = 0;
    const counted = (drift: Problem["drift"]) => (y: Float64Array, dy: Float64Array) => {
      calls++;
      drift(y, dy);
    };
    const problem = relaxing();
    const stiff = problem.stiff?.();
    if (!stiff) throw new Error("no matrices");
    const result = run("auto", [0.5, 1.2], {
      ...problem,
      drift: counted(problem.drift),
      stiff: () => ({ ...stiff, drift: counted(stiff.drift) }),
    });
    expect(result.work.evaluations).toBe(calls);
  });

  it("keeps maxSteps over all parts", () => {
    const integrator = { ...TOLERANCES, method: "auto" as const, maxSteps: 25 };
    const result = integrate(relaxing(), Float64Array.of(50), integrator, () => {});
    expect(result.status).toBe("step-limit");
    expect(result.work.steps).toBeLessThanOrEqual(26);
  });

  it("takes bdf for all of a large system, and says why", () => {
    const { stats } = solveWith({
      model: { hidden: 4, activation: "sigmoid" },
      data: { kind: "spectrum", law: { kind: "power", dimension: 100, exponent: 1.5, trace: 1 } },
      time: { at: [1, 10] },
    });
    expect(stats.method).toBe("bdf");
    expect(stats.parts[0].reason).toBe("800 variables");
  });

  it("takes bdf where odex is stiff and matrices would be large", () => {
    const { stats } = solveWith({
      model: { hidden: 4, activation: "sigmoid" },
      data: { kind: "spiked", spikes: [1, 0.8, 0.6, 0.4, 0.3], bulk: 0 },
      time: { at: [10_000] },
    });
    expect(stats.parts.map((part) => part.method)).toEqual(["odex", "bdf"]);
  });
});

it("a method by name is the only one", () => {
  for (const method of ["odex", "seulex", "bdf"] as const) {
    const { work, status } = run(method, [0.5]);
    expect([status, work.method, work.parts.length]).toEqual(["ok", method, 1]);
    expect(work.parts[0].reason).toBe("by name");
  }
});

it("refuses SEULEX's matrices for a large system, with the way out", () => {
  const large = scenarioWith({
    data: { kind: "spectrum", law: { kind: "power", dimension: 600, exponent: 1.5, trace: 1 } },
    integrator: { method: "seulex" },
  });
  expect(() => solveWith(large)).toThrow(
    'integrator.method: "seulex" takes dense matrices of 2400 by 2400 numbers; use "bdf" or "auto"',
  );
});

describe.each(shippedScenarios())("$name", ({ name, content }) => {
  const solveBy = (method: Method) =>
    solveWith({ ...content, integrator: { ...content.integrator, method } });
  const others = (["auto", "bdf", "seulex"] as const).filter(
    (method) => method !== "seulex" || !name.startsWith("full-spectrum"),
  );

  it("has the same pmse by every method, to 1e-8", () => {
    const odex = solveBy("odex");
    for (const method of others) {
      const { status, trajectory } = solveBy(method);
      expect(status).toBe("ok");
      const errors = trajectory.pmse.map((x, i) => Math.abs(x / odex.trajectory.pmse[i] - 1));
      expect(Math.max(...errors), method).toBeLessThan(1e-8);
    }
  });
});
