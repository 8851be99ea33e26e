import type { Simulation } from "../simulate/simulate.js";
import { type ErrorCurve, errorFigure } from "./error-figure.js";
import type { Report } from "./page.js";
import type { Provenance } from "./run-record.js";
import { simulationHeader } from "./simulation-record.js";
import { dimensionTable, largest, meanTable } from "./simulation-rows.js";

/** The report of a simulation: the mean learning curves with their standard errors. */
export function simulationReport(simulation: Simulation, provenance: Provenance): Report {
  const { scenario, status, message = "", summary } = simulation;
  return {
    title: scenario.title,
    texts: [scenario.description, scenario.citation],
    alert: status === "ok" ? undefined : [status, message],
    figure: errorFigure(meanCurves(simulation), largest(summary).pca),
    tables: [meanTable(simulation), dimensionTable(simulation)],
    record: simulationHeader(simulation, provenance),
  };
}

/** The mean of the runs at every dimension, with standard errors. */
export function meanCurves({ summary, t }: Simulation): ErrorCurve[] {
  return summary.map(({ dimension, mean, standardError }, colour) => ({
    name: `simulation, D = ${dimension}`,
    t: t.subarray(0, mean.length),
    pmse: mean,
    error: standardError,
    colour,
  }));
}
