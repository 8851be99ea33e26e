import type { Plateau } from "../../analyse/plateaus.js";
import { type Curve, timeFigure } from "./curve-figure.js";
import { extent } from "./extent.js";
import { drawn, type Figure } from "./figure.js";

/** A curve of pmse, or points with error bars. */
export interface ErrorCurve extends Omit<Curve, "x" | "y"> {
  readonly t: ArrayLike<number>;
  readonly pmse: ArrayLike<number>;
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
  const levels = pca
    .slice(0, MOST_RANKS)
    .map((error, rank) => ({ error, rank }))
    .filter(({ error }) => error > 0);
  const errors = [
    ...curves.flatMap(({ pmse }) => Array.from(pmse)),
    ...levels.map(({ error }) => error),
  ];
  const heights = errors.filter((error) => error > 0).map(Math.log10);
  // lines and labels don't widen Plotly's own range
  const [bottom, top] = heights.length > 0 ? extent(heights) : [-1, 0];
  const padding = 0.05 * (top - bottom) + 0.01;
  const { data, layout } = timeFigure(
    curves.map(({ t, pmse, ...curve }) => ({ ...curve, x: t, y: pmse })),
    "pmse",
    { log: true, range: [10 ** (bottom - padding), 10 ** (top + padding)] },
  );
  return {
    data,
    layout: {
      ...layout,
      margin: { l: 64, r: levels.length > 0 ? 64 : 24, t: 16, b: 56 },
      shapes: [...plateaus.map(shadeOf), ...levels.map(({ error }) => lineAt(error))],
      annotations: labels(levels, CLOSE * (top - bottom + 2 * padding)),
    },
  };
}

function shadeOf({ from, to }: Plateau) {
  return {
    type: "rect",
    layer: "below",
    xref: "x",
    x0: drawn(from),
    x1: drawn(to),
    yref: "y domain",
    y0: 0,
    y1: 1,
    colour: "shade",
  };
}

function lineAt(error: number) {
  return {
    type: "line",
    layer: "below",
    xref: "x domain",
    x0: 0,
    x1: 1,
    yref: "y",
    y0: drawn(error),
    y1: drawn(error),
    line: { width: 1, dash: "5px,4px" },
    colour: "level",
  };
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
    yref: "y",
    y: drawn((y + last) / 2),
    text: ranks.length === 1 ? `rank ${ranks[0]}` : `rank ${ranks[0]}–${ranks.at(-1)}`,
    showarrow: false,
  }));
}
