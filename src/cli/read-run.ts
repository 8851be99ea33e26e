import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { type Comparison, compareWithTheory } from "../analyse/comparison.js";
import type { Solution } from "../integrate/solve.js";
import { STATUSES } from "../integrate/status.js";
import { type Experiment, resolveScenario } from "../model/resolve.js";
import { timeGrid } from "../model/time-grid.js";
import {
  type LabelledTrajectory,
  readTrajectories,
  withAmplitudes,
} from "../report/read-trajectory.js";
import { parseScenario } from "../scenario/parse.js";
import { planSimulation } from "../simulate/plan.js";
import { gather, type Simulation } from "../simulate/simulate.js";
import { emptyTrajectory } from "../trajectory.js";
import { explainFileError, readLines } from "./files.js";
import { UsageError } from "./usage-error.js";

/** A run as it was written by --out; nothing of it is calculated anew but means and agreement. */
export type StoredRun = { readonly record: object } & (
  | { readonly kind: "solution"; readonly solution: Solution }
  | { readonly kind: "simulation"; readonly simulation: Simulation }
  | { readonly kind: "comparison"; readonly comparison: Comparison }
);

const provenance = z.object({
  version: z.string(),
  scenarioHash: z.string(),
  node: z.string(),
  dependencies: z.record(z.string(), z.string()),
});
const work = {
  method: z.string(),
  steps: z.number(),
  rejected: z.number(),
  evaluations: z.number(),
  decompositions: z.number().optional(),
  parts: z
    .array(
      z.object({
        method: z.enum(["odex", "seulex", "bdf"]),
        from: z.number(),
        to: z.number(),
        steps: z.number(),
        evaluations: z.number(),
        reason: z.string(),
      }),
    )
    .default([]), // runs of 0.1.0 have none
};
const theory = z.looseObject({
  status: z.enum(STATUSES),
  message: z.string().optional(),
  pca: z.array(z.number()),
  scenario: z.looseObject({}),
  stats: z.object({ ...work, seconds: z.number(), reduced: z.literal(true).optional() }),
  provenance,
});
const simulation = z.looseObject({
  status: z.enum(["ok", "diverged"]),
  runs: z.array(
    z.looseObject({
      seed: z.number(),
      dimension: z.number(),
      status: z.enum(["ok", "diverged"]),
    }),
  ),
  scenario: z.looseObject({}),
  stats: z.looseObject({ seconds: z.number() }),
  provenance,
});
const comparison = z.looseObject({ agreement: z.looseObject({}), theory, simulation });

/**
 * Reads a run directory.
 * @throws UsageError where a file is missing or isn't what --out writes
 */
export function readRun(directory: string): StoredRun {
  const record = readRecord(join(directory, "run.json"));
  if ("agreement" in record) {
    const { theory: header, simulation: runs } = comparison.parse(record);
    const read = readSimulation(directory, runs);
    const theories = readTheories(directory, header, runs.scenario);
    return { kind: "comparison", record, comparison: compareWithTheory(theories, read) };
  }
  if ("runs" in record) {
    const read = readSimulation(directory, simulation.parse(record));
    return { kind: "simulation", record, simulation: read };
  }
  return { kind: "solution", record, solution: readSolution(directory, theory.parse(record)) };
}

/** The record as it stands in the file, found to be one. */
function readRecord(file: string): object {
  if (!existsSync(file)) {
    throw new UsageError(`${file}: not there; a run is a folder that --out has written`);
  }
  try {
    const json = JSON.parse(readFileSync(file, "utf8"));
    const kind = json?.agreement ? comparison : json?.runs ? simulation : theory;
    kind.parse(json);
    return json;
  } catch (error) {
    if (error instanceof z.ZodError) {
      const [{ path, message }] = error.issues;
      throw new UsageError(`${file}: ${path.join(".") || "the file"}: ${message}`);
    }
    if (error instanceof SyntaxError) throw new UsageError(`${file}: ${error.message}`);
    throw new UsageError(`${file}: ${explainFileError(error)}`);
  }
}

function readSolution(directory: string, header: z.output<typeof theory>): Solution {
  const experiment = resolveScenario(parseScenario(header.scenario));
  const [read] = readTable(directory, "trajectory.csv", experiment, []);
  return solutionFrom(header, experiment, read);
}

function solutionFrom(
  { status, message, pca, stats }: z.output<typeof theory>,
  { scenario, spectrum }: Experiment,
  read: LabelledTrajectory | undefined,
): Solution {
  const { hidden } = scenario.model;
  const trajectory = read?.trajectory ?? emptyTrajectory(0, hidden, spectrum.rho.length, false);
  return { status, message, pca, stats, scenario, trajectory };
}

function readTheories(
  directory: string,
  header: z.output<typeof theory>,
  scenario: object,
): Comparison["theories"] {
  const given = parseScenario(scenario);
  const starts = planSimulation(given).experiments;
  const [any] = [...starts.values()];
  const read = readTable(directory, "theory.csv", any, ["dimension"]);
  return [...starts].map(([dimension, start]) => {
    const experiment = resolveScenario({ ...given, initial: start.scenario.initial });
    const one = read.find(({ labels }) => labels[0] === dimension);
    return { dimension, solution: solutionFrom(header, experiment, one) };
  });
}

function readSimulation(directory: string, header: z.output<typeof simulation>): Simulation {
  const scenario = parseScenario(header.scenario);
  const plan = planSimulation(scenario);
  const [any] = [...plan.experiments.values()];
  const labels = ["dimension", "seed", "steps"];
  const read = readTable(directory, "trajectory.csv", any, labels);
  const states = plan.runs.map(({ dimension, seed }) => {
    const here = (one: { dimension: number; seed: number }) =>
      one.dimension === dimension && one.seed === seed;
    const status = header.runs.find(here)?.status ?? "ok";
    const found = read.find(({ labels: [D, s] }) => here({ dimension: D, seed: s }));
    const { hidden } = scenario.model;
    const trajectory =
      found?.trajectory ?? emptyTrajectory(0, hidden, any.spectrum.rho.length, false);
    return { status, count: trajectory.t.length, trajectory };
  });
  return gather(scenario, plan, states, header.stats.seconds);
}

/** Trajectories of one table, with the amplitudes of the other where it has no room for them. */
function readTable(
  directory: string,
  name: keyof typeof AMPLITUDES,
  { scenario, spectrum }: Experiment,
  labels: readonly string[],
): LabelledTrajectory[] {
  const times = timeGrid(scenario.time).length;
  const { hidden } = scenario.model;
  const shape = { hidden, modes: spectrum.rho.length, times, labels };
  const read = explained(join(directory, name), (file) => readTrajectories(readLines(file), shape));
  const beside = join(directory, AMPLITUDES[name]);
  if (!existsSync(beside)) return read;
  return explained(beside, (file) => withAmplitudes(read, readLines(file), shape));
}

const AMPLITUDES = {
  "trajectory.csv": "amplitudes.csv",
  "theory.csv": "theory-amplitudes.csv",
} as const;

/** @throws UsageError where a file isn't what it should be */
function explained<T>(file: string, read: (file: string) => T): T {
  try {
    return read(file);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${file}: ${error.message}`);
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "not there; the run isn't whole" : explainFileError(error);
    throw new UsageError(`${file}: ${why}`);
  }
}
