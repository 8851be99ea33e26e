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

/** Labels of decades that have room beside each other. */
const MOST_DECADES = 10;

/** Time, on a logarithmic axis. */
export const TIME_TITLE = { text: "t = steps / D" };
export const LEGEND_ABOVE = { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" };

/**
 * A logarithmic axis for values in this range. Decades are labelled where there are two or more to see,
 * else 1, 2 and 5 of each, or all digits; a range without any of them is Plotly's own to label. Of very
 * many decades only every second, third … is.
 */
export function logAxis(title: { text: string }, range: readonly [number, number]) {
  const axis = { type: "log", title, exponentformat: "power", ...TICKS };
  const decades = ticksIn(range, [1]);
  if (decades > MOST_DECADES) return { ...axis, dtick: Math.ceil(decades / MOST_DECADES) };
  const labels = [
    { dtick: 1, digits: [1] },
    { dtick: "D2", digits: [1, 2, 5] },
    { dtick: "D1", digits: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
  ].find(({ digits }) => ticksIn(range, digits) >= 2);
  if (!labels) return axis;
  return { ...axis, dtick: labels.dtick, minor: { dtick: "D1", ticks: "outside", ticklen: 3 } };
}

/** How many numbers with one of these digits and zeros lie in a range. */
function ticksIn([low, high]: readonly [number, number], digits: readonly number[]): number {
  const upTo = (value: number, digit: number) => Math.floor(Math.log10(value / digit) + 1e-9);
  return digits.reduce(
    (count, digit) => count + upTo(high, digit) - upTo(low * (1 - 1e-9), digit),
    0,
  );
}

/** Ticks keep the labels of two axes apart where they meet. */
export const TICKS = { ticks: "outside", ticklen: 6 };

/** Minus signs as they are set in print. */
export function typeset(text: string): string {
  return text.replace(/-(?=[\d.])/g, "−");
}
