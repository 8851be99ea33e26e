import type { Solution } from "../integrate/solve.js";
import { extent } from "./extent.js";

/** A Plotly figure as plain data; colours of text and grid are the page's. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

const MOST_RANKS = 9;

/** pmse against t on log-log axes, with the PCA errors as labelled lines (the paper's figure 2). */
export function errorFigure({ trajectory, pca }: Solution): Figure {
  const { t, pmse } = trajectory;
  const drawn = Array.from(t.keys()).filter((i) => t[i] > 0 && pmse[i] > 0);
  const levels = pca
    .slice(0, MOST_RANKS)
    .map((error, rank) => ({ error, rank }))
    .filter(({ error }) => error > 0);
  // lines and labels don't widen Plotly's own range
  const heights = [...drawn.map((i) => pmse[i]), ...levels.map(({ error }) => error)].map(
    Math.log10,
  );
  const [bottom, top] = extent(heights);
  const padding = 0.05 * (top - bottom) + 0.01;
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: "theory",
        x: drawn.map((i) => t[i]),
        y: drawn.map((i) => pmse[i]),
        line: { width: 2.5, simplify: false },
        hovertemplate: "t = %{x:.4g}<br>pmse = %{y:.6g}<extra></extra>",
      },
    ],
    layout: {
      xaxis: { type: "log", title: { text: "t = steps / D" }, exponentformat: "power" },
      yaxis: {
        type: "log",
        title: { text: "pmse" },
        exponentformat: "power",
        ...(heights.length > 0 && { range: [bottom - padding, top + padding] }),
      },
      showlegend: false,
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
