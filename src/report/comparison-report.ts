import type { Comparison } from "../analyse/comparison.js";
import { deviationTable, scalingOf, timesTable, verdictOf } from "./agreement-rows.js";
import { type ComparisonProvenance, comparisonHeader, mainTheory } from "./comparison-record.js";
import { errorFigure } from "./error-figure.js";
import type { Report } from "./page.js";
import { meanCurves } from "./simulation-report.js";

/** The report of a comparison: theory as lines, the runs' means as points, and how they agree. */
export function comparisonReport(comparison: Comparison, from: ComparisonProvenance): Report {
  const { theories, simulation } = comparison;
  const { title, description, citation } = simulation.scenario;
  const lines = theories.map(({ dimension, solution: { trajectory } }, colour) => ({
    name: theories.length > 1 ? `theory, start of D = ${dimension}` : "theory",
    t: trajectory.t,
    pmse: trajectory.pmse,
    colour,
  }));
  return {
    title,
    texts: [description, citation, ...scalingOf(comparison)],
    alert: verdictOf(comparison),
    figure: errorFigure([...lines, ...meanCurves(simulation)], mainTheory(comparison).solution.pca),
    tables: [timesTable(comparison), deviationTable(comparison)],
    record: comparisonHeader(comparison, from),
  };
}
