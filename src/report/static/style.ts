/** The few pieces of CSS and SVG syntax that Plotly writes: declarations, colours, transforms. */
import type { Element } from "happy-dom";

/** Presentation properties by name. */
export type Style = ReadonlyMap<string, string>;

/** An affine map, in SVG's order a b c d e f. */
export type Matrix = readonly [number, number, number, number, number, number];

/** A colour without its opacity, and its opacity. */
export interface Paint {
  readonly color: string;
  readonly alpha: number;
}

/** The map that moves nothing. */
export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

const NO_PAINT: Paint = { color: "none", alpha: 0 };

/** Presentation attributes, overruled by the style attribute as in CSS. */
export function styleOf(element: Element): Style {
  const style = new Map<string, string>();
  for (const { name, value } of element.attributes) style.set(name, value ?? "");
  for (const part of (element.getAttribute("style") ?? "").split(";")) {
    const colon = part.indexOf(":");
    if (colon > 0) style.set(part.slice(0, colon).trim(), part.slice(colon + 1).trim());
  }
  return style;
}

/** A number, with or without "px"; the fallback when there is none. */
export function numberOf(text: string | null | undefined, fallback = 0): number {
  const value = Number.parseFloat(text ?? "");
  return Number.isFinite(value) ? value : fallback;
}

/** A length in px; "em" and "%" are shares of the given size. */
export function lengthOf(text: string | null | undefined, size: number, fallback = 0): number {
  const value = numberOf(text, Number.NaN);
  if (Number.isNaN(value)) return fallback;
  if (text?.trim().endsWith("em")) return value * size;
  if (text?.trim().endsWith("%")) return (value / 100) * size;
  return value;
}

/** Read a CSS colour; colours with alpha are split, since PDF tools ignore rgba(). */
export function paintOf(text: string): Paint {
  if (text === "none" || text === "transparent") return NO_PAINT;
  const parts = /^rgba?\(([^)]*)\)$/.exec(text)?.[1]?.split(",").map(Number);
  if (!parts) return { color: text, alpha: 1 };
  const [red = 0, green = 0, blue = 0, alpha = 1] = parts;
  const hex = [red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, "0"));
  return { color: `#${hex.join("")}`, alpha };
}

/** Shorten the long decimals in a list of numbers (paths, transforms, coordinates). */
export function tidy(text: string): string {
  return text.replace(/-?(?:\d+\.\d{4,}|\d*\.?\d+e[-+]?\d+)(?:e[-+]?\d+)?/gi, (long) =>
    short(Number(long)),
  );
}

/** A number with at most three decimals. */
export function short(value: number): string {
  return String(Number(value.toFixed(3)) || 0);
}

/** The product of two maps: first `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

/** Read a transform attribute. */
export function matrixOf(text: string | null): Matrix {
  let whole = IDENTITY;
  for (const [, name = "", inside = ""] of (text ?? "").matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const values = (inside.match(/-?[\d.]+(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    whole = multiply(whole, step(name, values));
  }
  return whole;
}

function step(name: string, values: readonly number[]): Matrix {
  const [first = 0, second, third = 0, fourth = 0, fifth = 0, sixth = 0] = values;
  if (name === "translate") return [1, 0, 0, 1, first, second ?? 0];
  if (name === "scale") return [first, 0, 0, second ?? first, 0, 0];
  if (name === "matrix") return [first, second ?? 0, third, fourth, fifth, sixth];
  if (name === "rotate") return rotation(first, second ?? 0, third);
  return IDENTITY;
}

function rotation(degrees: number, x: number, y: number): Matrix {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
}
