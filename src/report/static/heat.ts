/** Draw a heat map's cells as vector rectangles at their exact places. */
import type { Element } from "happy-dom";
import { type Cell, pixelCells, type Sheet } from "./canvas.js";
import { numberOf, paintOf, short } from "./style.js";

/** Maps data values to px along an axis. */
export type ToPixel = (value: number) => number;

/** Finds the px map of an axis by its id ("x", "y2"). */
export type AxisOf = (id: string) => ToPixel | undefined;

interface Heat {
  readonly x?: readonly number[];
  readonly y?: readonly number[];
  readonly trace?: { readonly xaxis?: string; readonly yaxis?: string };
}

interface Placed extends Cell {
  readonly lastColumn: boolean;
  readonly lastRow: boolean;
}

/** Cells reach this far (px) under their right and lower neighbours, to leave no hairlines. */
const OVERLAP = 0.3;

/** The `<path>` elements for a heat map image whose canvas is known. */
export function drawCells(image: Element, sheet: Sheet, axisOf: AxisOf): string {
  const heat = (image as unknown as { __data__?: Heat }).__data__ ?? {};
  const across = places(image, "x", sheet, heat.x, axisOf(heat.trace?.xaxis ?? "x"));
  const down = places(image, "y", sheet, heat.y, axisOf(heat.trace?.yaxis ?? "y"));
  const cells = sheet.pixels ? pixelCells(sheet) : sheet.cells;
  const placed = cells.map((cell) => place(cell, sheet, across, down));
  const ordered = placed.sort((one, two) => one.top - two.top || one.left - two.left);
  const paths = merge(ordered).map(cellPath).join("");
  return paths && `<g shape-rendering="crispEdges">${paths}</g>`;
}

/** Where canvas px lie in the figure: Plotly rounds cell edges to px, the data knows better. */
function places(
  image: Element,
  axis: "x" | "y",
  sheet: Sheet,
  edges: readonly number[] | undefined,
  toPixel: ToPixel | undefined,
): ToPixel {
  const start = numberOf(image.getAttribute(axis));
  const length = numberOf(image.getAttribute(axis === "x" ? "width" : "height"));
  const count = axis === "x" ? sheet.width : sheet.height;
  const exact = toPixel && edges ? edges.map(toPixel).sort((one, two) => one - two) : [];
  if (sheet.pixels) {
    const fits = exact.length === count + 1;
    return (at) => (fits ? exact[at] : undefined) ?? start + (at * length) / count;
  }
  const inside = exact.filter((at) => at > start - 1 && at < start + length + 1);
  const known = new Map(inside.map((at) => [Math.round(at - start), at]));
  return (at) => known.get(at) ?? start + at;
}

function place(cell: Cell, sheet: Sheet, across: ToPixel, down: ToPixel): Placed {
  return {
    left: across(cell.left),
    top: down(cell.top),
    right: across(cell.right),
    bottom: down(cell.bottom),
    color: cell.color,
    lastColumn: cell.right >= sheet.width,
    lastRow: cell.bottom >= sheet.height,
  };
}

/** Join neighbours of one colour in a row: fewer and longer rectangles. */
function merge(cells: readonly Placed[]): readonly Placed[] {
  const joined: Placed[] = [];
  for (const cell of cells) {
    const last = joined.at(-1);
    const touches = last?.top === cell.top && last.right === cell.left;
    if (last && touches && last.bottom === cell.bottom && last.color === cell.color) {
      joined[joined.length - 1] = { ...last, right: cell.right, lastColumn: cell.lastColumn };
    } else {
      joined.push(cell);
    }
  }
  return joined;
}

function cellPath(cell: Placed): string {
  const { color, alpha } = paintOf(cell.color);
  if (alpha === 0) return "";
  const right = cell.right + (cell.lastColumn || alpha < 1 ? 0 : OVERLAP);
  const bottom = cell.bottom + (cell.lastRow || alpha < 1 ? 0 : OVERLAP);
  const opacity = alpha < 1 ? ` fill-opacity="${short(alpha)}"` : "";
  const from = `${short(cell.left)},${short(cell.top)}`;
  return `<path fill="${color}"${opacity} d="M${from}H${short(right)}V${short(bottom)}H${short(cell.left)}Z"/>`;
}
