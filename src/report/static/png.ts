/** An SVG of `drawSvg` as PNG. */
import { Resvg } from "@resvg/resvg-js";
import { bookOf, type Fonts } from "./fonts.js";
import { outlineText } from "./outline.js";
import { withDensity } from "./pngfile.js";

/**
 * Render at `scale` device px per CSS px (300 dpi is 300 / 96). resvg's native build can read
 * fonts from the disk only, so it gets outlines instead of text, and no font at all.
 */
export async function pngOf(svg: string, fonts: Fonts, scale: number): Promise<Uint8Array> {
  const drawing = new Resvg(outlineText(svg, bookOf(fonts)), {
    font: { loadSystemFonts: false },
    fitTo: { mode: "zoom", value: scale },
    background: "#fff",
  });
  return withDensity(drawing.render().asPng(), scale * 96);
}
