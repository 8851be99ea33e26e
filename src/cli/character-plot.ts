import { extent } from "../report/draw/extent.js";
import { shortNumber } from "../report/short-number.js";

/** A curve on log-log axes in characters, with horizontal lines labelled by rank. */
export interface Plot {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly levels: readonly { readonly y: number; readonly rank: number }[];
  /** points beside the curve */
  readonly marks?: readonly { readonly x: number; readonly y: number }[];
  readonly columns: number;
  readonly rows: number;
}

const BRAILLE = 0x2800;
// bit of each of a braille character's 2×4 dots, [column][row from the top]
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
];
const MARGIN = 9;

/**
 * The plot's lines, top to bottom, or none where fewer than two points have both logarithms. The
 * curve is drawn in braille dots, levels as dashed lines behind it, marks as ● before it.
 */
export function characterPlot(plot: Plot): string[] {
  const points: [number, number][] = [];
  for (let i = 0; i < plot.x.length; i++) {
    if (plot.x[i] > 0 && plot.y[i] > 0) points.push([Math.log10(plot.x[i]), Math.log10(plot.y[i])]);
  }
  if (points.length < 2) return [];
  const left = points[0][0];
  const right = points[points.length - 1][0];
  const shown = plot.levels.filter((level) => level.y > 0);
  const marks = (plot.marks ?? []).filter(({ x, y }) => x > 0 && y > 0);
  const heights = points
    .map((p) => p[1])
    .concat([...shown, ...marks].map(({ y }) => Math.log10(y)));
  const [least, largest] = extent(heights);
  const padding = Math.max(0.03 * (largest - least), 0.01);
  const bottom = least - padding;
  const top = largest + padding;
  const { columns, rows } = plot;
  const rowOf = (y: number) =>
    Math.min(rows - 1, Math.floor(((top - Math.log10(y)) / (top - bottom)) * rows));

  const grid = Array.from({ length: rows }, () => new Array<string>(columns).fill(" "));
  const labels = new Array<string>(rows).fill("");
  const firstRank = new Map<number, number>();
  for (const { y, rank } of shown) {
    const row = rowOf(y);
    const first = firstRank.get(row) ?? rank;
    firstRank.set(row, first);
    grid[row].fill("┄");
    labels[row] = first === rank ? ` rank ${rank}` : ` rank ${first}–${rank}`;
  }
  drawCurve(grid, points, { left, right, bottom, top });
  for (const { x, y } of marks) {
    const column = Math.round(((Math.log10(x) - left) / (right - left)) * (columns - 1));
    if (column >= 0 && column < columns) grid[rowOf(y)][column] = "●";
  }
  const lines = grid.map((row, i) => {
    const isTick = i === 0 || i === rows - 1 || i === Math.floor(rows / 2);
    const value = 10 ** (top - ((i + 0.5) / rows) * (top - bottom));
    const tick = isTick ? shortNumber(value).padStart(MARGIN - 2) : " ".repeat(MARGIN - 2);
    return `${tick} ${isTick ? "┤" : "│"}${row.join("")}${labels[i]}`;
  });
  return lines.concat(axis(left, right, columns));
}

function drawCurve(
  grid: string[][],
  points: [number, number][],
  range: { left: number; right: number; bottom: number; top: number },
): void {
  const rows = 4 * grid.length;
  const columns = 2 * grid[0].length;
  const { left, right, bottom, top } = range;
  let segment = 0;
  let last = -1;
  for (let column = 0; column < columns; column++) {
    const x = left + ((right - left) * column) / (columns - 1);
    while (segment < points.length - 2 && points[segment + 1][0] < x) segment++;
    const [x0, y0] = points[segment];
    const [x1, y1] = points[segment + 1];
    const y = y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
    const row = Math.min(rows - 1, Math.max(0, Math.floor(((top - y) / (top - bottom)) * rows)));
    const from = last < 0 ? row : row > last ? last + 1 : Math.min(row, last);
    const to = last < 0 || row >= last ? row : Math.max(row, last - 1);
    for (let r = from; r <= to; r++) setDot(grid, column, r);
    last = row;
  }
}

function setDot(grid: string[][], column: number, row: number): void {
  const line = grid[row >> 2];
  const code = line[column >> 1].charCodeAt(0);
  const dots = code >= BRAILLE && code < BRAILLE + 256 ? code - BRAILLE : 0;
  line[column >> 1] = String.fromCharCode(BRAILLE + (dots | DOTS[column & 1][row & 3]));
}

/** The time axis with its powers of ten, or its ends where it spans less than a decade. */
function axis(left: number, right: number, columns: number): string[] {
  const rule = new Array<string>(columns).fill("─");
  const text = new Array<string>(columns + 8).fill(" ");
  const first = Math.ceil(left - 1e-9);
  const decades = Math.floor(right + 1e-9) - first;
  const every = Math.max(1, Math.ceil((8 * decades) / columns));
  const ticks: number[] = [];
  for (let p = first; p <= first + decades; p += every) ticks.push(p);
  for (const p of ticks.length > 1 ? ticks : [left, right]) {
    const column = Math.round(((p - left) / (right - left)) * (columns - 1));
    rule[column] = "┬";
    const label = shortNumber(10 ** p);
    const start = Math.max(0, column - (label.length >> 1));
    for (let i = 0; i < label.length; i++) text[start + i] = label[i];
  }
  const indent = " ".repeat(MARGIN - 1);
  return [`${indent}└${rule.join("")}`, `${indent} ${text.join("").trimEnd()}  t`];
}
