import { MOST_AMPLITUDES, type Solution, type SolveOptions, solve } from "../integrate/solve.js";
import { type Experiment, resolveScenario } from "../model/resolve.js";
import { timeGrid } from "../model/time-grid.js";
import { runHeader, runJson } from "../report/run-record.js";
import { shortNumber } from "../report/short-number.js";
import { solutionReport } from "../report/solution-report.js";
import { amplitudesCsv, MOST_AMPLITUDE_COLUMNS, trajectoryCsv } from "../report/trajectory-csv.js";
import { loadScenario } from "../scenario/load.js";
import { warnAmplitudes } from "./amplitudes.js";
import { complain } from "./complain.js";
import { type ResultArguments, show } from "./output.js";
import { provenanceOf } from "./provenance.js";
import { prepareRunDirectory, present } from "./run-directory.js";
import { summarise } from "./summary.js";
import { terminalStyle } from "./text.js";

/** `dyn solve`: returns the exit code. */
export async function runSolve(args: ResultArguments & { reduced: boolean }): Promise<number> {
  const experiment = resolveScenario(await loadScenario(args.scenario, args.set));
  if (args.out !== undefined) prepareRunDirectory(args.out, args.force);
  const K = experiment.scenario.model.hidden;
  const perTime = K * experiment.spectrum.rho.length;
  const count = timeGrid(experiment.scenario.time).length * perTime;
  const inJson = args.amplitudes || count <= MOST_AMPLITUDES;
  const inCsv = perTime <= MOST_AMPLITUDE_COLUMNS;
  const out = args.out !== undefined;
  const needed = ((args.json || out) && inJson) || ((args.csv || out) && inCsv);
  const started = new Date();
  const options = { amplitudes: needed, reduced: args.reduced };
  const solution = await solveWithProgress(experiment, options, args.progress);
  if (args.json && !inJson) warnAmplitudes(count);
  // set before printing, which may end with its reader
  process.exitCode = solution.status === "ok" ? 0 : 2;
  await show(outputOf(solution, inJson), args, started);
  if (solution.status === "ok") return 0;
  complain(`${solution.status}: ${solution.message}`);
  return 2;
}

function outputOf(solution: Solution, amplitudesInJson: boolean) {
  const provenance = provenanceOf(solution.scenario);
  const { trajectory } = solution;
  const printed = amplitudesInJson ? trajectory : { ...trajectory, amplitudes: undefined };
  return {
    json: () => runJson({ ...solution, trajectory: printed }, provenance),
    csv: () => trajectoryCsv(trajectory),
    summary: () => summarise(solution, terminalStyle()),
    header: () => runHeader(solution, provenance),
    report: (record: object) => solutionReport(solution, record),
    tables: present({
      "trajectory.csv": trajectoryCsv(trajectory),
      "amplitudes.csv": amplitudesCsv([trajectory]),
    }),
  };
}

/** Solves, with a bar on a terminal where one is wanted. */
export async function solveWithProgress(
  experiment: Experiment,
  options: SolveOptions,
  progress: boolean,
): Promise<Solution> {
  if (!progress || !process.stderr.isTTY) return solve(experiment, options);
  const { startProgress } = await import("./progress.js");
  const times = timeGrid(experiment.scenario.time);
  const end = times[times.length - 1];
  const label = (t: number) => `t = ${shortNumber(t)} of ${shortNumber(end)}`;
  const bar = startProgress(end, label(0));
  try {
    return solve(experiment, { ...options, onProgress: (t) => bar.update(t, label(t)) });
  } finally {
    bar.stop();
  }
}
