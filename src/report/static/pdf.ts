/** An SVG of `drawSvg` as a one-page PDF of exactly its size, with selectable text. */
import PDFDocument from "pdfkit";
import SVGtoPDF from "svg-to-pdfkit";
import { bufferOf, type Fonts, faceName, facesOf, fileOf } from "./fonts.js";
import { join } from "./pngfile.js";
import type { Size } from "./svg.js";

/** What svg-to-pdfkit asks of pdfkit's fonts. */
interface PdfFont {
  encode(text: string): [codes: string[], places: PdfPlace[]];
}

interface PdfPlace {
  readonly advanceWidth: number;
  readonly yOffset: number;
}

/** Points per CSS px. */
const POINTS = 72 / 96;
/** A fixed date: pdfkit makes the file's id from it, so equal figures give equal bytes. */
const DATE = new Date(0);

/** Convert; fonts are embedded as subsets. */
export async function pdfOf(svg: string, fonts: Fonts, size: Size): Promise<Uint8Array> {
  const width = size.width * POINTS;
  const height = size.height * POINTS;
  const info = { CreationDate: DATE, ModDate: DATE };
  const pdf = new PDFDocument({ size: [width, height], margin: 0, info, autoFirstPage: true });
  const bytes = collect(pdf);
  for (const face of facesOf(fonts)) {
    const file = fileOf(fonts, face);
    if (!file) continue;
    pdf.registerFont(faceName(face), bufferOf(file));
    keepMarks(pdf.font(faceName(face)));
  }
  SVGtoPDF(pdf, svg.replace(/<style>.*?<\/style>/s, ""), 0, 0, {
    width,
    height,
    preserveAspectRatio: "none",
    fontCallback: (_family, bold, italic) => nameFor(fonts, bold, italic),
  });
  pdf.end();
  return bytes;
}

/**
 * svg-to-pdfkit drops glyphs of no width and shifts marks the wrong way, so the tilde of "ρ̃" would
 * vanish and that of "L̃" fall down: give marks a thousandth of an em (their advance stays zero)
 * and turn the shift.
 */
function keepMarks(pdf: PDFKit.PDFDocument): void {
  const { _font: font } = pdf as unknown as { _font: PdfFont };
  const encode = font.encode.bind(font);
  font.encode = (text) => {
    const [codes, places] = encode(text);
    return [codes, places.map(keepMark)];
  };
}

function keepMark(place: PdfPlace): PdfPlace {
  return { ...place, advanceWidth: place.advanceWidth || 1, yOffset: -place.yOffset };
}

function nameFor(fonts: Fonts, bold: boolean, italic: boolean): string {
  const face = { bold, italic };
  return faceName(fileOf(fonts, face) ? face : { bold: false, italic: false });
}

function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Uint8Array[] = [];
    pdf.on("data", (part: Uint8Array) => parts.push(part));
    pdf.on("error", reject);
    pdf.on("end", () => resolve(join(parts)));
  });
}
