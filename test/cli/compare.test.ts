import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dyn, inFolder, root, run } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";

const SMALL = scenarioWith({
  data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.3 },
  initial: { kind: "random", std: 0.5, seed: 1 },
  time: { end: 5, points: 11, spacing: "linear" },
  simulation: { dimension: 1000, seeds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
});

function compareContent(content: unknown, ...args: string[]) {
  return inFolder((folder) => {
    const file = join(folder, "scenario.json");
    writeFileSync(file, JSON.stringify(content));
    return dyn("compare", file, ...args);
  });
}

describe("dyn compare --json", () => {
  const { code, stdout, stderr } = compareContent(SMALL, "--json");
  const { theory, simulation, agreement, ...rest } = JSON.parse(stdout);

  it("prints theory, simulation and agreement as the contract says", () => {
    expect([code, stderr, rest]).toEqual([0, "", {}]);
    expect([theory.status, simulation.status, agreement.verdict]).toEqual(["ok", "ok", "agree"]);
    expect(theory.pmse).toHaveLength(11);
    expect(simulation.runs).toHaveLength(10);
    expect(agreement.perTime).toHaveLength(11);
    expect(agreement).not.toHaveProperty("exponent");
  });

  it("takes the theory that data name, D → ∞, from the state the runs start from", () => {
    expect(theory.scenario.data).not.toHaveProperty("dimension");
    expect(theory.scenario.initial).toEqual(simulation.scenario.initial);
    expect(theory.scenario.initial.crossBulk[0][0]).not.toBe(0);
    const solved = inFolder((folder) => {
      const file = join(folder, "scenario.json");
      writeFileSync(file, JSON.stringify(theory.scenario));
      return JSON.parse(dyn("solve", file, "--json").stdout);
    });
    expect(solved.pmse).toEqual(theory.pmse);
  });

  it("has z, verdict and deviations that follow from its own arrays", () => {
    const [{ mean, standardError }] = simulation.summary;
    const { sigmas, relativeBias } = theory.scenario.comparison;
    agreement.perTime.forEach((one: Record<string, number>, i: number) => {
      expect([one.dimension, one.t]).toEqual([1000, theory.t[i]]);
      expect([one.theory, one.mean, one.standardError]).toEqual([
        theory.pmse[i],
        mean[i],
        standardError[i],
      ]);
      if (i > 0) expect(one.z).toBe((one.mean - one.theory) / one.standardError);
      const allowed = sigmas * one.standardError + (relativeBias / 1000) * one.theory;
      expect(one.apart).toBe(Math.abs(one.mean - one.theory) > allowed);
    });
    expect(agreement.perTime[0].z).toBeNull();
    const z = agreement.perTime.map((one: { z: number }) => Math.abs(one.z));
    expect(agreement.largestZ).toBe(Math.max(...z));
    const relative = simulation.runs.flatMap(({ pmse }: { pmse: number[] }) =>
      pmse.map((value, i) => value / theory.pmse[i] - 1),
    );
    const square = relative.reduce((sum: number, x: number) => sum + x * x, 0) / relative.length;
    expect(agreement.rmsRelativeDeviation[0].value).toBeCloseTo(Math.sqrt(square), 12);
  });
});

describe("dyn compare", () => {
  it("with several dimensions fits the exponent, and starts theory at each from its runs' state", () => {
    const { code, stdout } = compareContent(SMALL, "--json", "--dimension", "300,3000,30000");
    const { theory, simulation, agreement } = JSON.parse(stdout);
    expect([code, agreement.verdict]).toEqual([0, "agree"]);
    expect(agreement.perTime).toHaveLength(33);
    expect(agreement.rmsRelativeDeviation).toHaveLength(3);
    // ten seeds and a hundredfold D give the slope to 0.04
    expect(Math.abs(agreement.exponent + 0.5)).toBeLessThan(0.15);
    expect(Math.abs(agreement.limit.value)).toBeLessThan(4 * agreement.limit.standardError);
    expect(theory.pmse[10]).toBe(agreement.perTime[32].theory);
    expect(simulation.scenario.initial).toMatchObject({ kind: "random", std: 0.5, seed: 1 });
  });

  it("takes the theory of finite dimension where data name one", () => {
    const data = { ...SMALL.data, dimension: 60 };
    const simulation = { seeds: [1, 2, 3] };
    const { stdout } = compareContent({ ...SMALL, data, simulation }, "--json");
    const { theory, simulation: done } = JSON.parse(stdout);
    expect(theory.scenario.data.dimension).toBe(60);
    expect(done.scenario.simulation.dimension).toBe(60);
    // the same state, so the same error to rounding
    expect(theory.pmse[0]).toBeCloseTo(done.runs[0].pmse[0], 13);
  });

  it("prints a one-screen summary with the verdict", () => {
    const { stdout } = compareContent(SMALL, "--dimension", "100,1000");
    expect(stdout).toContain("theory against the mean of 10 runs at D = 1000");
    expect(stdout).toContain("deviation of one run ∝ D^(");
    expect(stdout).toMatch(/^agree: /m);
  });

  it("writes tables, record and report", () => {
    inFolder((folder) => {
      const file = join(folder, "scenario.json");
      const out = join(folder, "run");
      writeFileSync(file, JSON.stringify(SMALL));
      expect(dyn("compare", file, "--out", out).code).toBe(0);
      expect(readdirSync(out).sort()).toEqual(
        ["agreement.csv", "report.html", "run.json", "theory.csv", "trajectory.csv"].sort(),
      );
      const lines = (name: string) => readFileSync(join(out, name), "utf8").trimEnd().split("\n");
      expect(lines("agreement.csv")[0]).toBe("dimension,t,theory,mean,standardError,z,apart");
      expect(lines("agreement.csv")).toHaveLength(12);
      expect(lines("trajectory.csv")).toHaveLength(111);
      expect(lines("theory.csv")[1]).toMatch(/^0,.*,1000$/);
      expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8")).agreement.verdict).toBe(
        "agree",
      );
      // another verb's run in its place leaves no table of this one
      expect(dyn("solve", file, "--out", out, "--force").code).toBe(0);
      expect(readdirSync(out).sort()).toEqual(["report.html", "run.json", "trajectory.csv"]);
    });
  });

  it("needs two seeds", () => {
    const { code, stdout, stderr } = compareContent(SMALL, "--seeds", "1");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(
      "simulation.seeds: a single run has no standard error to compare by; give two seeds or more",
    );
  });

  it("ends with code 2 where runs diverge, and compares the times before", () => {
    const content = {
      ...SMALL,
      model: { hidden: 2, activation: "linear" },
      training: { learningRate: 2000 },
      time: { at: [0, 0.001, 5] },
    };
    const { code, stdout, stderr } = compareContent(content, "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout).agreement.perTime.length).toBeLessThan(3);
    expect(stderr).toMatch(/dyn: simulation: diverged: /);
  });
});

/*
 * A planted error: the command built with one wrong factor in the equations of motion. Simulation knows
 * nothing of it, so the comparison has to find it.
 */
describe("a wrong factor in the theory", () => {
  // at D = 20,000 the tolerance is some tenths of a per cent
  const FINE = ["--dimension", "20000"];
  const folder = join(root, "node_modules/.planted");
  const errors: [string, string, string][] = [
    ["c_k", "- 2 * T * one[ONE.dq11]", "- T * one[ONE.dq11]"],
    [
      "I2 in the decoder",
      "B[k * K + k] = eta * one[ONE.I2]",
      "B[k * K + k] = 1.1 * eta * one[ONE.I2]",
    ],
    ["the masks of truncated SGD", "if (truncated) continue;", ""],
  ];

  beforeAll(async () => {
    await Promise.all(
      errors.map(([, right, wrong], i) =>
        build({
          entryPoints: {
            dyn: join(root, "src/cli/main.ts"),
            "simulation-worker": join(root, "src/cli/simulation-worker.ts"),
          },
          outdir: join(folder, String(i)),
          bundle: true,
          splitting: true,
          format: "esm",
          platform: "node",
          packages: "external",
          plugins: [
            {
              name: "planted error",
              setup: (context) =>
                context.onLoad({ filter: /equations-of-motion\.ts$/ }, ({ path }) => {
                  const text = readFileSync(path, "utf8");
                  expect(text.split(right)).toHaveLength(2);
                  return { contents: text.replace(right, wrong), loader: "ts" };
                }),
            },
          ],
        }),
      ),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(errors.map(([name], i) => ({ name, i })))("in $name ends with code 3", ({ i }) => {
    const rule = i === 2 ? "truncated" : "sgd";
    inFolder((temporary) => {
      const file = join(temporary, "scenario.json");
      writeFileSync(file, JSON.stringify({ ...SMALL, training: { rule, learningRate: 1 } }));
      const planted = join(folder, String(i), "dyn.js");
      expect(existsSync(planted)).toBe(true);
      const { code, stdout, stderr } = run(planted, ["compare", file, ...FINE]);
      expect([code, stderr]).toEqual([3, ""]);
      expect(stdout).toMatch(/^apart: \|mean − theory\| is beyond 5 standard errors/m);
      expect(dyn("compare", file, ...FINE).code).toBe(0);
    });
  });
});
