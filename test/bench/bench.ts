/*
 * npm run bench [-- --quick]: what solving and simulating costs, as tables and as a page, bench/report.html.
 * Work is counted in evaluations, which are the same everywhere; times are this machine's. Whole processes
 * are timed against bare `node -e 0`, the engines of the simulator against the same loop in C and NumPy,
 * the integrators against SUNDIALS. It runs bundled, in plain node: a loader such as tsx hands buffers
 * between threads, after which V8 checks every access to an array.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, relative } from "node:path";
import { plotlySource } from "../../src/cli/plotly.js";
import { reportPage } from "../../src/report/page/page.js";
import type { Table } from "../../src/report/page/report.js";
import { root } from "../support/command.js";
import { endTimes } from "./end-time.js";
import { engineTimes } from "./engines.js";
import { rightHandSides } from "./large-systems.js";
import { processorTimes } from "./processor-times.js";
import { benchReport, type Results } from "./report.js";
import { commandTimes, scenarioCosts } from "./shipped.js";
import { measureSize, sizes } from "./size.js";
import { workPrecision } from "./work-precision.js";

function measure(quick: boolean): Results {
  const step = <T>(name: string, work: () => T): T => {
    const began = performance.now();
    const result = work();
    console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return result;
  };
  return {
    // first, as its processes inherit the peak memory of this one
    sizes: step("sizes", () => sizes(quick)),
    scenarios: step("scenarios", () => scenarioCosts(quick)),
    commands: step("commands", () => commandTimes(quick)),
    rightHandSides: step("right-hand sides", () => rightHandSides(quick)),
    endTimes: step("end times", () => endTimes(quick)),
    engines: step("engines", () => engineTimes(quick)),
    workPrecision: step("work and precision", () => workPrecision(quick)),
  };
}

function markdown({ title, header, rows }: Table): string {
  const lines = [header, header.map((_, i) => (i === 0 ? "---" : "---:")), ...rows];
  return `${title}\n\n${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

function main(quick: boolean): void {
  const machine = {
    node: `Node ${process.versions.node}`,
    architecture: process.arch,
    processor: cpus()[0]?.model ?? "unknown processor",
    length: quick ? "quick" : "full",
  };
  const report = benchReport(measure(quick), machine);
  console.log(`${Object.values(machine).join(", ")}\n`);
  for (const { tables = [] } of report.sections) {
    for (const table of tables) console.log(markdown(table));
  }
  const file = join(root, "bench/report.html");
  mkdirSync(join(root, "bench"), { recursive: true });
  writeFileSync(file, [...reportPage(report, plotlySource())].join(""));
  console.log(relative(process.cwd(), file));
}

const [, , first, ...rest] = process.argv;
if (first === "size") {
  const [K, D] = rest.map(Number);
  console.log(JSON.stringify(measureSize(K, D)));
} else if (first === "processor") console.table(processorTimes());
else main(first === "--quick");
