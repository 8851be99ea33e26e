import { describe, expect, it } from "vitest";
import { compare } from "../../src/analyse/comparison.js";
import { comparisonReport } from "../../src/report/comparison-report.js";
import { reportPage } from "../../src/report/page/page.js";
import type { Report } from "../../src/report/page/report.js";
import { simulationReport } from "../../src/report/simulation-report.js";
import { solutionReport } from "../../src/report/solution-report.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { scenarioWith, solveWith } from "../support/scenarios.js";

const HOSTILE = '</script><script>alert("x")</script> & "quotes" — Ω';
const texts = { title: HOSTILE, description: HOSTILE, citation: HOSTILE };

const solution = solveWith(texts);
const comparison = compare(
  parseScenario(
    scenarioWith({
      ...texts,
      time: { at: [0, 1, 2] },
      simulation: { dimension: 30, seeds: [1, 2] },
    }),
  ),
);
const reports: Record<string, Report> = {
  solution: solutionReport(solution, { scenario: solution.scenario }),
  simulation: simulationReport(comparison.simulation, { scenario: texts }),
  comparison: comparisonReport(comparison, { scenario: texts }),
};

describe.each(Object.keys(reports))("the page of a %s", (name) => {
  const report = reports[name];
  const page = [...reportPage(report, "/* plotly */")].join("");
  const scripts = [...page.matchAll(/<script([^>]*)>([^]*?)<\/script>/g)];
  const content = (id: string) => scripts.find(([, tag]) => tag.includes(`id="${id}"`))?.[2] ?? "";

  it("holds plotly once, and a place for every figure", () => {
    expect(page.match(/\/\* plotly \*\//g)).toHaveLength(1);
    const figures = report.sections.flatMap(({ panels = [] }) =>
      panels.map(({ figure }) => figure),
    );
    expect(figures.length).toBeGreaterThan(8);
    expect(JSON.parse(content("figure-data"))).toEqual(JSON.parse(JSON.stringify(figures)));
    figures.forEach((_, i) => {
      expect(page).toContain(`id="figure-${i}"`);
    });
  });

  it("carries scenario, record and tables, each with its buttons", () => {
    expect(JSON.parse(content("record"))).toEqual(JSON.parse(JSON.stringify(report.record)));
    expect(JSON.parse(content("scenario-scenario")).title).toBe(HOSTILE);
    for (const { name, csv } of report.data) {
      expect(content(`table-${name}`)).toBe([...csv()].join(""));
    }
    for (const [, source] of page.matchAll(/data-source="([^"]*)"/g)) {
      expect(content(source)).not.toBe("");
    }
  });

  it("stays whole whatever the scenario's texts say", () => {
    expect(page).not.toContain("<script>alert");
    expect(scripts).toHaveLength(5 + report.data.length);
    expect(page).toContain("&lt;/script&gt;");
  });

  it("asks nothing of the network", () => {
    expect(page).not.toMatch(/(src|href)="(?!data:)|url\(|@import/);
  });
});

it("a long run's page stays small: what is drawn and carried is thinned out, and says so", () => {
  const time = { end: 20, points: 20_000, spacing: "linear" } as const;
  const long = solveWith({ time });
  expect(long.trajectory.t).toHaveLength(20_000);
  const page = [...reportPage(solutionReport(long, {}), "")].join("");
  // the table is a megabyte at most, the pictures less
  expect(page.length).toBeLessThan(2.5e6);
  expect(page).toMatch(/theory\.csv has \d+ of 20000 times/);
});

it("a solution without a single time still has a page", () => {
  const { trajectory } = solution;
  const empty = {
    ...trajectory,
    t: trajectory.t.subarray(0, 0),
    pmse: trajectory.pmse.subarray(0, 0),
  };
  const report = solutionReport({ ...solution, status: "non-finite", trajectory: empty }, {});
  expect([...reportPage(report, "")].join("")).toContain("non-finite");
});
