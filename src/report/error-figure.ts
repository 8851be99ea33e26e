import { extent } from "./extent.js";

/** A Plotly figure as plain data; colours of text and grid are the page's. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

/** A curve of pmse, or points with error bars. */
export interface ErrorCurve {
  readonly name: string;
  readonly t: ArrayLike<number>;
  readonly pmse: ArrayLike<number>;
  /** half length of the error bars; absent: a line */
  readonly error?: ArrayLike<number>;
  /** curves of one colour share this number */
  readonly colour: number;
}

const MOST_RANKS = 9;
const LINE = { mode: "lines", line: { width: 2.5, simplify: false } };

/**
 * pmse against t on log-log axes: theory as lines, simulation as points, with the PCA errors of rank
 * 0, 1, … as labelled lines (the paper's figure 2).
 */
export function errorFigure(curves: readonly ErrorCurve[], pca: readonly number[]): Figure {
  const drawn = curves.map(drawable);
  const levels = pca
    .slice(0, MOST_RANKS)
    .map((error, rank) => ({ error, rank }))
    .filter(({ error }) => error > 0);
  // lines and labels don't widen Plotly's own range
  const heights = [...drawn.flatMap(({ y }) => y), ...levels.map(({ error }) => error)].map(
    Math.log10,
  );
  const [bottom, top] = extent(heights);
  const padding = 0.05 * (top - bottom) + 0.01;
  return {
    data: drawn.map(({ name, x, y, error, colour }) => ({
      type: "scatter",
      name,
      x,
      y,
      colour,
      ...(error
        ? { mode: "markers", marker: { size: 6 }, error_y: { array: error, width: 2 } }
        : LINE),
      hovertemplate: `t = %{x:.4g}<br>pmse = %{y:.6g}<extra>${curves.length > 1 ? name : ""}</extra>`,
    })),
    layout: {
      xaxis: { type: "log", title: { text: "t = steps / D" }, exponentformat: "power" },
      yaxis: {
        type: "log",
        title: { text: "pmse" },
        exponentformat: "power",
        ...(heights.length > 0 && { range: [bottom - padding, top + padding] }),
      },
      showlegend: curves.length > 1,
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      margin: { l: 64, r: 64, t: 16, b: 56 },
      shapes: levels.map(({ error }) => ({
        type: "line",
        xref: "paper",
        x0: 0,
        x1: 1,
        y0: error,
        y1: error,
        line: { width: 1, dash: "dash", color: "#888" },
      })),
      annotations: levels.map(({ error, rank }) => ({
        xref: "paper",
        x: 1.01,
        xanchor: "left",
        y: Math.log10(error),
        text: `rank ${rank}`,
        showarrow: false,
      })),
    },
  };
}

/** What of a curve logarithmic axes can show. */
function drawable({ name, t, pmse, error, colour }: ErrorCurve) {
  const places = Array.from({ length: t.length }, (_, i) => i).filter(
    (i) => t[i] > 0 && pmse[i] > 0,
  );
  return {
    name,
    colour,
    x: places.map((i) => t[i]),
    y: places.map((i) => pmse[i]),
    error: error && places.map((i) => (error[i] > 0 ? error[i] : 0)),
  };
}
