/** A page without a browser in which Plotly draws: happy-dom plus real text metrics. */
import { type Element, Window } from "happy-dom";
import { type Box, localBox, pageBox } from "./box.js";
import { Canvases } from "./canvas.js";
import { bookOf, type FontBook, type Fonts } from "./fonts.js";
import { pathLength, pointAlong } from "./path.js";

/** The two calls of Plotly in use. */
interface Plotly {
  newPlot(node: unknown, data: unknown, layout: unknown, config: unknown): Promise<unknown>;
  purge(node: unknown): void;
}

/** A loaded Plotly on its own page. */
export interface Stage {
  readonly window: Window;
  readonly plotly: Plotly;
  readonly book: FontBook;
  readonly canvases: Canvases;
}

type Measure = (element: Element, book: FontBook, ...all: unknown[]) => unknown;

const SVG = "http://www.w3.org/2000/svg";
/** Names that Plotly must find on the page and not in Node. */
const PAGE_NAMES = [
  "window",
  "self",
  "globalThis",
  "document",
  "navigator",
  "getComputedStyle",
  "requestAnimationFrame",
  "cancelAnimationFrame",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "DOMParser",
  "XMLSerializer",
  "HTMLElement",
  "Element",
  "Node",
  "Image",
  "URL",
] as const;
/** Names that would tell Plotly it runs in Node. */
const HIDDEN_NAMES = ["module", "exports", "require", "process", "define"] as const;

/** Pages with text metrics, by document: other users of happy-dom keep their zeros. */
const books = new WeakMap<object, FontBook>();
const taught = new WeakSet<object>();

/** Load Plotly (its source text) on a fresh page. Nothing is left in Node's globals. */
export function openStage(source: string, fonts: Fonts): Stage {
  const canvases = new Canvases();
  const window = new Window({ settings: { canvasAdapter: canvases.adapter } });
  const book = bookOf(fonts);
  books.set(window.document, book);
  teachMeasuring(window);
  const load = new Function(...PAGE_NAMES, ...HIDDEN_NAMES, source);
  load.apply(
    window,
    PAGE_NAMES.map((name) => pageValue(window, name)),
  );
  const { Plotly: plotly } = window as unknown as { Plotly?: Plotly };
  if (!plotly) throw new Error("The source did not define Plotly.");
  return { window, plotly, book, canvases };
}

/** End a stage: its timers stop and its page is emptied. */
export async function closeStage(stage: Stage): Promise<void> {
  await stage.window.happyDOM.close();
}

function pageValue(window: Window, name: (typeof PAGE_NAMES)[number]): unknown {
  if (name === "window" || name === "self") return window;
  // Plotly keeps a pool of arrays there: let it write on a copy.
  if (name === "globalThis") return Object.create(globalThis);
  const value: unknown = Reflect.get(window, name);
  const plain = typeof value === "function" && /^[a-z]/.test(name);
  return plain ? (value as (...all: unknown[]) => unknown).bind(window) : value;
}

/** Replace happy-dom's zeros on our pages. */
function teachMeasuring(window: Window): void {
  const path = (element: Element) => element.getAttribute("d") ?? "";
  const box = (element: Element, book: FontBook) => rectangle(localBox(element, book));
  teach(window, "g", "getBoundingClientRect", (element, book) => {
    return rectangle(pageBox(element, book));
  });
  teach(window, "g", "getBBox", box);
  teach(window, "text", "getComputedTextLength", (element, book) => {
    return box(element, book).width;
  });
  teach(window, "path", "getTotalLength", (element) => pathLength(path(element)));
  teach(window, "path", "getPointAtLength", (element, _book, distance) => {
    const [x, y] = pointAlong(path(element), Number(distance));
    return { x, y };
  });
}

/**
 * Overrule a method for elements of our pages. happy-dom's windows share their classes: so this
 * happens once per process, and the pages of others keep happy-dom's own method.
 */
function teach(window: Window, tag: string, name: string, measure: Measure): void {
  const prototype = ownerOf(window.document.createElementNS(SVG, tag), name);
  const known: unknown = Reflect.get(prototype, name);
  if (typeof known !== "function" || taught.has(known)) return;
  const value = function measured(this: Element, ...all: unknown[]): unknown {
    const book = books.get(this.ownerDocument);
    return book && this.namespaceURI === SVG
      ? measure(this, book, ...all)
      : Reflect.apply(known, this, all);
  };
  taught.add(value);
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}

/** The prototype that defines a method; happy-dom does not export all its classes. */
function ownerOf(element: object, name: string): object {
  let owner: object | null = element;
  while (owner && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
  if (!owner) throw new Error(`happy-dom has no ${name}.`);
  return owner;
}

function rectangle(box: Box | undefined): ReturnType<Element["getBoundingClientRect"]> {
  const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const sizes = { x: left, y: top, width: right - left, height: bottom - top };
  const plain = { left, top, right, bottom, ...sizes };
  return { ...plain, toJSON: () => plain } as ReturnType<Element["getBoundingClientRect"]>;
}
