import { describe, expect, it } from "vitest";
import { composePanels } from "../../../src/report/draw/compose.js";
import { timeFigure } from "../../../src/report/draw/curve-figure.js";
import { errorFigure } from "../../../src/report/draw/error-figure.js";
import type { Panel } from "../../../src/report/draw/figure.js";

interface Axis {
  readonly domain: [number, number];
  readonly anchor: string;
  readonly title: { readonly text: string };
  readonly type?: string;
  readonly dtick?: number;
}

interface Mark {
  readonly xref: string;
  readonly yref: string;
  readonly text?: string;
  readonly type?: string;
}

interface Layout {
  readonly shapes: readonly Mark[];
  readonly annotations: readonly (Mark & { x: number; y: number })[];
  readonly [axis: string]: unknown;
}

interface Trace {
  readonly name: string;
  readonly xaxis: string;
  readonly yaxis: string;
  readonly legend: string;
  readonly showlegend: boolean;
}

const t = [1, 10, 100];

/** A panel of two curves that are named after it. */
function panel(name: string): Panel {
  const curves = [0, 1].map((colour) => ({ name: `${name} ${colour}`, x: t, y: t, colour }));
  return { title: name, figure: timeFigure(curves, `axis of ${name}`) };
}

/** pmse with a plateau, and two labelled levels. */
const errors: Panel = {
  title: "errors",
  figure: errorFigure(
    [{ name: "theory", t, pmse: [1, 0.5, 0.1], colour: 0 }],
    [1, 0.1],
    [{ from: 2, to: 5, pmse: 1, rank: 0, pcaError: 1, difference: 0 }],
  ),
};

function composed(panels: readonly Panel[], columns: 1 | 2, width = 600) {
  const { figure, size } = composePanels(panels, width, columns);
  const layout = figure.layout as Layout;
  const suffix = (number: number) => (number === 1 ? "" : number);
  const cells = panels.map((_, i) => ({
    x: layout[`xaxis${suffix(i + 1)}`] as Axis,
    y: layout[`yaxis${suffix(i + 1)}`] as Axis,
    legend: layout[`legend${suffix(i + 1)}`] as { x: number; y: number },
  }));
  return { data: figure.data as Trace[], layout, size, cells };
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `panel ${i}`);
const width = ({ domain: [low, high] }: Axis) => high - low;

describe.each([1, 2] as const)("panels in %i columns", (columns) => {
  const count = 5;
  const { data, cells, layout, size } = composed(names(count).map(panel), columns);

  it("keep their own axes, legends and curves", () => {
    cells.forEach(({ x, y, legend }, i) => {
      const end = i === 0 ? "" : String(i + 1);
      expect([x.anchor, y.anchor]).toEqual([`y${end}`, `x${end}`]);
      expect(y.title.text).toBe(`axis of panel ${i}`);
      expect(x.type).toBe("log");
      expect(legend.x).toBe(x.domain[0]);
      expect(legend.y).toBeCloseTo(y.domain[1], 1);
      const traces = data.filter(({ name }) => name.startsWith(`panel ${i} `));
      expect(traces).toHaveLength(2);
      for (const trace of traces) {
        expect(trace).toMatchObject({ xaxis: `x${end}`, yaxis: `y${end}`, legend: `legend${end}` });
      }
    });
    expect(data).toHaveLength(2 * count);
    expect(Object.keys(layout).filter((key) => /axis|legend/.test(key))).toHaveLength(3 * count);
  });

  it("lie inside the figure, and never on each other", () => {
    cells.forEach((one, i) => {
      for (const { domain } of [one.x, one.y]) {
        expect(domain[0]).toBeGreaterThanOrEqual(-1e-12);
        expect(domain[1]).toBeLessThanOrEqual(1 + 1e-12);
        expect(domain[1]).toBeGreaterThan(domain[0]);
      }
      for (const other of cells.slice(i + 1)) {
        const apart = (["x", "y"] as const).some(
          (axis) =>
            one[axis].domain[1] < other[axis].domain[0] ||
            other[axis].domain[1] < one[axis].domain[0],
        );
        expect(apart).toBe(true);
      }
    });
  });

  it("are read from top to bottom and from left to right, as lettered", () => {
    const letters = layout.annotations.filter(({ xref }) => xref === "paper");
    expect(letters.map(({ text }) => text)).toEqual(["(a)", "(b)", "(c)", "(d)", "(e)"]);
    letters.forEach(({ x, y }, i) => {
      expect([x, y]).toEqual([cells[i].x.domain[0], cells[i].y.domain[1]]);
      if (i === 0) return;
      const [above, here] = [cells[i - 1], cells[i]];
      const beside = above.y.domain[1] === here.y.domain[1];
      if (beside) expect(here.x.domain[0]).toBeGreaterThan(above.x.domain[1]);
      else expect(here.y.domain[1]).toBeLessThan(above.y.domain[0]);
    });
  });

  it("are as wide as asked, and higher the more rows there are", () => {
    expect(size.width).toBe(600);
    expect(size.height).toBeGreaterThan(composed(names(2).map(panel), columns).size.height);
    expect(Number.isInteger(size.height)).toBe(true);
  });
});

describe("the rows", () => {
  it("of two columns are as wide as the figure together, the same in each row", () => {
    const { cells } = composed(names(4).map(panel), 2);
    for (const row of [0, 2]) {
      expect(cells[row].x.domain[0]).toBe(0);
      expect(cells[row + 1].x.domain[1]).toBeCloseTo(1, 12);
      expect(cells[row].y.domain).toEqual(cells[row + 1].y.domain);
      expect(width(cells[row].x)).toBeCloseTo(width(cells[row + 1].x), 12);
    }
  });

  it.each([1, 3, 5])(
    "of %i panels in two columns begin with one as wide as the figure",
    (count) => {
      const { cells } = composed(names(count).map(panel), 2);
      expect(cells[0].x.domain).toEqual([0, 1]);
      for (const { x } of cells.slice(1)) expect(width(x)).toBeLessThan(0.5);
    },
  );

  it("of one column are all as wide as the figure", () => {
    const { cells } = composed(names(3).map(panel), 1);
    for (const { x } of cells) expect(x.domain).toEqual([0, 1]);
  });

  it("leave room beside panels with labels at their right", () => {
    const { cells } = composed([errors, panel("other"), errors], 1);
    expect(cells[0].x.domain[1]).toBeLessThan(0.97);
    expect(cells[1].x.domain[1]).toBe(1);
    expect(cells[2].x.domain).toEqual(cells[0].x.domain);
  });
});

describe("shapes and labels", () => {
  const { layout, data } = composed([errors, panel("other"), errors], 2);

  it("refer to the axes of their own panel", () => {
    const refs = (marks: readonly Mark[]) => marks.map(({ xref, yref }) => `${xref}, ${yref}`);
    const shapes = ["x, y domain", "x domain, y", "x domain, y"];
    expect(refs(layout.shapes)).toEqual([
      ...shapes,
      ...shapes.map((text) => text.replace("x", "x3").replace("y", "y3")),
    ]);
    const labels = layout.annotations.filter(({ text }) => text?.startsWith("rank"));
    expect(refs(labels)).toEqual([
      ...new Array(2).fill("x domain, y"),
      ...new Array(2).fill("x3 domain, y3"),
    ]);
  });

  it("keep their texts and colours", () => {
    expect(layout.annotations.map(({ text }) => text)).toEqual([
      "rank 0",
      "rank 1",
      "(a)",
      "(b)",
      "rank 0",
      "rank 1",
      "(c)",
    ]);
    const colours = layout.shapes.map((shape) => (shape as unknown as { colour: string }).colour);
    expect(colours).toEqual(["shade", "level", "level", "shade", "level", "level"]);
  });

  it("hide the legend of a panel that has only one curve, and no other", () => {
    const shown = data.map(({ legend, showlegend }) => [legend, showlegend]);
    expect(shown).toEqual([
      ["legend", false],
      ["legend2", true],
      ["legend2", true],
      ["legend3", false],
    ]);
  });
});

it("the panels themselves stay as they were", () => {
  const panels = [errors, panel("other"), panel("third")];
  const before = structuredClone(panels);
  const first = composePanels(panels, 500, 2);
  expect(panels).toEqual(before);
  expect(composePanels(panels, 500, 2)).toEqual(first);
});
