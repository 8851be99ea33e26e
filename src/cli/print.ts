import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { composePanels } from "../report/draw/compose.js";
import { paint, THEMES } from "../report/draw/paint.js";
import type { Drawing } from "../report/paper/paper-figure.js";
import type { Fonts } from "../report/static/fonts.js";
import { pdfOf } from "../report/static/pdf.js";
import { pngOf } from "../report/static/png.js";
import { drawSvg } from "../report/static/svg.js";
import type { PrintFormat } from "./figures-arguments.js";
import { plotlySource } from "./plotly.js";

/** How figures are printed. */
export interface PrintSettings {
  readonly formats: readonly PrintFormat[];
  /** mm */
  readonly width: number;
  /** of PNG */
  readonly dotsPerInch: number;
}

/** Figures wider than this have two panels beside each other, mm. */
const ONE_COLUMN = 120;
const PX_PER_INCH = 96;
const MM_PER_INCH = 25.4;

/** A drawing in print, one file a format; no browser is needed. */
export async function printFigure(
  { panels }: Drawing,
  { formats, width, dotsPerInch }: PrintSettings,
): Promise<Partial<Record<PrintFormat, string | Uint8Array>>> {
  const px = (width / MM_PER_INCH) * PX_PER_INCH;
  const { figure, size } = composePanels(panels, Math.round(px), width > ONE_COLUMN ? 2 : 1);
  const tools = { plotly: plotlySource(), fonts: fonts(), embedFonts: true };
  const svg = await drawSvg(paint(figure, THEMES.light), size, tools);
  const files: Partial<Record<PrintFormat, string | Uint8Array>> = {};
  for (const format of formats) {
    if (format === "svg") files.svg = svg;
    if (format === "png") files.png = await pngOf(svg, tools.fonts, dotsPerInch / PX_PER_INCH);
    if (format === "pdf") files.pdf = await pdfOf(svg, tools.fonts, size);
  }
  return files;
}

let loaded: Fonts | undefined;

/** DejaVu Sans has the Greek letters, minus signs and accents that PDF's own fonts lack. */
function fonts(): Fonts {
  const { resolve } = createRequire(import.meta.url);
  const read = (name: string) =>
    new Uint8Array(readFileSync(resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));
  loaded ??= {
    regular: read("DejaVuSans"),
    bold: read("DejaVuSans-Bold"),
    italic: read("DejaVuSans-Oblique"),
    boldItalic: read("DejaVuSans-BoldOblique"),
  };
  return loaded;
}
