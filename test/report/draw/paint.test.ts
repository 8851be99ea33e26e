import { describe, expect, it } from "vitest";
import { timeFigure } from "../../../src/report/draw/curve-figure.js";
import { errorFigure } from "../../../src/report/draw/error-figure.js";
import type { Figure } from "../../../src/report/draw/figure.js";
import { paint, THEMES } from "../../../src/report/draw/paint.js";

type Part = Record<string, unknown>;

const t = [1, 10, 100];
const many = Array.from({ length: 20 }, (_, colour) => ({
  name: `curve ${colour}`,
  x: t,
  y: t,
  colour,
  ...(colour % 2 === 1 && { error: [0.1, 0.1, 0.1] }),
}));
const curves = timeFigure(many, "y");
const levels = errorFigure(
  [{ name: "theory", t, pmse: [1, 0.5, 0.1], colour: 0 }],
  [1, 0.1],
  [{ from: 2, to: 5, pmse: 1, rank: 0, pcaError: 1, difference: 0 }],
);
const heat: Figure = {
  data: [{ type: "heatmap", z: [[0, 1]], colorbar: { thickness: 12 }, colorscale: "Viridis" }],
  layout: {
    xaxis: { minor: { dtick: "D1" } },
    yaxis: { zeroline: true },
    yaxis2: {},
    font: { size: 9 },
  },
};
// frozen all through: who changes one of them throws
const figures = { curves, levels, heat };
freeze(figures);
const themes = Object.entries(THEMES);

function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  Object.freeze(value);
  Object.values(value).forEach(freeze);
}

/** Every value of a key anywhere inside. */
function valuesOf(key: string, inside: unknown): unknown[] {
  if (typeof inside !== "object" || inside === null) return [];
  return Object.entries(inside).flatMap(([name, value]) => [
    ...(name === key ? [value] : []),
    ...valuesOf(key, value),
  ]);
}

describe.each(themes)("the %s theme", (_, theme) => {
  it("has a colour for every number, the palette's in turn", () => {
    const { data } = paint(curves, theme);
    expect(data).toHaveLength(20);
    data.forEach((trace, i) => {
      const { line, marker, error_y, ...rest } = trace as Part;
      const color = theme.palette[i % theme.palette.length];
      expect(color).toMatch(/^#[0-9a-f]{6}$/);
      expect([(line as Part).color, (marker as Part).color]).toEqual([color, color]);
      if (i % 2 === 1) expect((error_y as Part).color).toBe(color);
      else expect(error_y).toBeUndefined();
      expect(rest).not.toHaveProperty("colour");
    });
    expect(new Set(theme.palette).size).toBe(theme.palette.length);
  });

  it("colours levels and shades, and leaves no name of a colour behind", () => {
    const painted = paint(levels, theme);
    expect(valuesOf("colour", levels)).toHaveLength(4);
    expect(valuesOf("colour", painted)).toEqual([]);
    const [shade, ...lines] = (painted.layout as { shapes: Part[] }).shapes;
    expect(shade).toMatchObject({ type: "rect", fillcolor: theme.shade, line: { width: 0 } });
    expect(lines).toHaveLength(2);
    for (const { line, type } of lines) {
      expect(type).toBe("line");
      expect(line).toEqual({ width: 1, dash: "5px,4px", color: theme.level });
    }
  });

  it("colours the lines of every axis and the text, and keeps what a figure says", () => {
    const { data, layout } = paint(heat, theme) as { data: Part[]; layout: Record<string, Part> };
    const lines = { gridcolor: theme.grid, tickcolor: theme.level, linecolor: theme.level };
    const minor = { dtick: "D1", tickcolor: theme.level };
    expect(layout.xaxis).toEqual({ zeroline: false, ...lines, minor });
    expect(layout.yaxis).toEqual({ zeroline: true, ...lines });
    expect(layout.yaxis2).toEqual({ zeroline: false, ...lines });
    expect(layout.font).toEqual({ size: 9, color: theme.text });
    expect(data[0]).toEqual({
      ...heat.data[0],
      colorbar: { thickness: 12, outlinecolor: theme.grid },
    });
  });
});

describe.each(Object.entries(figures))("painting the figure of %s", (_, figure) => {
  it("leaves the figure itself as it was, and is the same every time", () => {
    const first = paint(figure, THEMES.light);
    expect(paint(figure, THEMES.light)).toEqual(first);
    expect(paint(figure, THEMES.dark)).not.toEqual(first);
    expect([figure, ...figure.data, figure.layout].every(Object.isFrozen)).toBe(true);
  });

  it("needs nothing but its own source text, as pages carry it", () => {
    const alone = new Function(`return (${paint})`)() as typeof paint;
    expect(alone).not.toBe(paint);
    for (const [, theme] of themes) {
      const [here, there] = [paint, alone].map((use) => use(figure, theme));
      expect(there).toEqual(here);
    }
  });
});
