import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plotlySource } from "../../src/cli/plotly.js";
import { timeFigure } from "../../src/report/draw/curve-figure.js";
import type { Figure } from "../../src/report/draw/figure.js";
import { paint, THEMES } from "../../src/report/draw/paint.js";
import type { Fonts } from "../../src/report/static/fonts.js";
import { pdfOf } from "../../src/report/static/pdf.js";
import { pngOf } from "../../src/report/static/png.js";
import { drawSvg, releasePlotly } from "../../src/report/static/svg.js";
import { inFolder } from "../support/command.js";

const SIZE = { width: 320, height: 240 };

const font = (name: string) =>
  new Uint8Array(
    readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)),
  );
const fonts: Fonts = {
  regular: font("DejaVuSans"),
  bold: font("DejaVuSans-Bold"),
  italic: font("DejaVuSans-Oblique"),
  boldItalic: font("DejaVuSans-BoldOblique"),
};

const t = [1, 10, 100];
const curves = timeFigure(
  [
    { name: "encoder, α<sub>w</sub>", x: t, y: [0.01, 0.1, 1], colour: 0 },
    {
      name: "ω of <i>runs</i> & <b>−1</b>",
      x: t,
      y: [0.02, 0.2, 2],
      colour: 1,
      error: [0.005, 0, 0.5],
    },
  ],
  "share of ρ̃",
  { log: true, range: [0.005, 5] },
);
const heat: Figure = {
  data: [
    {
      type: "heatmap",
      x: [1, 10, 100, 1000],
      y: ["v·ψ<sub>1</sub>", "w·ψ<sub>1</sub>"],
      z: [
        [0, 0.25, 0.5, 1],
        [1, 0.75, null, 0],
      ],
      zmin: 0,
      zmax: 1,
      colorscale: "Viridis",
      colorbar: { thickness: 12, tickvals: [0, 0.5, 1] },
    },
  ],
  layout: { xaxis: { type: "log" }, yaxis: { type: "category" }, font: { size: 9 } },
};
const figures: Record<string, Figure> = { curves, "a heat map": heat };

const globalsBefore = Reflect.ownKeys(globalThis);
const drawn: Record<string, string[]> = {};

function draw(figure: Figure) {
  const tools = { plotly: plotlySource(), fonts, embedFonts: true };
  return drawSvg(paint(figure, THEMES.light), SIZE, tools);
}

// twice, with the other one in between: what is kept of one drawing mustn't show in the next
beforeAll(async () => {
  for (const _ of [1, 2]) {
    for (const name of Object.keys(figures)) {
      drawn[name] ??= [];
      drawn[name].push(await draw(figures[name]));
    }
  }
});

afterAll(releasePlotly);

/** All texts, superscripts and all, without their elements and the spaces where these meet. */
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/gs)].map(([, inside]) =>
    inside.replace(/<[^>]*>|\s/g, ""),
  );

describe.each(Object.keys(figures))("the SVG of %s", (name) => {
  it("is the same whenever it is drawn", () => {
    const [first, second] = drawn[name];
    expect(second).toBe(first);
    expect(first.length).toBeGreaterThan(2000);
  });

  it("has the size that was asked for, and closes every element that it opens", () => {
    const [svg] = drawn[name];
    expect(svg).toMatch(/^<svg [^>]*width="320" height="240" viewBox="0 0 320 240"/);
    const opened = [...svg.matchAll(/<(\w+)[^>]*[^/]>/g)].length;
    expect(svg.match(/<\/\w+>/g)).toHaveLength(opened);
  });

  it("runs nothing and asks for nothing", () => {
    const [svg] = drawn[name];
    expect(svg).not.toMatch(/<script|\son\w+=|javascript:|@import|<foreignObject/i);
    const addresses = [...svg.matchAll(/(?:href="|url\()([^")]*)/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(address).toMatch(/^(#|data:font\/woff2;base64,)/);
    // what is referred to is there
    for (const address of addresses.filter((one) => one.startsWith("#"))) {
      expect(svg).toContain(`id="${address.slice(1)}"`);
    }
    expect(svg.replace(/xmlns(:\w+)?="[^"]*"/g, "")).not.toMatch(/https?:/);
  });

  it("leaves no name behind in Node", () => {
    expect(Reflect.ownKeys(globalThis)).toEqual(globalsBefore);
  });
});

it("the SVG of curves has their names, Greek letters, and powers of ten as they are set", () => {
  const texts = textsOf(drawn.curves[0]);
  for (const text of ["encoder,αw", "ωofruns&amp;−1", "shareofρ̃", "t=steps/D", "10−2", "102"]) {
    expect(texts).toContain(text);
  }
  // the exponent is set smaller and higher than its base
  const [, base, exponent] =
    /<tspan([^>]*)>10<\/tspan><tspan([^>]*)>−2<\/tspan>/.exec(drawn.curves[0]) ?? [];
  const read = (attributes: string, name: string) =>
    Number(new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]);
  expect(read(exponent, "font-size")).toBeLessThan(read(base, "font-size"));
  expect(read(exponent, "y")).toBeLessThan(read(base, "y"));
  expect(read(exponent, "x")).toBeGreaterThan(read(base, "x"));
});

it("the SVG of a heat map has a rectangle in its colour for every cell, and none for a gap", () => {
  const [svg] = drawn["a heat map"];
  const cells = /<g shape-rendering="crispEdges">(.*?)<\/g>/s.exec(svg)?.[1] ?? "";
  const colours = [...cells.matchAll(/fill="([^"]*)"/g)].map(([, colour]) => colour);
  expect(colours).toHaveLength(7);
  // the ends of Viridis, twice each
  expect(colours.filter((colour) => colour === "#440154")).toHaveLength(2);
  expect(colours.filter((colour) => colour === "#fde725")).toHaveLength(2);
  expect(svg).not.toContain("x-sheet");
});

describe("what can't be drawn", () => {
  it.each(["scattergl", "scatter3d", "surface", "choroplethmapbox"])(
    "is said at once: %s needs a browser",
    async (type) => {
      const message = `Traces of type "${type}" need a browser.`;
      await expect(draw({ data: [{ type }], layout: {} })).rejects.toThrow(message);
    },
  );

  it("leaves the drawings that wait behind it as they are", async () => {
    const broken = draw({ data: [{ type: "volume" }], layout: {} });
    const [failed, next] = await Promise.allSettled([broken, draw(curves)]);
    expect(failed.status).toBe("rejected");
    expect(next).toEqual({ status: "fulfilled", value: drawn.curves[0] });
  });
});

describe("the PNG", () => {
  // at 300 dpi: 300/96 device pixels a px
  it.each([
    [1, 320, 240],
    [2, 640, 480],
    [300 / 96, 1000, 750],
  ])("at %d pixels a px has the size asked for", async (scale, width, height) => {
    const png = await pngOf(drawn.curves[0], fonts, scale);
    const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
    expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    expect(text(png.subarray(12, 16))).toBe("IHDR");
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([width, height]);
    // pixels a metre, in the chunk that follows
    expect(text(png.subarray(37, 41))).toBe("pHYs");
    expect(view.getUint32(41)).toBe(Math.round((scale * 96) / 0.0254));
  });

  it("is the same whenever it is made", async () => {
    const [first, second] = [
      await pngOf(drawn["a heat map"][0], fonts, 1),
      await pngOf(drawn["a heat map"][1], fonts, 1),
    ];
    expect(Buffer.compare(first, second)).toBe(0);
  });
});

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

describe("the PDF", () => {
  it("has one page, of the figure's size in points, and is the same whenever it is made", async () => {
    for (const name of Object.keys(figures)) {
      const [first, second] = [
        await pdfOf(drawn[name][0], fonts, SIZE),
        await pdfOf(drawn[name][1], fonts, SIZE),
      ];
      const source = text(first);
      expect(source).toMatch(/^%PDF-/);
      // 72 points are 96 px
      expect([...source.matchAll(/\/MediaBox \[([^\]]*)\]/g)].map(([, box]) => box)).toEqual([
        "0 0 240 180",
      ]);
      expect(Buffer.compare(first, second)).toBe(0);
    }
  });

  const { error } = spawnSync("pdftotext", ["-v"]);
  if (error) console.log("pdftotext is missing: apt-get install poppler-utils");

  it.skipIf(error)("has text that can be searched: Greek, accents, minus signs", async () => {
    const pdf = await pdfOf(drawn.curves[0], fonts, SIZE);
    const words = inFolder((folder) => {
      const file = join(folder, "figure.pdf");
      writeFileSync(file, pdf);
      return spawnSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).stdout;
    });
    for (const word of ["ρ̃", "ω", "α", "encoder", "steps / D", "&", "−1"]) {
      expect(words).toContain(word);
    }
    // a superscript may be set on a line of its own
    expect(words.replace(/\s/g, "")).toMatch(/10−2|−210/);
  });
});
