/** Replace the text of an SVG of `drawSvg` by glyph outlines: no font is needed to draw it. */
import type { Face, FontBook } from "./fonts.js";
import { short } from "./style.js";

type Attributes = ReadonlyMap<string, string>;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** The same drawing without `<text>`. */
export function outlineText(svg: string, book: FontBook): string {
  return svg.replace(/<text([^>]*)>(.*?)<\/text>/gs, (_all, attributes: string, inside: string) => {
    const spans = [...inside.matchAll(/<tspan([^>]*)>([^<]*)<\/tspan>/g)];
    const paths = spans.map(([, own = "", text = ""]) => outline(text, parse(own), book));
    const all = paths.length > 0 ? paths.join("") : outline(inside, parse(attributes), book);
    return `<g${kept(parse(attributes), ["transform", "opacity", "clip-path"])}>${all}</g>`;
  });
}

function parse(text: string): Attributes {
  return new Map(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  );
}

function kept(attributes: Attributes, names: readonly string[]): string {
  const found = names.filter((name) => attributes.has(name));
  return found.map((name) => ` ${name}="${attributes.get(name)}"`).join("");
}

function outline(escaped: string, attributes: Attributes, book: FontBook): string {
  const text = escaped.replace(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all);
  const read = (name: string) => Number(attributes.get(name) ?? 0);
  const face: Face = {
    bold: attributes.get("font-weight") === "bold",
    italic: attributes.get("font-style") === "italic",
  };
  const [x, y, size] = [read("x"), read("y"), read("font-size")];
  const line = lineOf(attributes.get("text-decoration"), x, y, size, book.width(text, face, size));
  return `<path${kept(attributes, ["fill", "fill-opacity"])} d="${book.outline(text, face, size, x, y)}${line}"/>`;
}

/** A bar under or through the text. */
function lineOf(
  kind: string | undefined,
  x: number,
  y: number,
  size: number,
  width: number,
): string {
  const share = kind === "underline" ? 0.1 : kind === "line-through" ? -0.28 : undefined;
  if (share === undefined) return "";
  const [top, thick] = [short(y + share * size), short(size * 0.05)];
  return `M${short(x)},${top}h${short(width)}v${thick}h${short(-width)}Z`;
}
