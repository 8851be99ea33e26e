import type { Simulation } from "../simulate/simulate.js";
import { meansTable } from "./data-tables.js";
import { type Course, meanCourse } from "./draw/course.js";
import { type ErrorCurve, errorFigure } from "./draw/error-figure.js";
import type { DataTable, Report } from "./page/report.js";
import { describeSetting } from "./setting.js";
import { dimensionTable, largest, meanTable } from "./simulation-rows.js";
import { componentsLearnt, stateSections } from "./state-sections.js";

/**
 * The report of a simulation: mean learning curves with standard errors, and the mean state.
 * @param record what run.json says
 */
export function simulationReport(simulation: Simulation, record: object): Report {
  const { scenario, status, message = "", summary } = simulation;
  const one = singleRun(simulation);
  const components = componentsLearnt(scenario, one.trajectory);
  return {
    title: scenario.title,
    texts: [describeSetting(scenario), scenario.description, scenario.citation],
    alert: status === "ok" ? undefined : [status, message],
    sections: [
      {
        panels: [
          {
            title: "Reconstruction error",
            figure: errorFigure(meanCurves(simulation), largest(summary).pca),
            note: "Points: means over runs with standard errors. Dashed: PCA errors.",
            wide: true,
          },
          ...components.panels.map((panel) => ({ ...panel, note: `${one.name}.` })),
        ],
        tables: [meanTable(simulation), dimensionTable(simulation), ...components.tables],
      },
      ...(one.trajectory.t.length === 0
        ? []
        : stateSections(scenario, [meanCourse(simulation, one.dimension)], one)),
    ],
    data: simulationData(simulation),
    scenarios: [{ name: "scenario", scenario }],
    record,
  };
}

/** The means of all dimensions. */
export function simulationData(simulation: Simulation): DataTable[] {
  return [meansTable(meanCourses(simulation, 400))];
}

/** The first run of the largest dimension stands for single ones. */
function singleRun({ runs, summary }: Simulation) {
  const { dimension } = largest(summary);
  const run = runs.find((one) => one.dimension === dimension) as Simulation["runs"][number];
  return {
    name: `run of seed ${run.seed} at D = ${dimension}`,
    dimension,
    trajectory: run.trajectory,
  };
}

/** The mean of the runs at every dimension, with standard errors. */
export function meanCurves(simulation: Simulation): ErrorCurve[] {
  return meanCourses(simulation).map(({ dimension, trajectory, error }, colour) => ({
    name: `simulation, D = ${dimension}`,
    t: trajectory.t,
    pmse: trajectory.pmse,
    error: error?.pmse,
    colour,
  }));
}

/** Means and standard errors at every dimension, at `most` times. */
export function meanCourses(
  simulation: Simulation,
  most?: number,
): (Course & { dimension: number })[] {
  return simulation.summary
    .filter(({ mean }) => mean.length > 0)
    .map(({ dimension }) => ({ dimension, ...meanCourse(simulation, dimension, most) }));
}
