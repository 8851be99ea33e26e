import { findPlateaus } from "../analyse/plateaus.js";
import type { Solution } from "../integrate/solve.js";
import { trajectoryTable } from "./data-tables.js";
import { theoryCourse } from "./draw/course.js";
import { errorFigure } from "./draw/error-figure.js";
import { excessPanels } from "./draw/excess-figure.js";
import type { Report, Section, Table } from "./page/report.js";
import { PLATEAU_HEADER, plateauRows } from "./plateau-rows.js";
import { rescalingTables } from "./rescaling-table.js";
import { describeSetting } from "./setting.js";
import { shortNumber } from "./short-number.js";
import { componentsLearnt, stateSections } from "./state-sections.js";

/**
 * The report of a solution: its learning curve, its plateaus, and the state over time.
 * @param record what run.json says
 */
export function solutionReport(solution: Solution, record: object): Report {
  const { scenario, status, message = "", trajectory } = solution;
  const course = theoryCourse(solution);
  return {
    title: scenario.title,
    texts: [describeSetting(scenario), scenario.description, scenario.citation],
    alert: status === "ok" ? undefined : [status, message],
    sections: [
      errorSection(solution),
      ...(trajectory.t.length === 0
        ? []
        : stateSections(scenario, [course], { name: "theory", trajectory })),
    ],
    data: [trajectoryTable("theory", trajectory)],
    scenarios: [{ name: "scenario", scenario }],
    record,
  };
}

/** The learning curve with what can be read off it. */
function errorSection(solution: Solution): Section {
  const { scenario, trajectory, pca } = solution;
  const course = theoryCourse(solution);
  const { t, pmse } = course.trajectory;
  const plateaus = findPlateaus(trajectory.t, trajectory.pmse, pca);
  const components = componentsLearnt(scenario, trajectory);
  return {
    panels: [
      {
        title: "Reconstruction error",
        figure: errorFigure([{ name: "theory", t, pmse, colour: 0 }], pca, plateaus),
        note: PLATEAU_NOTE,
        wide: true,
      },
      ...excessPanels(course, pca),
      ...components.panels,
    ],
    tables: [
      plateauTable(solution),
      ...rescalingTables(solution),
      ...components.tables,
      workTable(solution),
      ...partTables(solution),
    ],
  };
}

export const PLATEAU_NOTE = "Dashed: PCA errors. Shaded: plateaus of the theory.";

/** Plateaus of a solution and the PCA errors they sit on. */
export function plateauTable(solution: Solution): Table {
  return { title: "plateaus", header: PLATEAU_HEADER, rows: plateauRows(solution) };
}

function workTable({ stats, scenario, trajectory, pca }: Solution): Table {
  const last = trajectory.t.length - 1;
  return {
    title: "summary",
    header: [
      "last t",
      "last pmse",
      "PCA error",
      "above it",
      "method",
      "relTol",
      "steps",
      "rejected",
      "evaluations",
    ],
    rows: [
      [
        last < 0 ? "–" : shortNumber(trajectory.t[last]),
        last < 0 ? "–" : trajectory.pmse[last].toPrecision(6),
        (pca.at(-1) as number).toPrecision(6),
        last < 0 || !trajectory.excess ? "–" : trajectory.excess[last].toPrecision(6),
        stats.reduced ? `${stats.method}, reduced equations` : stats.method,
        String(scenario.integrator.relTol),
        String(stats.steps),
        String(stats.rejected),
        String(stats.evaluations),
      ],
    ],
  };
}

/** Which method took which part of the run, and why; none where it was one by name. */
function partTables({ stats: { parts }, scenario }: Solution): Table[] {
  if (scenario.integrator.method !== "auto" || parts.length === 0) return [];
  const rows = parts.map(({ method, from, to, steps, evaluations, reason }) => [
    shortNumber(from),
    shortNumber(to),
    method,
    String(steps),
    String(evaluations),
    reason,
  ]);
  const header = ["from t", "to t", "method", "steps", "evaluations", "why"];
  return [{ title: "methods of integration", header, rows }];
}
