import type { DataTable, Report, Section } from "../../src/report/page/report.js";
import type { EndTimes } from "./end-time.js";
import type { EngineTimes } from "./engines.js";
import type { RightHandSide } from "./large-systems.js";
import { endTimeSection } from "./sections/end-time.js";
import { engineSection } from "./sections/engines.js";
import { shippedSection } from "./sections/shipped.js";
import { sizeSection } from "./sections/size.js";
import { workPrecisionSections } from "./sections/work-precision.js";
import type { CommandTime, ScenarioCost } from "./shipped.js";
import type { Size } from "./size.js";
import type { WorkPrecision } from "./work-precision.js";

/** All that is measured. */
export interface Results {
  readonly scenarios: readonly ScenarioCost[];
  readonly commands: readonly CommandTime[];
  readonly workPrecision: readonly WorkPrecision[];
  readonly endTimes: readonly EndTimes[];
  readonly sizes: readonly Size[];
  readonly rightHandSides: readonly RightHandSide[];
  readonly engines: readonly EngineTimes[];
}

/**
 * The page of a benchmark.
 * @param machine what it was measured on
 */
export function benchReport(results: Results, machine: object): Report {
  return {
    title: "Benchmarks",
    texts: [
      `What solving and simulating costs: ${Object.values(machine).join(", ")}.`,
      "Evaluations of the right-hand side are the same everywhere; times are this machine's.",
    ],
    sections: sectionsOf(results),
    data: [
      csvTable("scenarios", results.scenarios),
      csvTable("work-precision", withTitle(results.workPrecision)),
      csvTable("end-time", withTitle(results.endTimes)),
      csvTable("size", results.sizes),
      csvTable("engines", results.engines),
    ],
    scenarios: [],
    record: machine,
  };
}

export function sectionsOf(results: Results): Section[] {
  return [
    shippedSection(results.scenarios, results.commands),
    ...workPrecisionSections(results.workPrecision),
    endTimeSection(results.endTimes),
    sizeSection(results.sizes, results.rightHandSides),
    engineSection(results.engines),
  ];
}

function withTitle(cases: readonly { title: string; runs: readonly object[] }[]): object[] {
  return cases.flatMap(({ title, runs }) => runs.map((run) => ({ title, ...run })));
}

/** Rows of the same keys; texts that have commas lose them. */
function csvTable(name: string, rows: readonly object[]): DataTable {
  const line = (cells: readonly unknown[]) =>
    `${cells.map((cell) => String(cell).replaceAll(",", ";")).join(",")}\n`;
  return {
    name,
    *csv() {
      yield line(Object.keys(rows[0] ?? {}));
      for (const row of rows) yield line(Object.values(row));
    },
  };
}
