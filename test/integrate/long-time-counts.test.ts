import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DenseSystem } from "../../src/integrate/dense-system.js";
import { integrateSeulex } from "../../src/integrate/seulex.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { theoryOf } from "../../src/theory/theory-of.js";
import { root } from "../support/command.js";
import { experimentWith, solveWith } from "../support/scenarios.js";

/* The README's table of evaluations to long times, row by row. */

const RANDOM = { kind: "random", std: 0.1, seed: 1 } as const;
const ROWS = [
  { name: "K = 1, random start", spikes: [1], initial: RANDOM },
  { name: "K = M = 3, informed start", spikes: [1, 0.3, 0.1], initial: { kind: "informed" } },
  { name: "K = M = 3, random start", spikes: [1, 0.3, 0.1], initial: RANDOM },
] as const;

const readme = readFileSync(join(root, "README.md"), "utf8");

/** The numbers of the table's row of this name. */
function shown(name: string): number[] {
  const row = readme.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? "";
  return row
    .split("|")
    .slice(2, -1)
    .map((cell) => Number(cell.replaceAll(",", "")));
}

/** SEULEX in the weights themselves, with the equations as they stand. */
function plainSeulex(content: ScenarioInput): number {
  const { system, equations, implicit, start } = theoryOf(experimentWith(content));
  const { K, count } = system;
  const problem = {
    start,
    drift: (y: Float64Array, dy: Float64Array) => equations.drift(y, dy),
    system: new DenseSystem(start.length, implicit().jacobian),
    cost: 3 * K * K * count + 10 * K * K,
  };
  const tolerances = { relTol: 1e-9, absTol: 1e-12, maxSteps: 1e6 };
  const { status, work } = integrateSeulex(problem, Float64Array.of(1e9), tolerances, () => {});
  expect(status).toBe("ok");
  return work.evaluations;
}

it.each(ROWS)("$name: the README's evaluations", ({ name, spikes, initial }) => {
  const content = {
    title: name,
    model: { hidden: spikes.length, activation: "sigmoid" },
    data: { kind: "spiked", spikes: [...spikes], bulk: 0 },
    training: { learningRate: 1 },
    initial,
    time: { at: [1e9] },
  } satisfies ScenarioInput;
  const evaluations = (method: "odex" | "seulex" | "bdf", end: number) =>
    solveWith({ ...content, time: { at: [end] }, integrator: { method } }).stats.evaluations;
  const found = [
    experimentVariables(content),
    evaluations("odex", 1e4),
    evaluations("seulex", 1e4),
    evaluations("seulex", 1e9),
    plainSeulex(content),
    evaluations("bdf", 1e9),
  ];
  // other versions of V8 round atan2 and exp otherwise, and steps near their tolerance then differ
  found.forEach((count, i) => {
    expect(count / shown(name)[i]).toBeGreaterThan(0.9);
    expect(count / shown(name)[i]).toBeLessThan(1.1);
  });
});

function experimentVariables(content: ScenarioInput): number {
  return theoryOf(experimentWith(content)).start.length;
}
