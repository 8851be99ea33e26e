/*
 * npm run bench: what the shipped scenarios cost. Work is counted in evaluations, which are the same
 * everywhere; times are medians of this machine. Whole processes are timed against bare `node -e 0`, the
 * engines of the simulator against the same loop in C and NumPy. It runs bundled, in plain node: a
 * loader such as tsx hands buffers between threads, after which V8 checks every access to an array.
 */
import { spawnSync } from "node:child_process";
import { solve } from "../../src/integrate/solve.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { theoryOf } from "../../src/theory/theory-of.js";
import { root } from "../support/command.js";
import { shippedScenarios } from "../support/scenarios.js";
import { benchEngines } from "./engines.js";
import { benchLargeSystems } from "./large-systems.js";

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Median of some timings of `work`, in milliseconds, after a warm-up. */
function time(work: () => unknown, rounds = 7): number {
  work();
  return median(
    Array.from({ length: rounds }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );
}

const rows = shippedScenarios().map(({ name, content }) => {
  const experiment = resolveScenario(parseScenario(content));
  const { system, equations } = theoryOf(experiment);
  const dy = new Float64Array(system.start.length);
  const calls = Math.max(200, Math.round(2e6 / system.start.length));
  const drift = time(() => {
    for (let i = 0; i < calls; i++) equations.drift(system.start, dy);
  });
  const { stats } = solve(experiment);
  return [
    name.replace(".json", ""),
    String(system.start.length),
    ((1000 * drift) / calls).toFixed(2),
    String(stats.steps),
    String(stats.evaluations),
    time(() => solve(experiment), 5).toFixed(0),
  ];
});

const table = (header: string[], body: string[][]) =>
  [header, header.map((_, i) => (i === 0 ? "---" : "---:")), ...body]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

console.log(`Node ${process.versions.node}, ${process.arch}\n`);
console.log(`${benchEngines(table)}\n`);
const header = [
  "scenario",
  "variables",
  "µs a right-hand side",
  "steps",
  "evaluations",
  "ms a solve",
];
console.log(`${table(header, rows)}\n`);
console.log(`${benchLargeSystems(table, time)}\n`);

const wholeProcess = (...args: string[]) =>
  time(() => spawnSync(process.execPath, args, { cwd: root, stdio: "ignore" }), 11);
const bare = wholeProcess("-e", "0");
const commands = [
  ["node -e 0", bare],
  ["dyn --help", wholeProcess("dist/bin/dyn.js", "--help")],
  [
    "dyn solve scenarios/sigmoid-k3.json",
    wholeProcess("dist/bin/dyn.js", "solve", "scenarios/sigmoid-k3.json"),
  ],
] as const;
console.log(
  table(
    ["whole process", "ms", "times bare node"],
    commands.map(([name, ms]) => [`\`${name}\``, ms.toFixed(0), (ms / bare).toFixed(1)]),
  ),
);
