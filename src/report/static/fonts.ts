/** The figure's fonts: real text widths for the layout, and small subsets to embed. */
import { create, type Font } from "fontkit";
import subsetFont from "subset-font";

/** TrueType files (bytes) of one family; a missing style falls back to the regular one. */
export interface Fonts {
  readonly regular: Uint8Array;
  readonly bold?: Uint8Array;
  readonly italic?: Uint8Array;
  readonly boldItalic?: Uint8Array;
}

/** One of the four styles of the family. */
export interface Face {
  readonly bold: boolean;
  readonly italic: boolean;
}

/** A stretch of text which one style can draw. */
export interface Stretch {
  readonly text: string;
  readonly face: Face;
}

/** The family name written in every SVG and looked up in PNG and PDF. */
export const FAMILY = "DejaVu Sans";

const REGULAR: Face = { bold: false, italic: false };
const FACES: readonly Face[] = [
  REGULAR,
  { bold: true, italic: false },
  { bold: false, italic: true },
  { bold: true, italic: true },
];

/** The file for a style, or undefined when the caller gave none. */
export function fileOf(fonts: Fonts, face: Face): Uint8Array | undefined {
  if (face.bold) return face.italic ? fonts.boldItalic : fonts.bold;
  return face.italic ? fonts.italic : fonts.regular;
}

/** The styles the caller gave files for, the regular one first. */
export function facesOf(fonts: Fonts): readonly Face[] {
  return FACES.filter((face) => fileOf(fonts, face) !== undefined);
}

/** A short name for a style, unique in the family. */
export function faceName(face: Face): string {
  return `${FAMILY}${face.bold ? " Bold" : ""}${face.italic ? " Italic" : ""}`;
}

const books = new WeakMap<Fonts, FontBook>();

/** The one book of these fonts: opening fonts takes longer than drawing. */
export function bookOf(fonts: Fonts): FontBook {
  const known = books.get(fonts) ?? new FontBook(fonts);
  books.set(fonts, known);
  return known;
}

/** Measures text; keeps every width, because Plotly asks for the same labels again and again. */
export class FontBook {
  private readonly opened = new Map<string, Font>();
  private readonly widths = new Map<string, number>();

  constructor(readonly fonts: Fonts) {
    for (const face of facesOf(fonts)) {
      const bytes = fileOf(fonts, face);
      if (bytes) this.opened.set(faceName(face), create(bufferOf(bytes)) as Font);
    }
  }

  /** The advance width in px, with the font's kerning and marks. */
  width(text: string, face: Face, size: number): number {
    const key = `${faceName(face)}\n${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      const font = this.font(face);
      width = font.layout(text).advanceWidth / font.unitsPerEm;
      this.widths.set(key, width);
    }
    return width * size;
  }

  /** Height above the baseline in px, rounded as browsers do. */
  ascent(size: number): number {
    const font = this.font(REGULAR);
    return Math.round((font.ascent / font.unitsPerEm) * size);
  }

  /** Depth below the baseline in px, rounded as browsers do. */
  descent(size: number): number {
    const font = this.font(REGULAR);
    return Math.round((-font.descent / font.unitsPerEm) * size);
  }

  /** Cut the text where its style lacks a glyph which the regular style has. */
  stretches(text: string, wanted: Face): readonly Stretch[] {
    const face = fileOf(this.fonts, wanted) ? wanted : REGULAR;
    const parts: { text: string; face: Face }[] = [];
    for (const cluster of text.match(/.\p{M}*/gsu) ?? []) {
      const own = this.covers(face, cluster) || !this.covers(REGULAR, cluster);
      const best = own ? face : REGULAR;
      const last = parts.at(-1);
      if (last?.face === best) last.text += cluster;
      else parts.push({ text: cluster, face: best });
    }
    return parts;
  }

  /** The outlines of a text as path data: x is its left end, y its baseline. */
  outline(text: string, face: Face, size: number, x: number, y: number): string {
    const font = this.font(face);
    const scale = size / font.unitsPerEm;
    const { glyphs, positions } = font.layout(text);
    let path = "";
    let pen = x;
    for (const [at, glyph] of glyphs.entries()) {
      const { xOffset = 0, yOffset = 0, xAdvance = 0 } = positions[at] ?? {};
      const shape = glyph.path.scale(scale, -scale);
      path += shape.translate(pen + xOffset * scale, y - yOffset * scale).toSVG();
      pen += xAdvance * scale;
    }
    return path;
  }

  private covers(face: Face, text: string): boolean {
    const font = this.font(face);
    return [...text].every((char) => font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0));
  }

  private font(face: Face): Font {
    const font = this.opened.get(faceName(face)) ?? this.opened.get(faceName(REGULAR));
    if (!font) throw new Error("The regular font is missing.");
    return font;
  }
}

/** `@font-face` rules with only the glyphs in use, so that the SVG looks the same everywhere. */
export async function fontRules(fonts: Fonts, used: readonly Stretch[]): Promise<string> {
  const rules: string[] = [];
  for (const face of facesOf(fonts)) {
    const chars = charsOf(used, face);
    const bytes = fileOf(fonts, face);
    if (chars === "" || !bytes) continue;
    const subset = await subsetFont(bufferOf(bytes), chars, { targetFormat: "woff2" });
    rules.push(fontRule(face, base64(subset)));
  }
  return rules.join("");
}

/** The same bytes as Node's Buffer, which font packages insist on. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Base64 of bytes. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

function charsOf(used: readonly Stretch[], face: Face): string {
  const name = faceName(face);
  const all = used.filter((part) => faceName(part.face) === name).map((part) => part.text);
  return [...new Set(all.join(""))].sort().join("");
}

function fontRule(face: Face, data: string): string {
  const weight = face.bold ? "bold" : "normal";
  const style = face.italic ? "italic" : "normal";
  return (
    `@font-face{font-family:"${FAMILY}";font-weight:${weight};font-style:${style};` +
    `src:url(data:font/woff2;base64,${data}) format("woff2")}`
  );
}
