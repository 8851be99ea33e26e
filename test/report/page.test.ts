import { describe, expect, it } from "vitest";
import { errorFigure } from "../../src/report/error-figure.js";
import { reportPage } from "../../src/report/page.js";
import { solutionReport } from "../../src/report/solution-report.js";
import { solveWith } from "../support/scenarios.js";

const PROVENANCE = { version: "0", scenarioHash: "0", node: "0", dependencies: {} };
const HOSTILE = '</script><script>alert("x")</script> & "quotes" — Ω';

describe("the report page", () => {
  const solution = solveWith({ title: HOSTILE, description: HOSTILE });
  const report = solutionReport(solution, PROVENANCE);
  const page = [...reportPage(report, "/* plotly */")].join("");

  it("holds plotly once, the figure, and the whole record", () => {
    expect(page.match(/\/\* plotly \*\//g)).toHaveLength(1);
    const data = /<script type="application\/json" id="figure-data">(.*)<\/script>/.exec(page);
    expect(JSON.parse(data?.[1] ?? "")).toEqual(JSON.parse(JSON.stringify(report.figure)));
    expect(page).toContain("&quot;scenarioHash&quot;");
  });

  it("stays whole whatever the scenario's texts say", () => {
    expect(page).not.toContain("<script>alert");
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).toContain("&lt;/script&gt;");
  });

  it("asks nothing of the network", () => {
    expect(page).not.toMatch(/(src|href)="(?!data:)/);
  });
});

it("the error figure has a line per PCA error that a logarithm can show", () => {
  const { trajectory, pca } = solveWith({
    data: { kind: "spiked", spikes: [1, 0.4], bulk: 0 },
    time: { at: [0, 1, 10] },
  });
  const { t, pmse } = trajectory;
  const { layout, data } = errorFigure([{ name: "theory", t, pmse, colour: 0 }], pca) as {
    layout: { annotations: { text: string; y: number }[] };
    data: { x: number[] }[];
  };
  expect(layout.annotations.map(({ text }) => text)).toEqual(["rank 0", "rank 1"]);
  expect(layout.annotations[1].y).toBeCloseTo(Math.log10(0.4), 12);
  expect(data[0].x).toEqual([1, 10]);
});
