/** Bounding boxes, which a DOM without layout does not know and Plotly needs to place labels. */
import type { Element } from "happy-dom";
import type { FontBook } from "./fonts.js";
import { type Point, polylines } from "./path.js";
import { IDENTITY, type Matrix, matrixOf, multiply, numberOf } from "./style.js";
import { layoutText } from "./text.js";

/** A rectangle by its edges. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GROUPS = new Set(["g", "svg", "a"]);
/** The box of an element in its own coordinates (SVG's getBBox), or undefined when empty. */
export function localBox(element: Element, book: FontBook): Box | undefined {
  const name = element.tagName.toLowerCase();
  if (name === "text" || name === "tspan") return textBox(element, book);
  if (!GROUPS.has(name)) return shapeBox(element, name);
  const boxes = [...element.children].map((child) =>
    mapBox(localBox(child, book), matrixOf(child.getAttribute("transform"))),
  );
  return union(boxes);
}

/** The box of an element on the page (getBoundingClientRect). */
export function pageBox(element: Element, book: FontBook): Box | undefined {
  let matrix: Matrix = IDENTITY;
  for (let at: Element | null = element; at; at = at.parentElement) {
    matrix = multiply(matrixOf(at.getAttribute("transform")), matrix);
  }
  return mapBox(localBox(element, book), matrix);
}

function textBox(element: Element, book: FontBook): Box | undefined {
  return union(
    layoutText(element, book).map(({ x, y, width, size }) => ({
      left: x,
      top: y - book.ascent(size),
      right: x + width,
      bottom: y + book.descent(size),
    })),
  );
}

function shapeBox(element: Element, name: string): Box | undefined {
  const read = (key: string) => numberOf(element.getAttribute(key));
  if (name === "rect" || name === "image") {
    const [x, y] = [read("x"), read("y")];
    return { left: x, top: y, right: x + read("width"), bottom: y + read("height") };
  }
  if (name === "circle") return around(read("cx"), read("cy"), read("r"));
  if (name === "line") {
    return hull([
      [read("x1"), read("y1")],
      [read("x2"), read("y2")],
    ]);
  }
  return name === "path" ? hull(polylines(element.getAttribute("d") ?? "").flat()) : undefined;
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function hull(points: readonly Point[]): Box | undefined {
  return union(points.map(([x, y]) => around(x, y, 0)));
}

function mapBox(box: Box | undefined, [a, b, c, d, e, f]: Matrix): Box | undefined {
  if (!box) return undefined;
  const corners: readonly Point[] = [
    [box.left, box.top],
    [box.right, box.top],
    [box.left, box.bottom],
    [box.right, box.bottom],
  ];
  return hull(corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f] as const));
}

function union(boxes: readonly (Box | undefined)[]): Box | undefined {
  let all: Box | undefined;
  for (const box of boxes) {
    if (!box) continue;
    all = all
      ? {
          left: Math.min(all.left, box.left),
          top: Math.min(all.top, box.top),
          right: Math.max(all.right, box.right),
          bottom: Math.max(all.bottom, box.bottom),
        }
      : box;
  }
  return all;
}
