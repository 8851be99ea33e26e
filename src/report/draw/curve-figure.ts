import { extent } from "./extent.js";
import { drawn, type Figure, LEGEND_ABOVE, logAxis, TICKS, TIME_TITLE } from "./figure.js";

/** A curve, or points with error bars. */
export interface Curve {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** half length of the error bars of points */
  readonly error?: ArrayLike<number>;
  /** draw points rather than a line (default: where there are errors) */
  readonly points?: boolean;
  /** curves of one colour share this number */
  readonly colour: number;
  /** of a line: "solid" (default), "dash", "dot" */
  readonly dash?: string;
  /** curves of one group have one entry in the legend, the first's */
  readonly group?: string;
}

/** Points, with error bars where errors are known. */
function pointsWith(error: readonly number[] | undefined) {
  const array = error?.map((value) => (value > 0 ? drawn(value) : 0));
  return {
    mode: "markers",
    marker: { size: 7 },
    ...(array && { error_y: { array, width: 2, thickness: 1.2 } }),
  };
}

/**
 * A line through so many points; one alone is drawn as such. Plotly's simplification would lose the
 * line's ends on logarithmic axes.
 */
function lineWith(dash = "solid", points = 2) {
  return { mode: points === 1 ? "markers" : "lines", line: { width: 2.5, simplify: false, dash } };
}

/** Curves over a logarithmic time. */
export function timeFigure(
  curves: readonly Curve[],
  title: string,
  { log = false, range }: { log?: boolean; range?: readonly [number, number] } = {},
): Figure {
  const values = (of: "x" | "y") =>
    curves.flatMap((curve) => Array.from(curve[of] as number[]).filter((value) => value > 0));
  const heights = range ?? extent(values("y"));
  const yaxis = log
    ? {
        ...logAxis({ text: title }, heights),
        ...(range && { range: range.map(Math.log10).map(drawn) }),
      }
    : {
        title: { text: title },
        exponentformat: "power",
        nticks: 6,
        ...TICKS,
        ...(range && { range }),
      };
  return curveFigure(curves, logAxis(TIME_TITLE, extent(values("x"))), yaxis);
}

/** Curves in axes of one's own; values that a logarithmic axis can't show are left out. */
export function curveFigure(curves: readonly Curve[], xaxis: object, yaxis: object): Figure {
  const isLog = (axis: object) => (axis as { type?: string }).type === "log";
  const groups = curves.map(({ name, group = name }) => group);
  return {
    data: curves.map((curve, number) => {
      const { name, colour, dash, error, points = error !== undefined } = curve;
      const places = Array.from(curve.x as number[], (_, i) => i).filter(
        (i) => (curve.x[i] > 0 || !isLog(xaxis)) && (curve.y[i] > 0 || !isLog(yaxis)),
      );
      return {
        type: "scatter",
        name,
        legendgroup: groups[number],
        showlegend: groups.indexOf(groups[number]) === number,
        x: places.map((i) => drawn(curve.x[i])),
        y: places.map((i) => drawn(curve.y[i])),
        colour,
        ...(points
          ? pointsWith(error && places.map((i) => error[i]))
          : lineWith(dash, places.length)),
        hovertemplate: "%{x:.4g}<br>%{y:.5g}",
      };
    }),
    layout: {
      xaxis,
      yaxis,
      showlegend: new Set(groups).size > 1,
      legend: LEGEND_ABOVE,
      margin: { l: 64, r: 24, t: 16, b: 56 },
    },
  };
}
