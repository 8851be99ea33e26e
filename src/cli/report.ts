import { existsSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { resolveScenario } from "../model/resolve.js";
import { comparisonHeader } from "../report/comparison-record.js";
import { comparisonReport } from "../report/comparison-report.js";
import { reportPage } from "../report/page/page.js";
import type { Report } from "../report/page/report.js";
import { runHeader } from "../report/run-record.js";
import { simulationReport } from "../report/simulation-report.js";
import { solutionReport } from "../report/solution-report.js";
import { loadScenario } from "../scenario/load.js";
import type { Scenario } from "../scenario/schema.js";
import { planSimulation } from "../simulate/plan.js";
import { amplitudesOf } from "./amplitudes.js";
import {
  carryOutComparison,
  comparisonProvenance,
  outcomeOf,
  refuseSingleSeed,
} from "./compare.js";
import { complain } from "./complain.js";
import { explainFileError, writeWholeFile } from "./files.js";
import { openFile } from "./open.js";
import { plotlySource } from "./plotly.js";
import { provenanceOf } from "./provenance.js";
import { readRun, type StoredRun } from "./read-run.js";
import type { ReportArguments } from "./report-arguments.js";
import { INTERRUPTED } from "./run-simulation.js";
import { solveWithProgress } from "./solve.js";
import { writeOutput } from "./standard-output.js";
import { UsageError } from "./usage-error.js";

const REPORT = "report.html";

/** `dyn report`: returns the exit code. */
export async function runReport(args: ReportArguments): Promise<number> {
  const run = runDirectoryOf(args.target);
  if (run !== undefined && args.set.length > 0) {
    throw new UsageError("--set changes a scenario; a finished run stays as it is");
  }
  const file = destination(args, run);
  const made = run === undefined ? await ofScenario(args) : storedRun(run);
  if (!made) return INTERRUPTED;
  try {
    writeWholeFile(file, reportPage(made.report, plotlySource()));
  } catch (error) {
    throw new UsageError(`${file}: ${explainFileError(error)}`);
  }
  process.exitCode = made.code;
  await writeOutput([`${file}\n`]);
  for (const failure of made.failures) complain(failure);
  if (args.open) await openFile(file);
  return made.code;
}

/** The folder of a run, where that is meant. */
function runDirectoryOf(target: string): string | undefined {
  if (basename(target) === "run.json") return dirname(target);
  return statSync(target, { throwIfNoEntry: false })?.isDirectory() ? target : undefined;
}

/** A run's report is part of the run and is made anew; others aren't overwritten without --force. */
function destination({ target, out, force }: ReportArguments, run: string | undefined): string {
  if (out === undefined && run !== undefined) return join(run, REPORT);
  const named = out ?? `${basename(target, extname(target))}.html`;
  const file = /\.html?$/i.test(named) ? named : join(named, REPORT);
  if (existsSync(file) && !force) {
    throw new UsageError(`${file}: is there already; --force overwrites it`);
  }
  return file;
}

function storedRun(directory: string): Made {
  return { report: ofRun(readRun(directory)), code: 0, failures: [] };
}

/** The report of a stored run; its record is the run's own, with its times and provenance. */
function ofRun(run: StoredRun): Report {
  if (run.kind === "solution") return solutionReport(run.solution, run.record);
  if (run.kind === "simulation") return simulationReport(run.simulation, run.record);
  return comparisonReport(run.comparison, run.record);
}

interface Made {
  readonly report: Report;
  readonly code: number;
  readonly failures: readonly string[];
}

/** Solves a scenario, and where it has a simulation compares it with that. */
async function ofScenario(args: ReportArguments): Promise<Made | undefined> {
  const scenario = await loadScenario(args.target, args.set);
  if (scenario.simulation && args.simulation) return comparisonMade(scenario, args.progress);
  const solution = await solveWithProgress(resolveScenario(scenario), {}, args.progress);
  const record = runHeader(solution, provenanceOf(solution.scenario));
  const { status, message } = solution;
  const failed = status !== "ok";
  return {
    report: solutionReport(solution, record),
    code: failed ? 2 : 0,
    failures: failed ? [`${status}: ${message}`] : [],
  };
}

async function comparisonMade(scenario: Scenario, progress: boolean): Promise<Made | undefined> {
  const plan = planSimulation(scenario);
  refuseSingleSeed(plan);
  const { keep } = amplitudesOf(plan, false);
  const work = { progress };
  const comparison = await carryOutComparison(scenario, plan, keep, work);
  if (!comparison) return undefined;
  const record = comparisonHeader(comparison, comparisonProvenance(comparison));
  return { report: comparisonReport(comparison, record), ...outcomeOf(comparison) };
}
