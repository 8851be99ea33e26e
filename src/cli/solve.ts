import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import pc from "picocolors";
import { MOST_AMPLITUDES, type Solution, solve } from "../integrate/solve.js";
import { type Experiment, resolveScenario } from "../model/resolve.js";
import { timeGrid } from "../model/time-grid.js";
import { reportPage } from "../report/page.js";
import { runHeader, runJson } from "../report/run-record.js";
import { trajectoryCsv } from "../report/trajectory-csv.js";
import { loadScenario } from "../scenario/load.js";
import { complain } from "./complain.js";
import { provenanceOf } from "./provenance.js";
import { prepareRunDirectory, writeRunDirectory } from "./run-directory.js";
import { writeOutput } from "./standard-output.js";
import { summarise } from "./summary.js";

export interface SolveArguments {
  readonly scenario: string;
  readonly set: string[];
  readonly json: boolean;
  readonly csv: boolean;
  readonly out?: string;
  readonly force: boolean;
  readonly amplitudes: boolean;
  readonly progress: boolean;
}

const MOST_CSV_AMPLITUDES = 64;

/** `dyn solve`: returns the exit code. */
export async function runSolve(args: SolveArguments): Promise<number> {
  const experiment = resolveScenario(await loadScenario(args.scenario, args.set));
  if (args.out !== undefined) prepareRunDirectory(args.out, args.force);
  const inJson = args.amplitudes || amplitudeCount(experiment) <= MOST_AMPLITUDES;
  const inCsv = modesTimesHidden(experiment) <= MOST_CSV_AMPLITUDES;
  const needed = (args.json && inJson) || ((args.csv || args.out !== undefined) && inCsv);
  const started = new Date().toISOString();
  const solution = await solveWithProgress(experiment, needed, args.progress);
  const finished = new Date().toISOString();
  if (args.json && !inJson) warnAmplitudes(experiment);
  // set before printing, which may end with its reader
  process.exitCode = solution.status === "ok" ? 0 : 2;
  // printed first: a disk that has filled up meanwhile loses nothing
  await print(solution, args, inJson);
  if (args.out !== undefined) writeRun(solution, args.out, { started, finished });
  if (solution.status !== "ok") {
    complain(`${solution.status}: ${solution.message}`);
    return 2;
  }
  return 0;
}

async function solveWithProgress(
  experiment: Experiment,
  amplitudes: boolean,
  progress: boolean,
): Promise<Solution> {
  if (!progress || !process.stderr.isTTY) return solve(experiment, { amplitudes });
  const { startProgress } = await import("./progress.js");
  const times = timeGrid(experiment.scenario.time);
  const bar = startProgress(times[times.length - 1]);
  try {
    return solve(experiment, { amplitudes, onProgress: (t) => bar.update(t) });
  } finally {
    bar.stop();
  }
}

async function print(solution: Solution, args: SolveArguments, inJson: boolean): Promise<void> {
  if (args.json) {
    const trajectory = inJson
      ? solution.trajectory
      : { ...solution.trajectory, amplitudes: undefined };
    const provenance = provenanceOf(solution.scenario);
    await writeOutput(runJson({ ...solution, trajectory }, provenance));
  } else if (args.csv) {
    await writeOutput(trajectoryCsv(solution.trajectory));
  } else {
    await writeOutput([
      `${summarise(solution, pc.createColors(pc.isColorSupported && process.stdout.isTTY === true)).join("\n")}\n`,
    ]);
  }
}

function writeRun(
  solution: Solution,
  directory: string,
  timestamps: { started: string; finished: string },
): void {
  const provenance = provenanceOf(solution.scenario);
  const plotly = createRequire(import.meta.url).resolve("plotly.js-dist-min");
  const record = { ...runHeader(solution, provenance), ...timestamps };
  writeRunDirectory(directory, {
    "run.json": [`${JSON.stringify(record, null, 2)}\n`],
    "trajectory.csv": trajectoryCsv(solution.trajectory),
    "report.html": reportPage(solution, provenance, readFileSync(plotly, "utf8")),
  });
}

function modesTimesHidden({ scenario, spectrum }: Experiment): number {
  return scenario.model.hidden * spectrum.rho.length;
}

function amplitudeCount(experiment: Experiment): number {
  return timeGrid(experiment.scenario.time).length * modesTimesHidden(experiment);
}

function warnAmplitudes(experiment: Experiment): void {
  complain(
    `amplitudes are left out, ${amplitudeCount(experiment)} numbers; --amplitudes keeps them`,
  );
}
