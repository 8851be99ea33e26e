import type { Comparison } from "../analyse/comparison.js";
import { findPlateaus } from "../analyse/plateaus.js";
import { agreementCsv } from "./agreement-csv.js";
import { deviationTable, scalingOf, timesTable, verdictOf } from "./agreement-rows.js";
import { mainTheory } from "./comparison-record.js";
import { MOST_CELLS, trajectoryTable } from "./data-tables.js";
import { type Course, meanCourse, theoryCourse } from "./draw/course.js";
import { type ErrorCurve, errorFigure } from "./draw/error-figure.js";
import { excessPanels } from "./draw/excess-figure.js";
import type { DataTable, Report } from "./page/report.js";
import { describeSetting } from "./setting.js";
import { meanCurves, simulationData } from "./simulation-report.js";
import { PLATEAU_NOTE, plateauTable } from "./solution-report.js";
import { componentsLearnt, stateSections } from "./state-sections.js";

/**
 * The report of a comparison: theory as lines, the runs' means as points, and how they agree.
 * @param record what run.json says
 */
export function comparisonReport(comparison: Comparison, record: object): Report {
  const { simulation } = comparison;
  const { scenario } = simulation;
  const { solution } = mainTheory(comparison);
  const { trajectory, pca } = solution;
  const plateaus = findPlateaus(trajectory.t, trajectory.pmse, pca);
  const components = componentsLearnt(solution.scenario, trajectory);
  const single = { name: "theory", trajectory };
  return {
    title: scenario.title,
    texts: [
      describeSetting(scenario),
      scenario.description,
      scenario.citation,
      ...scalingOf(comparison),
    ],
    alert: verdictOf(comparison),
    sections: [
      {
        panels: [
          {
            title: "Reconstruction error",
            figure: errorFigure(comparisonCurves(comparison), pca, plateaus),
            note: `Points: means over runs with standard errors. ${PLATEAU_NOTE}`,
            wide: true,
          },
          ...excessPanels(theoryCourse(solution), pca),
          ...components.panels,
        ],
        tables: [
          timesTable(comparison),
          deviationTable(comparison),
          plateauTable(solution),
          ...components.tables,
        ],
      },
      ...stateSections(solution.scenario, statesOf(comparison), single),
    ],
    data: [
      trajectoryTable("theory", trajectory),
      ...simulationData(simulation),
      ...agreementTable(comparison),
    ],
    scenarios: [{ name: "scenario", scenario }],
    record,
  };
}

/** A theory a dimension, unless all starts have the same one; the runs' points in its colour. */
export function comparisonCurves({ theories, simulation }: Comparison): ErrorCurve[] {
  const [first] = theories;
  const sameStart = theories.every(({ solution }) =>
    solution.trajectory.pmse.every((value, i) => value === first.solution.trajectory.pmse[i]),
  );
  const lines = (sameStart ? [first] : theories).map(({ dimension, solution }, colour) => {
    const { t, pmse } = theoryCourse(solution).trajectory;
    return { name: sameStart ? "theory" : `theory, start of D = ${dimension}`, t, pmse, colour };
  });
  const points = meanCurves(simulation).map((curve) => ({
    ...curve,
    colour: sameStart ? curve.colour + 1 : curve.colour,
  }));
  return [...lines, ...points];
}

/** The theory that stands for all, and the runs that belong to it. */
function statesOf(comparison: Comparison): Course[] {
  const { dimension, solution } = mainTheory(comparison);
  if (solution.trajectory.t.length === 0) return [];
  const points = meanCourse(comparison.simulation, dimension);
  return [theoryCourse(solution), ...(points.trajectory.t.length > 0 ? [points] : [])];
}

const COLUMNS = 7;

function agreementTable({ agreement }: Comparison): DataTable[] {
  if (agreement.perTime.length * COLUMNS <= MOST_CELLS) {
    return [{ name: "agreement", csv: () => agreementCsv(agreement) }];
  }
  return [];
}
