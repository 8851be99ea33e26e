import type { Simulation } from "../simulate/simulate.js";
import type { Table } from "./page/report.js";
import { shortNumber } from "./short-number.js";
import { spreadOut } from "./spread-out.js";

const TIMES = 8;

/** Mean and standard error of the runs at some times, for the largest dimension. */
export function meanTable(simulation: Simulation): Table {
  const { dimension, mean, standardError } = largest(simulation.summary);
  const runs = simulation.runs.filter((run) => run.dimension === dimension).length;
  return {
    title: `mean of ${runs} ${runs === 1 ? "run" : "runs"} at D = ${dimension}`,
    header: ["t", "mean pmse", "std. error"],
    rows: spreadOut(mean.length, TIMES).map((i) => [
      shortNumber(simulation.t[i]),
      mean[i].toPrecision(4),
      Number.isNaN(standardError[i]) ? "–" : shortNumber(standardError[i]),
    ]),
  };
}

/** Every dimension's runs: how many, on which engine, and where they end. */
export function dimensionTable({ runs, summary }: Simulation): Table {
  return {
    title: "dimensions",
    header: ["D", "runs", "engine", "steps a run", "last pmse", "std. error"],
    rows: summary.map(({ dimension, mean, standardError }) => {
      const here = runs.filter((run) => run.dimension === dimension);
      const last = mean.length - 1;
      return [
        String(dimension),
        String(here.length),
        here[0].engine,
        shortNumber(Math.max(...here.map(({ steps }) => steps.at(-1) ?? 0))),
        last < 0 ? "–" : mean[last].toPrecision(4),
        last < 0 || Number.isNaN(standardError[last]) ? "–" : shortNumber(standardError[last]),
      ];
    }),
  };
}

/** What belongs to the largest dimension. */
export function largest<T extends { readonly dimension: number }>(items: readonly T[]): T {
  return items.reduce((a, b) => (b.dimension > a.dimension ? b : a));
}
