import { extent } from "../../../src/report/draw/extent.js";
import type { Panel } from "../../../src/report/draw/figure.js";
import type { Section, Table } from "../../../src/report/page/report.js";
import { threeDigits } from "../digits.js";
import { colourOf, type Line, linesBy, logLogFigure } from "../figures.js";
import type { Run, WorkPrecision } from "../work-precision.js";

const GREY = 8;
/** Errors of zero have a place on a logarithmic axis too. */
const LEAST = 1e-16;
const PMSE = "error of pmse";
const STATE = "error of the state";

/** Pictures of errors against work, one section a scenario. */
export function workPrecisionSections(diagrams: readonly WorkPrecision[]): Section[] {
  return [
    {
      title: "Work and precision",
      note: "Every point is a solve at a tolerance of its own. Error of pmse: the largest relative one over the outputs; of the state: the largest of an amplitude at the end over the largest amplitude. Both are against another method at relTol 1e-12: seulex for odex, the worse of both for auto, odex for the others. Dashed: how far these two are apart, below which errors aren't known; or, against the tolerance, an error as large as asked for. Times are medians of warm solves in this process; CVODE's are processor time of C.",
      tables: [atShippedTolerance(diagrams)],
    },
    ...diagrams.map((diagram) => ({
      title: `Work and precision: ${diagram.title}`,
      note: diagram.note,
      panels: panelsOf(diagram),
    })),
  ];
}

function panelsOf({ runs, floor }: WorkPrecision): Panel[] {
  const lines = (x: keyof Run, y: "pmseError" | "stateError") =>
    linesBy(
      runs,
      ({ method }) => method,
      ({ method }) => colourOf(method),
      (run) => [run[x] as number, Math.max(LEAST, run[y])],
    );
  const against = (x: "evaluations" | "milliseconds", y: "pmseError" | "stateError") => {
    const level = Math.max(LEAST, floor[y]);
    const ends = extent(runs.map((run) => run[x]));
    const reference: Line = {
      name: "references",
      colour: GREY,
      points: ends.map((end) => [end, level] as const),
    };
    const title = y === "pmseError" ? PMSE : STATE;
    return logLogFigure(lines(x, y), { x, y: title }, [reference]);
  };
  const asked: Line = {
    name: "asked for",
    colour: GREY,
    points: extent(runs.map(({ relTol }) => relTol)).map((relTol) => [relTol, relTol] as const),
  };
  const tolerances = { x: "relTol", y: PMSE };
  return [
    { title: "pmse against evaluations", figure: against("evaluations", "pmseError") },
    { title: "pmse against time", figure: against("milliseconds", "pmseError") },
    { title: "state against time", figure: against("milliseconds", "stateError") },
    {
      title: "pmse against the tolerance asked for",
      figure: logLogFigure(lines("relTol", "pmseError"), tolerances, [asked]),
    },
  ];
}

const SHIPPED = 1e-9;

function atShippedTolerance(diagrams: readonly WorkPrecision[]): Table {
  return {
    title: `at relTol ${SHIPPED.toExponential()}`,
    header: ["scenario", "method", PMSE, STATE, "evaluations", "ms"],
    rows: diagrams.flatMap(({ title, runs }) =>
      runs
        .filter(({ relTol }) => relTol === SHIPPED)
        .map(({ method, pmseError, stateError, evaluations, milliseconds }) => [
          ...[title, method, pmseError.toExponential(1), stateError.toExponential(1)],
          ...[String(evaluations), threeDigits(milliseconds)],
        ]),
    ),
  };
}
