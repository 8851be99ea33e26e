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
  const [first] = theories;
  const sameStart = theories.every(({ solution }) =>
    solution.trajectory.pmse.every((value, i) => value === first.solution.trajectory.pmse[i]),
  );
  const lines = (sameStart ? [first] : theories).map(({ dimension, solution }, colour) => ({
    name: sameStart ? "theory" : `theory, start of D = ${dimension}`,
    t: solution.trajectory.t,
    pmse: solution.trajectory.pmse,
    colour,
  }));
  const points = meanCurves(simulation).map((curve) => ({
    ...curve,
    colour: sameStart ? curve.colour + 1 : curve.colour,
  }));
  return {
    title,
    texts: [description, citation, ...scalingOf(comparison)],
    alert: verdictOf(comparison),
    figure: errorFigure([...lines, ...points], mainTheory(comparison).solution.pca),
    tables: [timesTable(comparison), deviationTable(comparison)],
    record: comparisonHeader(comparison, from),
  };
}
