/** Turn the page that Plotly drew into a small, static, deterministic SVG. */
import type { Element } from "happy-dom";
import { type Canvases, pngAddress } from "./canvas.js";
import type { FontBook, Stretch } from "./fonts.js";
import { type AxisOf, drawCells } from "./heat.js";
import { polylines } from "./path.js";
import {
  lengthOf,
  numberOf,
  type Paint,
  paintOf,
  type Style,
  short,
  styleOf,
  tidy,
} from "./style.js";
import { layoutText, type Run } from "./text.js";

/** What the cleaner needs to know besides the page. */
export interface Scene {
  readonly book: FontBook;
  readonly canvases: Canvases;
  readonly axisOf: AxisOf;
  readonly prefix: string;
}

/** The drawing without its root element, and the text it shows (to embed glyphs). */
export interface Cleaned {
  readonly body: string;
  readonly defs: string;
  readonly used: readonly Stretch[];
}

interface Work extends Scene {
  readonly page: Element;
  /** New ids by old id, in order of first use. */
  readonly ids: Map<string, string>;
  readonly used: Stretch[];
}

/** Properties that groups hand down to shapes. */
const INHERITED = [
  "fill",
  "fill-opacity",
  "fill-rule",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-miterlimit",
  "visibility",
];
const STROKE_DETAILS = ["stroke-linecap", "stroke-linejoin", "stroke-miterlimit"];
const GEOMETRY: Readonly<Record<string, readonly string[]>> = {
  path: ["d"],
  rect: ["x", "y", "width", "height", "rx", "ry"],
  circle: ["cx", "cy", "r"],
  ellipse: ["cx", "cy", "rx", "ry"],
  line: ["x1", "y1", "x2", "y2"],
  polygon: ["points"],
  polyline: ["points"],
};
/** The shortest dash in px. */
const MIN_DASH = 0.001;
/** How Plotly hides the line of an arrow that is all head. */
const HIDDEN_LINE = `${MIN_DASH},100`;
/** Layers and handles that only a mouse needs. */
const SKIPPED =
  /\b(draglayer|hoverlayer|zoomlayer|menulayer|selectionlayer|scrollbar|legendtoggle)\b/;
const GROUP_NAMES = new Set(["g", "svg", "a"]);
const DEF_ATTRIBUTES =
  "x y width height x1 y1 x2 y2 cx cy r fx fy offset gradientUnits gradientTransform " +
  "patternUnits patternContentUnits patternTransform clipPathUnits maskUnits viewBox";

/** Clean all of Plotly's layers (several `svg.main-svg`, one over the other). */
export function clean(page: Element, scene: Scene): Cleaned {
  const work: Work = { ...scene, page, ids: new Map(), used: [] };
  const layers = [...page.querySelectorAll("svg.main-svg")];
  const body = layers.map((layer) => children(layer, new Map(), work)).join("");
  return { body, defs: definitions(work), used: work.used };
}

function children(element: Element, outer: Style, work: Work): string {
  return [...element.children].map((child) => node(child, outer, work)).join("");
}

function node(element: Element, outer: Style, work: Work): string {
  const name = element.tagName.toLowerCase();
  if (name === "defs" || SKIPPED.test(element.getAttribute("class") ?? "")) return "";
  const own = styleOf(element);
  if (own.get("display") === "none" || numberOf(own.get("opacity"), 1) === 0) return "";
  const style = inherit(outer, own);
  if (GROUP_NAMES.has(name)) return group(element, own, style, work);
  if (style.get("visibility") === "hidden") return "";
  if (name === "text") return text(element, own, work);
  if (name === "image") return image(element, own, work);
  return GEOMETRY[name] ? shape(element, name, own, style, work) : "";
}

function inherit(outer: Style, own: Style): Style {
  const style = new Map(outer);
  for (const name of INHERITED) {
    const value = own.get(name);
    if (value !== undefined && value !== "") style.set(name, value);
  }
  return style;
}

/** A group; without effect of its own it dissolves, without content it vanishes. */
function group(element: Element, own: Style, style: Style, work: Work): string {
  const attributes = effects(own, work);
  const inside = children(element, style, work);
  return inside === "" || attributes === "" ? inside : `<g${attributes}>${inside}</g>`;
}

function shape(element: Element, name: string, own: Style, style: Style, work: Work): string {
  const paint = (encloses(element, name) ? fillOf(style, work) : "") + strokeOf(style, work);
  if (paint === "") return "";
  if (name === "path" && /^(M0,0Z?)?$/.test(element.getAttribute("d") ?? "")) return "";
  const geometry = copy(element, GEOMETRY[name] ?? []);
  const noFill = paint.includes(' fill="') ? "" : ' fill="none"';
  return `<${name}${geometry}${effects(own, work)}${noFill}${paint}/>`;
}

/** Whether there is anything to fill: some viewers paint hairlines for fills without area. */
function encloses(element: Element, name: string): boolean {
  if (name === "line") return false;
  if (name !== "path") return true;
  return polylines(element.getAttribute("d") ?? "").some((line) => line.length > 2);
}

function copy(element: Element, names: readonly string[]): string {
  return names
    .map((name) => [name, element.getAttribute(name)] as const)
    .map(([name, value]) => (value === null ? "" : ` ${name}="${escapeXml(tidy(value))}"`))
    .join("");
}

/** Transform, opacity and clipping. */
function effects(own: Style, work: Work): string {
  const transform = (own.get("transform") ?? "").trim();
  const still = transform === "" || /^(translate\(0(,\s*0)?\)|rotate\(0\b[^)]*\))$/.test(transform);
  const opacity = numberOf(own.get("opacity"), 1);
  const clip = reference(own.get("clip-path"), work);
  return (
    (still ? "" : ` transform="${tidy(transform)}"`) +
    (opacity === 1 ? "" : ` opacity="${short(opacity)}"`) +
    (clip ? ` clip-path="${clip}"` : "")
  );
}

/** Fill attributes; none at all when nothing would show. */
function fillOf(style: Style, work: Work): string {
  const paint = visible(style.get("fill") ?? "#000", style.get("fill-opacity"));
  if (!paint) return "";
  const rule = style.get("fill-rule");
  return (
    ` fill="${reference(paint.color, work) ?? paint.color}"` +
    (paint.alpha === 1 ? "" : ` fill-opacity="${short(paint.alpha)}"`) +
    (rule && rule !== "nonzero" ? ` fill-rule="${rule}"` : "")
  );
}

/** Stroke attributes; none at all when nothing would show. */
function strokeOf(style: Style, work: Work): string {
  const paint = visible(style.get("stroke") ?? "none", style.get("stroke-opacity"));
  const width = numberOf(style.get("stroke-width"), 1);
  if (!paint || width === 0) return "";
  const dashes = dashesOf(style.get("stroke-dasharray") ?? "none");
  if (dashes === HIDDEN_LINE) return "";
  const details = STROKE_DETAILS.map((name) => [name, style.get(name)] as const);
  return (
    ` stroke="${reference(paint.color, work) ?? paint.color}" stroke-width="${short(width)}"` +
    (paint.alpha === 1 ? "" : ` stroke-opacity="${short(paint.alpha)}"`) +
    (dashes === "none" ? "" : ` stroke-dasharray="${dashes}"`) +
    details.map(([name, value]) => (value ? ` ${name}="${value}"` : "")).join("")
  );
}

/** Dashes without units; pdfkit refuses dashes of no length, which Plotly puts at arrow heads. */
function dashesOf(text: string): string {
  if (text === "none" || text === "") return "none";
  return text
    .split(/[\s,]+/)
    .map((part) => (part.endsWith("%") ? part : short(Math.max(numberOf(part), MIN_DASH))))
    .join(",");
}

function visible(color: string, opacity: string | undefined): Paint | undefined {
  const paint = paintOf(color);
  const alpha = paint.alpha * numberOf(opacity, 1);
  return alpha === 0 ? undefined : { color: paint.color, alpha };
}

/** `url(#old)` with the new id; undefined when the text is no such reference. */
function reference(value: string | undefined, work: Work): string | undefined {
  const old = /url\(["']?[^#)]*#([^"')]+)["']?\)/.exec(value ?? "")?.[1];
  return old === undefined ? undefined : `url(#${newId(old, work)})`;
}

function newId(old: string, work: Work): string {
  const known = work.ids.get(old) ?? `${work.prefix}${work.ids.size + 1}`;
  work.ids.set(old, known);
  return known;
}

/** Text as absolutely placed runs, which every renderer puts at the same place. */
function text(element: Element, own: Style, work: Work): string {
  const runs = layoutText(element, work.book).map((run) => trim(run, work.book));
  const shown = runs.filter((run) => run.text !== "" && fillOf(run.style, work) !== "");
  const [first] = shown;
  if (!first) return "";
  work.used.push(...shown);
  const inside =
    shown.length === 1
      ? escapeXml(first.text)
      : shown.map((run) => `<tspan${look(run, work)}>${escapeXml(run.text)}</tspan>`).join("");
  return `<text${effects(own, work)}${shown.length === 1 ? look(first, work) : ""}>${inside}</text>`;
}

/** Cut spaces at the ends and double ones (XML would drop them), leaving the glyphs in place. */
function trim(run: Run, book: FontBook): Run {
  const { text: raw, face, size } = run;
  const lead = raw.length - raw.trimStart().length;
  const shift = lead > 0 ? book.width(raw.slice(0, lead), face, size) : 0;
  return { ...run, x: run.x + shift, text: raw.trim().replaceAll("  ", " \u00a0") };
}

function look(run: Run, work: Work): string {
  const line = run.style.get("text-decoration");
  return (
    ` x="${short(run.x)}" y="${short(run.y)}" font-size="${short(run.size)}"` +
    (run.face.bold ? ' font-weight="bold"' : "") +
    (run.face.italic ? ' font-style="italic"' : "") +
    (line && line !== "none" ? ` text-decoration="${line}"` : "") +
    fillOf(run.style, work)
  );
}

/** A picture: heat maps become vector cells, other pictures stay when they are embedded. */
function image(element: Element, own: Style, work: Work): string {
  const address = element.getAttribute("xlink:href") ?? element.getAttribute("href") ?? "";
  const sheet = work.canvases.sheet(address);
  const smooth = sheet?.pixels && !/pixelated/.test(element.getAttribute("style") ?? "");
  if (sheet && !smooth) {
    const cells = drawCells(element, sheet, work.axisOf);
    const around = effects(own, work);
    return around && cells ? `<g${around}>${cells}</g>` : cells;
  }
  const source = sheet ? pngAddress(sheet) : address;
  if (!source.startsWith("data:image/")) return "";
  const place = copy(element, ["x", "y", "width", "height", "preserveAspectRatio"]);
  return `<image${place}${effects(own, work)} xlink:href="${source}"/>`;
}

/** The definitions in use (clip paths, gradients, patterns), with the new ids. */
function definitions(work: Work): string {
  let all = "";
  const done = new Set<string>();
  for (const [old, id] of work.ids) {
    if (done.has(old)) continue;
    done.add(old);
    const element = work.page.querySelector(`[id="${old}"]`);
    if (element) all += definition(element, id, work);
  }
  return all;
}

function definition(element: Element, id: string, work: Work): string {
  const name = element.tagName;
  const inside = /^clippath$/i.test(name)
    ? [...element.children].map(clipShape).join("")
    : [...element.children].map((child) => part(child, work)).join("");
  return `<${name} id="${id}"${copy(element, DEF_ATTRIBUTES.split(" "))}>${inside}</${name}>`;
}

function clipShape(element: Element): string {
  const name = element.tagName.toLowerCase();
  const known = GEOMETRY[name];
  return known ? `<${name}${copy(element, [...known, "transform"])}/>` : "";
}

function part(element: Element, work: Work): string {
  if (element.tagName.toLowerCase() !== "stop") return node(element, new Map(), work);
  const style = styleOf(element);
  const paint = paintOf(style.get("stop-color") ?? "#000");
  const alpha = paint.alpha * numberOf(style.get("stop-opacity"), 1);
  const offset = lengthOf(style.get("offset"), 1);
  return `<stop offset="${short(offset)}" stop-color="${paint.color}" stop-opacity="${short(alpha)}"/>`;
}

function escapeXml(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
