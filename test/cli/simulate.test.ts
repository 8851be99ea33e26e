import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dyn, inFolder } from "../support/command.js";
import { SMALL, simulateContent, untimed } from "../support/simulations.js";

describe("dyn simulate --json", () => {
  const { code, stdout, stderr } = simulateContent(SMALL, "--json");
  const result = JSON.parse(stdout);

  it("prints one object with everything the contract names, and nothing else", () => {
    expect([code, stderr, result.status]).toEqual([0, "", "ok"]);
    expect(Object.keys(result)).toEqual(
      "status t runs summary scenario stats provenance".split(" "),
    );
    expect(result.t).toEqual([0, 0.5, 4]);
    expect(result.runs.map((run: { seed: number }) => run.seed)).toEqual([1, 2]);
    for (const run of result.runs) {
      expect(Object.keys(run)).toEqual(
        "seed dimension engine status steps pmse orderParameters amplitudes bias".split(" "),
      );
      expect([run.dimension, run.engine, run.status]).toEqual([50, "exact", "ok"]);
      expect(run.steps).toEqual([0, 25, 200]);
      expect(run.pmse).toHaveLength(3);
      expect(run.orderParameters.Q[2]).toHaveLength(2);
      expect(run.amplitudes.encoder[2][1]).toHaveLength(2);
      expect(run.bias[2]).toEqual([0, 0]);
    }
    expect(result.stats.steps).toBe(400);
  });

  it("has mean and standard error of the runs", () => {
    const [{ dimension, mean, standardError }] = result.summary;
    const [a, b] = result.runs.map((run: { pmse: number[] }) => run.pmse[2]);
    expect(dimension).toBe(50);
    expect(mean[2]).toBeCloseTo((a + b) / 2, 14);
    expect(standardError[2]).toBeCloseTo(Math.abs(a - b) / 2, 14);
    expect(standardError[0]).toBe(0);
  });

  it("starts all runs from the state that the resolved scenario has, which gives them again", () => {
    const { scenario } = result;
    expect(scenario.initial.kind).toBe("explicit");
    for (const run of result.runs) {
      run.amplitudes.encoder[0].flat().forEach((value: number, i: number) => {
        expect(value).toBeCloseTo(scenario.initial.encoder.flat()[i], 14);
      });
    }
    const again = untimed(simulateContent(scenario, "--json").stdout);
    expect(again.runs).toEqual(result.runs);
  });

  it("has null where a standard error doesn't exist", () => {
    const { stdout } = simulateContent(SMALL, "--json", "--seeds", "3");
    expect(JSON.parse(stdout).summary[0].standardError).toEqual([null, null, null]);
  });
});

describe("dyn simulate", () => {
  it("prints a one-screen summary", () => {
    const { code, stdout, stderr } = simulateContent(SMALL, "--dimension", "50,200");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("mean of 2 runs at D = 200");
    expect(stdout).toContain("std. error");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("prints all runs as tidy CSV, the contract's columns first", () => {
    const { stdout } = simulateContent(SMALL, "--csv", "--dimension", "50,200", "--seeds", "4-6");
    const [header, ...lines] = stdout.trimEnd().split("\n");
    expect(header).toMatch(/^t,pmse,Q_1_1,.*,decoder_2_2,dimension,seed,steps$/);
    expect(lines).toHaveLength(2 * 3 * 3);
    expect(lines[17]).toMatch(/^4,.*,200,6,800$/);
  });

  it("writes a run directory whose files don't depend on the workers", () => {
    inFolder((folder) => {
      const file = join(folder, "scenario.json");
      writeFileSync(file, JSON.stringify(SMALL));
      const out = (name: string, ...args: string[]) => {
        expect(dyn("simulate", file, "--out", join(folder, name), ...args).code).toBe(0);
        return readFileSync(join(folder, name, "trajectory.csv"), "utf8");
      };
      expect(out("a")).toBe(out("b", "--workers", "2"));
      expect(readdirSync(join(folder, "a")).sort()).toEqual(
        ["report.html", "run.json", "trajectory.csv"].sort(),
      );
      const record = JSON.parse(readFileSync(join(folder, "a/run.json"), "utf8"));
      expect(record.runs).toHaveLength(2);
      expect(record.started).toMatch(/^\d{4}-/);
      const refused = dyn("simulate", file, "--out", join(folder, "a"));
      expect([refused.code, refused.stdout]).toEqual([1, ""]);
      expect(refused.stderr).toContain("--force overwrites it");
    });
  });

  it("keeps the good times of runs that diverge, and ends with code 2", () => {
    const content = { ...SMALL, model: { hidden: 2, activation: "linear" } };
    const { code, stdout, stderr } = simulateContent(
      content,
      "--json",
      ...["--set", "training.learningRate=200", "--set", 'time={"at":[0,0.02,10]}'],
    );
    const result = JSON.parse(stdout);
    expect([code, result.status]).toEqual([2, "diverged"]);
    expect(result.t).toEqual([0, 0.02, 10]);
    for (const { status, pmse, steps } of result.runs) {
      expect([status, steps]).toEqual(["diverged", [0, 1]]);
      expect(pmse).toHaveLength(2);
    }
    expect(result.summary[0].mean).toHaveLength(2);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect(stderr).toBe(`dyn: diverged: ${result.message}\n`);
    expect(result.message).toMatch(/2 of 2 runs, the first D = 50, seed 1 after t = 0.02; lower /);
  });

  it("trains on latents that aren't Gaussian, which theory can't do yet", () => {
    const set = ["--set", 'data.latents="two-point"'];
    const { code, stdout } = simulateContent(SMALL, "--json", ...set);
    expect([code, JSON.parse(stdout).status]).toEqual([0, "ok"]);
    inFolder((folder) => {
      const file = join(folder, "scenario.json");
      writeFileSync(file, JSON.stringify(SMALL));
      const { code, stdout, stderr } = dyn("compare", file, ...set);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/data.latents: "two-point" is not available yet; use .*dyn simulate/);
    });
  });
});

it("auto takes the direct engine where the exact one doesn't exist", () => {
  const { stdout } = simulateContent(SMALL, "--json", "--dimension", "6,7");
  const engines = JSON.parse(stdout).runs.map((run: { engine: string }) => run.engine);
  expect(engines).toEqual(["direct", "direct", "exact", "exact"]);
});
