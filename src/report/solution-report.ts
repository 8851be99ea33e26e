import type { Solution } from "../integrate/solve.js";
import { errorFigure } from "./error-figure.js";
import type { Report } from "./page.js";
import { PLATEAU_HEADER, plateauRows } from "./plateau-rows.js";
import { type Provenance, runHeader } from "./run-record.js";

/** The report of a solution: its learning curve and its plateaus. */
export function solutionReport(solution: Solution, provenance: Provenance): Report {
  const { scenario, status, message = "", trajectory, pca } = solution;
  const { t, pmse } = trajectory;
  return {
    title: scenario.title,
    texts: [scenario.description, scenario.citation],
    alert: status === "ok" ? undefined : [status, message],
    figure: errorFigure([{ name: "theory", t, pmse, colour: 0 }], pca),
    tables: [{ title: "Plateaus", header: PLATEAU_HEADER, rows: plateauRows(solution) }],
    record: runHeader(solution, provenance),
  };
}
