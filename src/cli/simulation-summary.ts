import type { Comparison } from "../analyse/comparison.js";
import { deviationTable, scalingOf, timesTable, verdictOf } from "../report/agreement-rows.js";
import { mainTheory } from "../report/comparison-record.js";
import { describeSetting } from "../report/setting.js";
import { shortNumber } from "../report/short-number.js";
import { dimensionTable, largest, meanTable } from "../report/simulation-rows.js";
import { spreadOut } from "../report/spread-out.js";
import type { Simulation } from "../simulate/simulate.js";
import { oneLine } from "./complain.js";
import { errorPlot, type Style, textTable } from "./text.js";

/** The one-screen summary of a simulation, line by line. */
export function summariseSimulation(simulation: Simulation, style: Style): string[] {
  const { t, summary } = simulation;
  const { mean, pca } = largest(summary);
  return [
    ...heading(simulation, style),
    ...errorPlot(t.subarray(0, mean.length), mean, pca),
    ...textTable(meanTable(simulation), style),
    ...textTable(dimensionTable(simulation), style),
    style.dim(describeWork(simulation)),
  ];
}

const MARKS = 16;

/** The one-screen summary of a comparison: theory as a curve, simulation as marks, the verdict. */
export function summariseComparison(comparison: Comparison, style: Style): string[] {
  const { simulation } = comparison;
  const { trajectory, pca } = mainTheory(comparison).solution;
  const { mean } = largest(simulation.summary);
  const marks = spreadOut(mean.length, MARKS).map((i) => ({ x: simulation.t[i], y: mean[i] }));
  const [verdict, why] = verdictOf(comparison);
  const paint = verdict === "agree" ? style.green : style.red;
  return [
    ...heading(simulation, style),
    ...errorPlot(trajectory.t, trajectory.pmse, pca, marks),
    ...textTable(timesTable(comparison), style),
    ...textTable(deviationTable(comparison), style),
    ...scalingOf(comparison),
    `${paint(verdict)}: ${why}`,
    style.dim(describeWork(simulation)),
  ];
}

function heading({ scenario, status, message }: Simulation, style: Style): string[] {
  const lines = [style.bold(oneLine(scenario.title)), style.dim(describeSetting(scenario)), ""];
  if (status !== "ok") lines.push(style.red(`${status}: ${message}`), "");
  return lines;
}

function describeWork({ stats }: Simulation): string {
  const { runs, steps, seconds } = stats;
  const what = `${runs} ${runs === 1 ? "run" : "runs"}, ${shortNumber(steps)} steps`;
  return `${what}, ${shortNumber(seconds)} s`;
}
