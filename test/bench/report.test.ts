import { describe, expect, it } from "vitest";
import { reportPage } from "../../src/report/page/page.js";
import { benchReport, type Results } from "./report.js";
import type { Run } from "./work-precision.js";

interface Trace {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const METHODS = ["auto", "odex", "seulex", "bdf", "CVODE"];

function run(method: string, relTol: number): Run {
  const work = { evaluations: 10 / relTol, milliseconds: 1 / relTol };
  return { method, relTol, ...work, pmseError: 2 * relTol, stateError: 0 };
}

const RESULTS: Results = {
  scenarios: [
    {
      name: "one",
      variables: 4,
      microseconds: 0.1,
      method: "odex, seulex",
      steps: 10,
      evaluations: 100,
      milliseconds: 2,
    },
  ],
  commands: [
    { command: "node", milliseconds: 50 },
    { command: "dyn", milliseconds: 100 },
  ],
  workPrecision: [
    {
      title: "one",
      runs: METHODS.flatMap((method) => [1e-4, 1e-9].map((relTol) => run(method, relTol))),
      floor: { pmseError: 1e-13, stateError: 0 },
    },
  ],
  endTimes: [
    {
      title: "one",
      runs: [
        { method: "odex", end: 10, evaluations: 100, milliseconds: 1 },
        { method: "seulex", end: 10, evaluations: 50, milliseconds: 2 },
        { method: "seulex", end: 100, evaluations: 60, milliseconds: 3 },
      ],
    },
  ],
  sizes: [64, 128].map((D) => ({
    ...{ K: 1, D, microseconds: D, evaluations: 10, seconds: 1, megabytes: 70 },
  })),
  rightHandSides: [{ K: 1, D: 64, microseconds: 1, gigaflops: 2 }],
  engines: [
    {
      ...{ K: 1, D: 100, exact: 0.5, direct: 2, c: 1, numpy: Number.NaN },
      ...{ exactKilobytes: 0.3, directKilobytes: 4.7 },
    },
  ],
};

describe("the report of a benchmark", () => {
  const report = benchReport(RESULTS, { node: "Node 0" });
  const panels = report.sections.flatMap((section) => section.panels ?? []);
  const tables = report.sections.flatMap((section) => section.tables ?? []);
  const tracesOf = (title: string) =>
    panels.find((panel) => panel.title === title)?.figure.data as Trace[];

  it("draws every method over its work, and how far the references are apart", () => {
    const traces = tracesOf("pmse against evaluations");
    expect(traces.map(({ name }) => name)).toEqual(["references", ...METHODS]);
    expect(traces[0]).toMatchObject({ x: [1e5, 1e10], y: [1e-13, 1e-13] });
    expect(traces[1]).toMatchObject({ x: [1e5, 1e10], y: [2e-4, 2e-9] });
  });

  it("draws an error of zero", () => {
    expect(tracesOf("state against time")[1].y).toEqual([1e-16, 1e-16]);
  });

  it("draws steps a second of the programs that are there", () => {
    const traces = tracesOf("steps a second, K = M = 1");
    expect(traces.map(({ name, y }) => [name, ...y])).toEqual([
      ["exact", 2e6],
      ["direct", 5e5],
      ["in C", 1e6],
    ]);
  });

  it("has a dash in its tables where a method wasn't run", () => {
    const { header, rows } = tables.find(({ title }) => title === "evaluations and ms, one") ?? {};
    expect(header).toEqual(["t", "odex", "ms", "seulex", "ms"]);
    expect(rows?.[1]).toEqual(["1e2", "–", "–", "60", "3.00"]);
  });

  it("has tables with as many cells as heads", () => {
    for (const { header, rows } of tables) {
      for (const row of rows) expect(row).toHaveLength(header.length);
    }
  });

  it("is a page whose numbers can be saved", () => {
    const page = [...reportPage(report, "")].join("");
    expect(page).toContain("scenarios.csv");
    expect(page).toContain("one,4,0.1,odex; seulex,10,100,2\n");
  });
});
