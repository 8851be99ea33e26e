/**
 * Lay out an SVG `<text>` as a browser does: every run of equal style gets its own absolute
 * position. Plotly's superscripts (dy in em, zero-width spaces) are resolved here, once, so that
 * PNG and PDF renderers need no such skill.
 */
import type { Element, Node } from "happy-dom";
import type { Face, FontBook } from "./fonts.js";
import { lengthOf, numberOf, type Style, styleOf } from "./style.js";

/** Text in one style at one place: x is its left end, y its baseline. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly face: Face;
  readonly style: Style;
}

interface Look {
  readonly size: number;
  readonly face: Face;
  readonly style: Style;
}

interface Pen {
  x: number;
  y: number;
  chunk: Writable[];
  readonly runs: Writable[];
  anchor: string;
}

type Writable = { -readonly [Key in keyof Run]: Run[Key] };

const TEXT_NODE = 3;
const INVISIBLE = /[\u200b\u2060\ufeff\n\r\t]/g;

/** The runs of a text element, in its own coordinates. */
export function layoutText(text: Element, book: FontBook): readonly Run[] {
  const pen: Pen = { x: 0, y: 0, chunk: [], runs: [], anchor: "start" };
  visit(text, outerLook(text), pen, book);
  endChunk(pen);
  return pen.runs;
}

function visit(element: Element, outer: Look, pen: Pen, book: FontBook): void {
  const look = lookOf(element, outer);
  move(element, look, pen);
  for (const child of element.childNodes as Iterable<Node>) {
    if (child.nodeType === TEXT_NODE) write(child.textContent ?? "", look, pen, book);
    else visit(child as Element, look, pen, book);
  }
}

/** Apply x, y, dx, dy; an absolute x starts a new anchored chunk. */
function move(element: Element, look: Look, pen: Pen): void {
  const x = element.getAttribute("x");
  const y = element.getAttribute("y");
  if (x !== null || y !== null) endChunk(pen);
  if (x !== null) pen.x = numberOf(x);
  if (y !== null) pen.y = numberOf(y);
  pen.x += lengthOf(element.getAttribute("dx"), look.size);
  pen.y += lengthOf(element.getAttribute("dy"), look.size);
  pen.anchor = look.style.get("text-anchor") ?? "start";
}

function write(raw: string, look: Look, pen: Pen, book: FontBook): void {
  for (const { text, face } of book.stretches(raw.replace(INVISIBLE, ""), look.face)) {
    const width = book.width(text, face, look.size);
    const run = { text, face, x: pen.x, y: pen.y, width, size: look.size, style: look.style };
    pen.chunk.push(run);
    pen.runs.push(run);
    pen.x += width;
  }
}

/** Shift the chunk by its anchor: only now its whole width is known. */
function endChunk(pen: Pen): void {
  const first = pen.chunk[0];
  if (!first) return;
  const share = pen.anchor === "middle" ? 0.5 : pen.anchor === "end" ? 1 : 0;
  const shift = share * (pen.x - first.x);
  for (const run of pen.chunk) run.x -= shift;
  pen.x -= shift;
  pen.chunk = [];
}

function lookOf(element: Element, outer: Look): Look {
  const own = styleOf(element);
  const weight = own.get("font-weight");
  const slant = own.get("font-style");
  const bold = weight ? isBold(weight) : outer.face.bold;
  const italic = slant ? slant !== "normal" : outer.face.italic;
  const size = lengthOf(own.get("font-size"), outer.size, outer.size);
  return { size, face: { bold, italic }, style: new Map([...outer.style, ...own]) };
}

function isBold(weight: string): boolean {
  return weight === "bold" || weight === "bolder" || Number(weight) >= 600;
}

/** What a text inherits from the groups around it. */
function outerLook(text: Element): Look {
  const parent = text.parentElement;
  if (!parent || parent.tagName.toLowerCase() === "svg") {
    return { size: 16, face: { bold: false, italic: false }, style: new Map() };
  }
  const look = lookOf(parent, outerLook(parent));
  const wanted = ["fill", "fill-opacity", "text-anchor"];
  return { ...look, style: new Map([...look.style].filter(([name]) => wanted.includes(name))) };
}
