import type { Section, Table } from "../../../src/report/page/report.js";
import { threeDigits } from "../digits.js";
import type { EndRun, EndTimes } from "../end-time.js";
import { colourOf, linesBy, logLogFigure } from "../figures.js";

/** Pictures of cost against the end time. */
export function endTimeSection(cases: readonly EndTimes[]): Section {
  const figure = (runs: readonly EndRun[], y: "evaluations" | "milliseconds") =>
    logLogFigure(
      linesBy(
        runs,
        ({ method }) => method,
        ({ method }) => colourOf(method),
        (run) => [run.end, run[y]],
      ),
      { x: "end time", y },
    );
  return {
    title: "Cost against the end time",
    note: "Sigmoids on noiseless data at the shipped relTol of 1e-9, with the end as the only output. A line stops where the next solve would take too long.",
    panels: cases.flatMap(({ title, runs }) => [
      { title: `evaluations, ${title}`, figure: figure(runs, "evaluations") },
      { title: `time, ${title}`, figure: figure(runs, "milliseconds") },
    ]),
    tables: cases.map(endTable),
  };
}

/** Evaluations and milliseconds of every method, one end time a row. */
function endTable({ title, runs }: EndTimes): Table {
  const methods = [...new Set(runs.map(({ method }) => method))];
  const ends = [...new Set(runs.map(({ end }) => end))].sort((a, b) => a - b);
  const cells = (end: number, method: string) => {
    const run = runs.find((one) => one.end === end && one.method === method);
    return run ? [String(run.evaluations), threeDigits(run.milliseconds)] : ["–", "–"];
  };
  return {
    title: `evaluations and ms, ${title}`,
    header: ["t", ...methods.flatMap((method) => [method, "ms"])],
    rows: ends.map((end) => [
      end.toExponential().replace("+", ""),
      ...methods.flatMap((method) => cells(end, method)),
    ]),
  };
}
