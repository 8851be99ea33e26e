/** A canvas that paints nothing but remembers the cells of heat maps, to draw them as vectors. */

import type { ICanvasAdapter } from "happy-dom";
import { base64 } from "./fonts.js";
import { encodePng } from "./pngfile.js";

/** One filled rectangle, in canvas px. */
export interface Cell {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly color: string;
}

/** What was painted on one canvas: rectangles or pixels. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly cells: Cell[];
  pixels?: Uint8ClampedArray;
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

type Adapter = NonNullable<ICanvasAdapter>;
type Canvas = Parameters<Adapter["getContext"]>[0]["canvas"];

const SCHEME = "data:x-sheet,";

/** All canvases of a page; `sheet` finds the one behind an image's address. */
export class Canvases {
  private readonly byCanvas = new WeakMap<object, Sheet>();
  private sheets: Sheet[] = [];

  /** What happy-dom calls instead of a real canvas. */
  readonly adapter: Adapter = {
    getContext: ({ canvas }, kind) =>
      (kind === "2d" ? context(this.sheetOf(canvas)) : null) as ReturnType<Adapter["getContext"]>,
    toDataURL: ({ canvas }) => `${SCHEME}${this.sheets.indexOf(this.sheetOf(canvas))}`,
    toBlob: (_caller, callback) => callback(null),
  };

  /** The sheet behind an address made by `toDataURL`, or undefined. */
  sheet(address: string): Sheet | undefined {
    return address.startsWith(SCHEME)
      ? this.sheets[Number(address.slice(SCHEME.length))]
      : undefined;
  }

  /** Forget all sheets. */
  clear(): void {
    this.sheets = [];
  }

  private sheetOf(canvas: Canvas): Sheet {
    let sheet = this.byCanvas.get(canvas);
    if (!sheet) {
      sheet = { width: canvas.width, height: canvas.height, cells: [] };
      this.byCanvas.set(canvas, sheet);
      this.sheets.push(sheet);
    }
    return sheet;
  }
}

/** The few methods Plotly's heat maps use. */
function context(sheet: Sheet): object {
  return {
    fillStyle: "#000",
    fillRect(
      this: { fillStyle: string },
      left: number,
      top: number,
      width: number,
      height: number,
    ) {
      const color = this.fillStyle;
      sheet.cells.push({ left, top, right: left + width, bottom: top + height, color });
    },
    createImageData: (width: number, height: number): Picture => ({
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4),
    }),
    putImageData(picture: Picture) {
      sheet.pixels = picture.data;
    },
  };
}

/** The pixels as cells of one px. */
export function pixelCells({ width, height, pixels }: Sheet): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = 0; pixels && at < width * height; at += 1) {
    const [red, green, blue, alpha = 0] = pixels.subarray(at * 4, at * 4 + 4);
    const left = at % width;
    const top = Math.floor(at / width);
    const color = `rgba(${red},${green},${blue},${alpha / 255})`;
    cells.push({ left, top, right: left + 1, bottom: top + 1, color });
  }
  return cells;
}

/** The pixels as a PNG data address: for smoothed heat maps only. */
export function pngAddress({ width, height, pixels }: Sheet): string {
  const file = encodePng(width, height, pixels ?? new Uint8ClampedArray(width * height * 4));
  return `data:image/png;base64,${base64(file)}`;
}
