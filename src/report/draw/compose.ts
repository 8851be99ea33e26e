import type { Figure, Panel } from "./figure.js";

type Part = Record<string, unknown>;

/** Where a panel's axes lie in the whole, from 0 to 1. */
interface Place {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Sizes of a printed figure, in px of 96 to the inch. */
export interface Print {
  readonly width: number;
  readonly height: number;
}

/** Height of a panel's axes. */
const AXES = 190;
/** Below the axes: tick labels and title. */
const BELOW = 36;
const FONT = 9;
const LEGEND = { font: FONT - 1.5, line: 19, symbol: 48 };
const LEFT = 46;
const RIGHT = 14;
const BETWEEN = 62;
const RIGHT_LABELS = 34;

/**
 * All panels as one figure for print, lettered (a), (b), …: side by side in two columns, or below each
 * other in one. Every panel keeps its own axes, legend and labels.
 * @param width px of 96 to the inch
 * @param columns 1 or 2
 */
export function composePanels(
  panels: readonly Panel[],
  width: number,
  columns: 1 | 2,
): { figure: Figure; size: Print } {
  const inner = width - LEFT - RIGHT;
  const rows = rowsOf(panels, columns, (inner - BETWEEN) / 2).map((row) => {
    const cell = (inner - (row.length - 1) * BETWEEN) / row.length;
    const lines = Math.max(...row.map(({ panel }) => legendLines(panel, cell)));
    return { row, cell, above: 6 + lines * LEGEND.line };
  });
  const [{ above: first }] = rows;
  const height = rows.reduce((sum, { above }) => sum + above + AXES + BELOW, 0);
  const whole = height - first - BELOW;
  const data: object[] = [];
  const layout: Part = {
    font: { size: FONT },
    margin: { l: LEFT, r: RIGHT, t: first, b: BELOW },
    shapes: [],
    annotations: [],
  };
  let top = -first;
  for (const { row, cell, above } of rows) {
    top += above;
    row.forEach(({ panel, number }, c) => {
      const left = c * (cell + BETWEEN);
      const right = left + cell - (hasRightLabels(panel) ? RIGHT_LABELS : 0);
      place(panel, number, data, layout, {
        x: [left / inner, right / inner],
        y: [1 - (top + AXES) / whole, 1 - top / whole],
      });
    });
    top += AXES + BELOW;
  }
  return { figure: { data, layout }, size: { width, height } };
}

/** Lines that the legend above a panel takes; its letter needs one too. */
function legendLines({ figure }: Panel, width: number): number {
  if ((figure.layout as Part).showlegend === false) return 1;
  const entries = (figure.data as { name?: string; showlegend?: boolean }[])
    .filter(({ showlegend }) => showlegend !== false)
    .map(
      ({ name = "" }) => LEGEND.symbol + 0.62 * LEGEND.font * name.replace(/<[^>]*>/g, "").length,
    );
  // all entries of a legend are as wide as the widest where they don't fit into one line
  const sum = entries.reduce((total, entry) => total + entry, 0);
  if (sum <= width) return 1;
  const across = Math.max(1, Math.floor(width / Math.max(...entries)));
  return Math.ceil(entries.length / across);
}

interface Numbered {
  readonly panel: Panel;
  readonly number: number;
}

/** Plotly wraps legends at the figure's width only: one that is wider than its panel needs a row. */
function rowsOf(panels: readonly Panel[], columns: 1 | 2, half: number): Numbered[][] {
  const rows: Numbered[][] = [];
  // what is left over when rows are full comes first, as wide as the figure
  const first = panels.length % columns;
  const fits = (panel: Panel) => legendLines(panel, half) === 1;
  panels.forEach((panel, i) => {
    const beside = i > first && (i - first) % columns !== 0;
    const last = rows.at(-1);
    if (beside && last?.length === 1 && fits(panel) && fits(last[0].panel)) {
      last.push({ panel, number: i + 1 });
    } else rows.push([{ panel, number: i + 1 }]);
  });
  return rows;
}

function hasRightLabels({ figure }: Panel): boolean {
  const { annotations = [] } = figure.layout as { annotations?: { xref?: string }[] };
  return annotations.some(({ xref }) => xref === "x domain");
}

/** Puts one panel's traces, axes, shapes and labels into the whole. */
function place(panel: Panel, number: number, data: object[], whole: Part, at: Place): void {
  const suffix = number === 1 ? "" : String(number);
  const given = panel.figure.layout as Part;
  for (const trace of panel.figure.data as Part[]) {
    const { marker, line, error_y, ...rest } = trace;
    data.push({
      ...rest,
      xaxis: `x${suffix}`,
      yaxis: `y${suffix}`,
      legend: `legend${suffix}`,
      ...(line !== undefined && { line: smaller(line as Part, "width", 1.3) }),
      ...(marker !== undefined && { marker: smaller(marker as Part, "size", 3.6) }),
      ...(error_y !== undefined && {
        error_y: { ...(error_y as Part), thickness: 0.8, width: 1.2 },
      }),
    });
  }
  whole[`xaxis${suffix}`] = { ...axis(given.xaxis as Part), domain: at.x, anchor: `y${suffix}` };
  whole[`yaxis${suffix}`] = { ...axis(given.yaxis as Part), domain: at.y, anchor: `x${suffix}` };
  whole[`legend${suffix}`] = {
    orientation: "h",
    x: at.x[0],
    y: at.y[1],
    yanchor: "bottom",
    font: { size: LEGEND.font },
    itemwidth: 30,
    tracegroupgap: 0,
  };
  if (given.showlegend === false) hideLegend(data, suffix);
  const own = (ref: unknown) => String(ref).replace(/^([xy])/, `$1${suffix}`);
  const refer = (part: Part): Part => ({
    ...part,
    xref: own(part.xref ?? "x"),
    yref: own(part.yref ?? "y"),
  });
  (whole.shapes as Part[]).push(...((given.shapes ?? []) as Part[]).map(refer));
  const labels = ((given.annotations ?? []) as Part[]).map((label) => ({
    ...refer(label),
    font: { size: FONT - 1.5 },
  }));
  (whole.annotations as Part[]).push(...labels, letter(number, at));
}

function hideLegend(data: object[], suffix: string): void {
  data.forEach((trace, i) => {
    if ((trace as Part).legend === `legend${suffix}`) data[i] = { ...trace, showlegend: false };
  });
}

function letter(number: number, at: Place): Part {
  return {
    text: `(${String.fromCharCode(96 + number)})`,
    xref: "paper",
    yref: "paper",
    x: at.x[0],
    xanchor: "right",
    xshift: -26,
    y: at.y[1],
    yanchor: "bottom",
    yshift: 6,
    showarrow: false,
    font: { size: FONT + 1 },
  };
}

function smaller(part: Part, key: string, most: number): Part {
  return key in part && (part[key] as number) > most ? { ...part, [key]: most } : part;
}

/** Titles close by and shorter ticks: print is small. */
function axis(given: Part): Part {
  const title = given.title as Part | undefined;
  return {
    ...given,
    ...(title && { title: { ...title, standoff: 6 } }),
    ticks: "outside",
    ticklen: 3,
    ...(given.minor !== undefined && { minor: { ...(given.minor as Part), ticklen: 2 } }),
    showline: true,
    linewidth: 0.8,
    gridwidth: 0.5,
  };
}
