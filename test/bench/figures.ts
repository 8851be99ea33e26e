import { type Curve, curveFigure } from "../../src/report/draw/curve-figure.js";
import { extent } from "../../src/report/draw/extent.js";
import { type Figure, logAxis } from "../../src/report/draw/figure.js";

/** The pictures are small. */
const MOST_DECADES = 5;

/** One colour a method, the same in every picture. */
const COLOURS = ["auto", "odex", "seulex", "bdf", "CVODE"];

export function colourOf(method: string): number {
  return COLOURS.indexOf(method);
}

/** Values of one method or size, point by point. */
export interface Line {
  readonly name: string;
  readonly colour: number;
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Lines through points on logarithmic axes, and dashed ones without. */
export function logLogFigure(
  lines: readonly Line[],
  titles: { readonly x: string; readonly y: string },
  dashed: readonly Line[] = [],
): Figure {
  const curve = ({ name, colour, points }: Line): Curve => ({
    name,
    colour,
    x: points.map(([x]) => x),
    y: points.map(([, y]) => y),
  });
  const curves = [...dashed.map((line) => ({ ...curve(line), dash: "dash" })), ...lines.map(curve)];
  const axis = (of: "x" | "y") => {
    const values = curves.flatMap((one) => Array.from(one[of]).filter((value) => value > 0));
    const range = extent(values);
    const decades = Math.log10(range[1] / range[0]);
    const sparse = decades > MOST_DECADES && { dtick: Math.ceil(decades / MOST_DECADES) };
    return { ...logAxis({ text: titles[of] }, range), ...sparse };
  };
  const { data, layout } = curveFigure(curves, axis("x"), axis("y"));
  return {
    data: data.map((trace, i) =>
      i < dashed.length
        ? { ...trace, line: { width: 1.5, dash: "dash", simplify: false } }
        : { ...trace, mode: "lines+markers", line: { width: 2 }, marker: { size: 6 } },
    ),
    layout,
  };
}

/** The points of each group of rows, in the order in which groups first appear. */
export function linesBy<Row>(
  rows: readonly Row[],
  name: (row: Row) => string,
  colour: (row: Row) => number,
  point: (row: Row) => readonly [x: number, y: number],
): Line[] {
  const names = [...new Set(rows.map(name))];
  return names.map((group) => {
    const members = rows.filter((row) => name(row) === group);
    return { name: group, colour: colour(members[0]), points: members.map(point) };
  });
}
