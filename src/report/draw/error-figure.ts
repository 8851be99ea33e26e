import type { Plateau } from "../../analyse/plateaus.js";
import { extent } from "./extent.js";
import { drawn, type Figure, LEGEND_ABOVE, TIME_AXIS } from "./figure.js";

/** A curve of pmse, or points with error bars. */
export interface ErrorCurve {
  readonly name: string;
  readonly t: ArrayLike<number>;
  readonly pmse: ArrayLike<number>;
  /** half length of the error bars; absent: a line */
  readonly error?: ArrayLike<number>;
  /** curves of one colour share this number */
  readonly colour: number;
  /** of a line: "solid" (default), "dash", "dot" */
  readonly dash?: string;
}

const MOST_RANKS = 9;
/** Labels of two PCA errors nearer than this share of the axis would lie on each other. */
const CLOSE = 0.055;

/**
 * pmse against t on log-log axes: theory as lines, simulation as points, with the PCA errors of rank
 * 0, 1, … as labelled lines and plateaus shaded (the paper's figure 2).
 */
export function errorFigure(
  curves: readonly ErrorCurve[],
  pca: readonly number[],
  plateaus: readonly Plateau[] = [],
): Figure {
  const visible = curves.map(drawable);
  const levels = pca
    .slice(0, MOST_RANKS)
    .map((error, rank) => ({ error, rank }))
    .filter(({ error }) => error > 0);
  // lines and labels don't widen Plotly's own range
  const heights = [...visible.flatMap(({ y }) => y), ...levels.map(({ error }) => error)].map(
    Math.log10,
  );
  const [bottom, top] = extent(heights);
  const padding = 0.05 * (top - bottom) + 0.01;
  return {
    data: visible.map(({ name, x, y, error, colour, dash }) => ({
      type: "scatter",
      name,
      x: x.map(drawn),
      y: y.map(drawn),
      colour,
      ...(error ? pointsWith(error) : lineWith(dash)),
      hovertemplate: `t = %{x:.4g}<br>pmse = %{y:.6g}<extra>${curves.length > 1 ? name : ""}</extra>`,
    })),
    layout: {
      xaxis: TIME_AXIS,
      yaxis: {
        type: "log",
        title: { text: "pmse" },
        exponentformat: "power",
        ...(heights.length > 0 && { range: [bottom - padding, top + padding].map(drawn) }),
      },
      showlegend: curves.length > 1,
      legend: LEGEND_ABOVE,
      margin: { l: 64, r: levels.length > 0 ? 64 : 24, t: 16, b: 56 },
      shapes: [
        ...plateaus.map(({ from, to }) => ({
          type: "rect",
          layer: "below",
          x0: drawn(from),
          x1: drawn(to),
          yref: "y domain",
          y0: 0,
          y1: 1,
          colour: "shade",
        })),
        ...levels.map(({ error }) => ({
          type: "line",
          layer: "below",
          xref: "x domain",
          x0: 0,
          x1: 1,
          y0: drawn(error),
          y1: drawn(error),
          line: { width: 1, dash: "dash" },
          colour: "level",
        })),
      ],
      annotations: labels(levels, CLOSE * (top - bottom + 2 * padding)),
    },
  };
}

/** Points with error bars. */
export function pointsWith(error: ArrayLike<number>) {
  const array = Array.from(error as number[], (value) => (value > 0 ? drawn(value) : 0));
  return { mode: "markers", marker: { size: 7 }, error_y: { array, width: 2, thickness: 1.2 } };
}

/** A line; Plotly's simplification would lose its ends on logarithmic axes. */
export function lineWith(dash = "solid") {
  return { mode: "lines", line: { width: 2.5, simplify: false, dash } };
}

/** Names of the levels; where levels lie close together one label names them all. */
function labels(levels: readonly { error: number; rank: number }[], close: number) {
  const groups: { y: number; last: number; ranks: number[] }[] = [];
  for (const { error, rank } of levels) {
    const y = Math.log10(error);
    const group = groups.at(-1);
    if (group && group.last - y < close && group.y - y < 1.5 * close) {
      group.ranks.push(rank);
      group.last = y;
    } else groups.push({ y, last: y, ranks: [rank] });
  }
  return groups.map(({ y, last, ranks }) => ({
    xref: "x domain",
    x: 1.01,
    xanchor: "left",
    y: drawn((y + last) / 2),
    text: ranks.length === 1 ? `rank ${ranks[0]}` : `rank ${ranks[0]}–${ranks.at(-1)}`,
    showarrow: false,
  }));
}

/** What of a curve logarithmic axes can show. */
function drawable({ name, t, pmse, error, colour, dash }: ErrorCurve) {
  const places = Array.from({ length: t.length }, (_, i) => i).filter(
    (i) => t[i] > 0 && pmse[i] > 0,
  );
  return {
    name,
    colour,
    dash,
    x: places.map((i) => t[i]),
    y: places.map((i) => pmse[i]),
    error: error && places.map((i) => error[i]),
  };
}
