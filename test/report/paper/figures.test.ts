import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { reportPage } from "../../../src/report/page/page.js";
import { figureJson } from "../../../src/report/paper/figure-json.js";
import { figureReport } from "../../../src/report/paper/figure-report.js";
import type { Drawing, Results } from "../../../src/report/paper/paper-figure.js";
import { PAPER_FIGURES } from "../../../src/report/paper/registry.js";
import { root } from "../../support/command.js";
import { madeOf } from "../../support/paper.js";

/*
 * The paper's figures in their quick size. Snapshots are data that reads well in a diff: after a change
 * that is meant, `npx vitest run test/report/paper -u` writes them anew, and one looks at the diff.
 */
describe.each(PAPER_FIGURES.map((figure) => [figure.name, figure] as const))(
  "%s",
  (name, figure) => {
    let results: Results;
    let drawing: Drawing;
    beforeAll(async () => {
      results = await madeOf(figure, true);
      drawing = figure.draw(results);
    });

    it("shows what the paper claims", () => {
      expect(drawing.claims.length).toBeGreaterThan(3);
      expect(drawing.claims.filter(({ holds }) => !holds)).toEqual([]);
    });

    it("says of every claim where it stands, what was measured and what is tolerated", () => {
      for (const claim of drawing.claims) {
        for (const text of [claim.statement, claim.source, claim.measured, claim.tolerance]) {
          expect(text).not.toMatch(/^$|NaN|undefined|Infinity|-\d/);
        }
      }
    });

    it("has the data of its snapshot", async () => {
      const json = figureJson(figure, drawing);
      expect(JSON.parse(json).panels).toHaveLength(drawing.panels.length);
      await expect(json).toMatchFileSnapshot(`snapshots/${name}.json`);
    });

    it("draws no gap, and nothing beyond its axes' logarithms", () => {
      for (const { figure: of } of drawing.panels) {
        for (const trace of of.data as { x: unknown[]; y: unknown[] }[]) {
          expect(trace.x.length).toBe(trace.y.length);
          expect([...trace.x, ...trace.y].every((value) => typeof value === "number")).toBe(true);
        }
      }
    });

    it("has a page with a table of its claims and the numbers behind it", () => {
      const page = [...reportPage(figureReport(figure, drawing, results, {}), "")].join("");
      expect(page.match(/class="holds"/g)).toHaveLength(drawing.claims.length);
      expect(page.match(/type="text\/csv"/g)?.length).toBeGreaterThan(0);
      const visible = page.replace(/<(script|style|pre)[^]*?<\/\1>/g, "");
      expect(visible.includes("$")).toBe(false);
      expect(/NaN|undefined|\^\(/.exec(visible)).toBeNull();
    });
  },
);

it("every scenario in scenarios/figures belongs to a figure", () => {
  const used = PAPER_FIGURES.flatMap(({ sources }) => sources.map(({ scenario }) => scenario));
  const there = readdirSync(join(root, "scenarios/figures")).map((file) =>
    file.replace(".json", ""),
  );
  expect([...new Set(used)].sort()).toEqual(there.sort());
});
