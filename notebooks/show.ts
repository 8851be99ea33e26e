/* What the notebooks show: Plotly figures that can also be seen without Plotly, tables and lines. */
import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { type Figure, paint, THEMES } from "../dist/index.js";
import { pngOf } from "../dist/report/static/png.js";
import { drawSvg, type Size } from "../dist/report/static/svg.js";

/** The part of Deno's kernel that is used here. */
declare const Deno: {
  readonly jupyter: { display(bundle: object, options: { raw: true }): Promise<void> };
};

const SIZE: Size = { width: 760, height: 420 };
/** Device px per CSS px of the drawings: sharp on most screens, and small files. */
const SCALE = 1.5;

/**
 * Deno's kernel sends what a cell shows through a queue, and may report the cell done before the queue
 * is empty; nbconvert then drops it (some 3 % on a busy machine, with a value to be shown at the end of
 * a cell as well). So cells end by `await show(…)`, which waits this long.
 */
const MILLISECONDS_TO_SEND = 50;

/**
 * Shows a figure, to be moved and zoomed where Jupyter has Plotly, and as a picture everywhere else,
 * GitHub included. A PNG, since nbconvert empties SVG when it makes HTML.
 */
export async function show(figure: Figure, size: Partial<Size> = {}): Promise<void> {
  const dressed = dress(figure, { ...SIZE, ...size });
  await display({
    "application/vnd.plotly.v1+json": dressed,
    "image/png": await draw(dressed, { ...SIZE, ...size }),
    "text/plain": "[figure]",
  });
}

/** A curve of {@link lines}; a colour of its own, if none is given, in the order of the curves. */
interface Curve {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly colour?: number;
  readonly dash?: "solid" | "dash" | "dot";
  readonly points?: boolean;
}

/** What the axes of {@link lines} are called, and whether they are logarithmic. */
interface Axes {
  readonly x: string;
  readonly y: string;
  readonly log?: "" | "x" | "y" | "xy";
}

/** Curves in one plot, as a figure for {@link show}. */
export function lines(curves: readonly Curve[], { x, y, log = "x" }: Axes): Figure {
  const axis = (title: string, name: "x" | "y") => ({
    title: { text: title },
    ...(log.includes(name) && logAxis(curves.flatMap((curve) => Array.from(curve[name])))),
  });
  return {
    data: curves.map(({ name, x, y, colour, dash = "solid", points = false }, i) => ({
      type: "scatter",
      mode: points ? "markers" : "lines",
      name,
      x,
      y,
      colour: colour ?? i,
      ...(points ? { marker: { size: 9 } } : { line: { width: 2.5, dash, simplify: false } }),
    })),
    layout: {
      xaxis: axis(x, "x"),
      yaxis: axis(y, "y"),
      showlegend: curves.length > 1,
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      margin: { l: 72, r: 24, t: curves.length > 1 ? 40 : 16, b: 56 },
    },
  };
}

/** Over many decades only powers of ten are labelled. */
function logAxis(values: readonly number[]): object {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { type: "log", exponentformat: "power", ...(high > 30 * low && { dtick: 1 }) };
}

/** Rows of cosines as coloured squares with their values, side by side, each with a title. */
export function squares(maps: Readonly<Record<string, readonly (readonly number[])[]>>): Figure {
  const titles = Object.keys(maps);
  const gap = 0.1;
  const width = (1 + gap) / titles.length - gap;
  const left = (i: number) => i * (width + gap);
  const places = titles.map((_, i) => (i === 0 ? "" : String(i + 1)));
  const panels = titles.map((title, i) => panel(maps[title], places[i]));
  const axes = places.map((place, i) => ({
    [`xaxis${place}`]: {
      title: { text: "principal component" },
      domain: [left(i), left(i) + width],
      anchor: `y${place}`,
      showgrid: false,
    },
    [`yaxis${place}`]: {
      title: { text: i === 0 ? "neuron" : "" },
      type: "category",
      autorange: "reversed",
      anchor: `x${place}`,
      showgrid: false,
    },
  }));
  const headings = titles.map((text, i) => ({
    text: `<b>${text}</b>`,
    x: left(i) + width / 2,
    y: 1.02,
    xref: "paper",
    yref: "paper",
    xanchor: "center",
    yanchor: "bottom",
    showarrow: false,
  }));
  const layout = { ...Object.assign({}, ...axes), annotations: headings };
  return { data: panels, layout: { ...layout, margin: { l: 64, r: 24, t: 40, b: 56 } } };
}

function panel(rows: readonly (readonly number[])[], place: string): object {
  const names = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1));
  return {
    type: "heatmap",
    z: rows,
    x: names(rows[0].length).map((name) => `ψ${name}`),
    y: names(rows.length),
    xaxis: `x${place}`,
    yaxis: `y${place}`,
    zmin: 0,
    zmax: 1,
    colorscale: [
      [0, "#ffffff"],
      [1, THEMES.light.palette[0]],
    ],
    showscale: false,
    texttemplate: "%{z:.2f}",
    xgap: 2,
    ygap: 2,
  };
}

/** Shows a table; numbers have four digits. */
export async function table(
  header: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const cells = rows.map((row) => row.map(cellText));
  const html = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const body = cells.map((row) => html(row, "td")).join("\n");
  await display({
    "text/html": `<table>\n<thead>${html(header, "th")}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`,
    "text/plain": align([header, ...cells]),
  });
}

/** Shows lines of plain text, without the quotes that Deno puts around strings. */
export async function text(...lines: readonly string[]): Promise<void> {
  await display({ "text/plain": lines.join("\n") });
}

/** Four digits, powers of ten for very large and small numbers, and a real minus sign. */
export function digits(value: number, count = 4): string {
  const size = Math.abs(value);
  const isExtreme = size !== 0 && (size >= 1e5 || size < 1e-3);
  const shown = isExtreme ? value.toExponential(count - 1) : String(+value.toPrecision(count));
  return shown.replace("e+", "e").replaceAll("-", "−");
}

/** A share as per cent, with one decimal and a real minus sign. */
export function percent(share: number, decimals = 1): string {
  return `${fixed(100 * share, decimals)} %`;
}

/** So many decimals, and a real minus sign. */
export function fixed(value: number, decimals: number): string {
  const shown = value.toFixed(decimals);
  return Number(shown) === 0 ? shown.replace("-", "") : shown.replace("-", "−");
}

async function display(bundle: Readonly<Record<string, unknown>>): Promise<void> {
  await Deno.jupyter.display(bundle, { raw: true });
  await new Promise((resolve) => setTimeout(resolve, MILLISECONDS_TO_SEND));
}

/** The library's figures leave colours to what shows them. */
function dress(figure: Figure, size: Size): Figure {
  const { data, layout } = paint(shorten(figure) as Figure, THEMES.light);
  const page = { paper_bgcolor: "#fff", plot_bgcolor: "#fff" };
  const { color } = (layout as { font: { color: string } }).font;
  return { data, layout: { ...layout, ...page, font: { color, size: 13 }, ...size } };
}

/** Six digits are more than a screen shows, and keep the notebook small. */
function shorten(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? +value.toPrecision(6) : null;
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, shorten);
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shorten(part)]));
}

let tools: Promise<Parameters<typeof drawSvg>[2]> | undefined;

/** The picture of a figure, as base64. */
async function draw(figure: Figure, size: Size): Promise<string> {
  tools ??= loadTools();
  const { plotly, fonts } = await tools;
  const png = await pngOf(await drawSvg(figure, size, { plotly, fonts }), fonts, SCALE);
  return Buffer.from(png).toString("base64");
}

async function loadTools() {
  const packages = new URL("../node_modules/", import.meta.url);
  const font = (style: string) =>
    readFile(new URL(`dejavu-fonts-ttf/ttf/DejaVuSans${style}.ttf`, packages));
  return {
    plotly: await readFile(new URL("plotly.js-dist-min/plotly.min.js", packages), "utf8"),
    fonts: {
      regular: await font(""),
      bold: await font("-Bold"),
      italic: await font("-Oblique"),
      boldItalic: await font("-BoldOblique"),
    },
  };
}

function cellText(cell: unknown): string {
  if (typeof cell === "number") return digits(cell);
  return cell === undefined || cell === null ? "–" : String(cell);
}

function align(rows: readonly (readonly string[])[]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column].length));
  const widths = rows[0].map((_, column) => width(column));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => cell.padStart(widths[i])).join("  ");
  return rows.map(line).join("\n");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
