/** A Plotly figure as a standalone SVG, drawn without a browser. */
import type { HTMLElement } from "happy-dom";
import type { Figure } from "../draw/figure.js";
import { type Cleaned, clean, type Scene } from "./clean.js";
import { FAMILY, type Fonts, fontRules } from "./fonts.js";
import type { ToPixel } from "./heat.js";
import { closeStage, openStage, type Stage } from "./stage.js";
import { short } from "./style.js";

/** Width and height in CSS px (96 per inch). */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What drawing needs; the caller reads it from the disk. */
export interface Tools {
  /** The text of plotly.min.js. */
  readonly plotly: string;
  readonly fonts: Fonts;
  /** Put the used glyphs into the SVG, so that it looks the same everywhere. */
  readonly embedFonts?: boolean;
  /** Start of all ids: differs where several figures share one HTML page. */
  readonly idPrefix?: string;
}

interface Axis {
  readonly c2p?: ToPixel;
}

const CONFIG = { staticPlot: true, responsive: false, displayModeBar: false, showTips: false };

/** Traces that need WebGL or maps from the network. */
const BROWSER_ONLY =
  /gl$|3d$|^(surface|cone|streamtube|isosurface|volume|splom|parcoords|scattergeo|choropleth)$|^(scatter|density|choropleth)map(box)?$/;

let loaded: { readonly plotly: string; readonly fonts: Fonts; readonly value: Stage } | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Draw a figure as SVG. The same figure gives the same text. Plotly stays loaded for the next
 * call (`releasePlotly` frees it); calls wait for each other, since they share one page.
 */
export function drawSvg(figure: Figure, size: Size, tools: Tools): Promise<string> {
  const result = queue.then(() => draw(figure, size, tools));
  queue = result.catch(() => undefined);
  return result;
}

/** Free the memory of the loaded Plotly (some 100 MB). */
export async function releasePlotly(): Promise<void> {
  await queue;
  const last = loaded;
  loaded = undefined;
  if (last) await closeStage(last.value);
}

async function draw(figure: Figure, size: Size, tools: Tools): Promise<string> {
  refuseBrowserOnly(figure);
  const stage = await stageFor(tools);
  const page = stage.window.document.createElement("div");
  stage.window.document.body.appendChild(page);
  let cleaned: Cleaned;
  try {
    cleaned = await plot(figure, size, stage, page, tools.idPrefix ?? "p");
  } catch (error) {
    // Only the message: Plotly's stack would print a minified line of several megabytes.
    throw new Error(`Plotly could not draw: ${error instanceof Error ? error.message : error}`);
  } finally {
    stage.plotly.purge(page);
    page.remove();
    stage.canvases.clear();
    await stage.window.happyDOM.abort();
  }
  return wrap(cleaned, size, tools);
}

/** Let Plotly draw on the page, and take the drawing. */
async function plot(
  figure: Figure,
  size: Size,
  { plotly, book, canvases }: Stage,
  page: HTMLElement,
  prefix: string,
): Promise<Cleaned> {
  const { data, layout } = structuredClone({ data: figure.data, layout: figure.layout });
  await plotly.newPlot(page, data, { ...layout, ...size, autosize: false }, CONFIG);
  return clean(page, { book, canvases, axisOf: axesOf(page), prefix });
}

/** Say so at once: Plotly would draw nothing, or try for a minute. */
function refuseBrowserOnly({ data }: Figure): void {
  for (const trace of data as readonly { readonly type?: unknown }[]) {
    const type = String(trace.type ?? "scatter");
    if (BROWSER_ONLY.test(type)) throw new Error(`Traces of type "${type}" need a browser.`);
  }
}

async function stageFor({ plotly, fonts }: Tools): Promise<Stage> {
  if (loaded?.plotly === plotly && loaded.fonts === fonts) return loaded.value;
  if (loaded) await closeStage(loaded.value);
  loaded = { plotly, fonts, value: openStage(plotly, fonts) };
  return loaded.value;
}

/** Plotly's own maps from data to px, for heat maps. */
function axesOf(page: object): Scene["axisOf"] {
  const { _fullLayout: layout } = page as { _fullLayout?: Readonly<Record<string, Axis>> };
  return (id) => {
    const axis = layout?.[`${id.charAt(0)}axis${id.slice(1)}`];
    return axis?.c2p?.bind(axis);
  };
}

/** The root element around a drawing, with the glyphs when wanted. */
async function wrap(cleaned: Cleaned, size: Size, tools: Tools): Promise<string> {
  const { body, defs, used } = cleaned;
  const rules = tools.embedFonts ? await fontRules(tools.fonts, used) : "";
  const [wide, high] = [short(size.width), short(size.height)];
  const link = body.includes("xlink:") ? ' xmlns:xlink="http://www.w3.org/1999/xlink"' : "";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg"${link} width="${wide}" height="${high}" ` +
    `viewBox="0 0 ${wide} ${high}" font-family="${FAMILY}">` +
    (rules && `<style>${rules}</style>`) +
    (defs && `<defs>${defs}</defs>`) +
    `<rect width="${wide}" height="${high}" fill="#fff"/>${body}</svg>\n`
  );
}
