import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { solve } from "../../src/integrate/solve.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { validateTrajectory } from "../support/validate-trajectory.js";

interface Reference {
  scenario: { title: string; time: { at: number[] } };
  pmse: number[];
  final: Record<"Q" | "R" | "T0" | "T1", number[][]>;
}

const directory = new URL("../fixtures/reference/", import.meta.url);
const references = readdirSync(directory).map(
  (file) => JSON.parse(readFileSync(new URL(file, directory), "utf8")) as Reference,
);

it("has references for every activation, rule and kind of data", () => {
  expect(references.length).toBeGreaterThanOrEqual(8);
});

// The references come from scipy at rtol 1e-13 along another route (fixtures/reference.py).
describe.each(references)("$scenario.title", ({ scenario, pmse, final }) => {
  const solution = solve(resolveScenario(parseScenario(scenario)));
  const { trajectory } = solution;
  const K = trajectory.hidden;
  const last = trajectory.t.length - 1;

  it("has the reference's pmse to 1e-8 at relTol 1e-9", () => {
    expect(solution.status).toBe("ok");
    const errors = pmse.map((exact, i) => Math.abs(trajectory.pmse[i] / exact - 1));
    expect(Math.max(...errors)).toBeLessThan(1e-8);
  });

  it.each(["Q", "R", "T0", "T1"] as const)("ends on the reference's %s", (name) => {
    const exact = final[name].flat();
    const scale = Math.max(...exact.map(Math.abs));
    const values = trajectory[name].subarray(last * K * K, (last + 1) * K * K);
    const errors = exact.map((x, i) => Math.abs(values[i] - x) / scale);
    expect(Math.max(...errors)).toBeLessThan(1e-7);
  });

  it("is a valid trajectory", () => {
    validateTrajectory(trajectory, scenario.time.at);
  });
});
