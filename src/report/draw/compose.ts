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

/** Height of a row. */
const ROW = 195;
const FONT = 9;
const MARGIN = { l: 46, r: 14, t: 28, b: 34 };
const GAP = { across: 62, down: 66 };
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
  const rows = rowsOf(panels, columns);
  const height =
    MARGIN.t + MARGIN.b + rows.length * ROW + (rows.length - 1) * GAP.down - GAP.down / 3;
  const inner = { width: width - MARGIN.l - MARGIN.r, height: height - MARGIN.t - MARGIN.b };
  const data: object[] = [];
  const layout: Part = {
    font: { size: FONT },
    margin: MARGIN,
    shapes: [],
    annotations: [],
  };
  rows.forEach((row, r) => {
    const cell = (inner.width - (row.length - 1) * GAP.across) / row.length;
    const rowHeight = (inner.height - (rows.length - 1) * GAP.down) / rows.length;
    row.forEach(({ panel, number }, c) => {
      const left = c * (cell + GAP.across);
      const top = r * (rowHeight + GAP.down);
      const right = left + cell - (hasRightLabels(panel) ? RIGHT_LABELS : 0);
      place(panel, number, data, layout, {
        x: [left / inner.width, right / inner.width],
        y: [1 - (top + rowHeight) / inner.height, 1 - top / inner.height],
      });
    });
  });
  return { figure: { data, layout }, size: { width, height: Math.round(height) } };
}

interface Numbered {
  readonly panel: Panel;
  readonly number: number;
}

function rowsOf(panels: readonly Panel[], columns: 1 | 2): Numbered[][] {
  const rows: Numbered[][] = [];
  // what is left over when rows are full comes first, as wide as the figure
  const first = panels.length % columns;
  panels.forEach((panel, i) => {
    const begins = i < first || (i - first) % columns === 0;
    if (begins) rows.push([]);
    rows[rows.length - 1].push({ panel, number: i + 1 });
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
    y: at.y[1] + 0.004,
    yanchor: "bottom",
    font: { size: FONT - 1.5 },
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

/** Decades only, and titles close by: print is small. */
function axis(given: Part): Part {
  const title = given.title as Part | undefined;
  return {
    ...given,
    ...(given.type === "log" && { dtick: given.tickvals ? undefined : 1 }),
    ...(title && { title: { ...title, standoff: 6 } }),
    ticks: "outside",
    ticklen: 3,
    showline: true,
    linewidth: 0.8,
    gridwidth: 0.5,
  };
}
