/**
 * A Plotly figure as plain data. It names its colours by what they mean, since only the page or the
 * file that shows it knows its theme (see `paint.ts`): a trace's `colour` is a number of the palette,
 * a shape's is "level" or "shade".
 */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

/** One picture among others, with what one has to know to read it. */
export interface Panel {
  readonly title: string;
  readonly figure: Figure;
  /** below the picture */
  readonly note?: string;
  /** as wide as the page (default: beside others where there is room) */
  readonly wide?: boolean;
}

/** Digits that a picture can show; full numbers are in the tables beside it. */
const DIGITS = 6;

/** A number as pictures carry it; what isn't finite is a gap. */
export function drawn(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null;
}

/** Layout that all line figures share: time on a logarithmic axis, the legend above. */
export const TIME_AXIS = { type: "log", title: { text: "t = steps / D" }, exponentformat: "power" };
export const LEGEND_ABOVE = { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" };

/** Minus signs as they are set in print. */
export function typeset(text: string): string {
  return text.replace(/-(?=[\d.])/g, "−");
}
