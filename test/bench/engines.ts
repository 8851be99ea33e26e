import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { DirectEngine } from "../../src/simulate/direct.js";
import { ExactEngine } from "../../src/simulate/exact.js";
import { streamOf } from "../../src/simulate/random/stream.js";
import { root } from "../support/command.js";

const DIMENSIONS = [100, 1000, 10_000, 1_000_000];
const HIDDEN = [1, 3, 8];
/** Steps of one timing: some tenths of a second. */
const stepsFor = (D: number, K: number) => Math.max(50, Math.round(2e7 / D / (K + 1)));
const ROUNDS = 5;

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function experimentOf(D: number, K: number) {
  const spikes = Array.from({ length: K }, (_, m) => 1 / (m + 1));
  return resolveScenario(
    parseScenario({
      title: "bench",
      model: { hidden: K, activation: "sigmoid" },
      data: { kind: "spiked", spikes, bulk: 0.1, dimension: D },
      training: { learningRate: 1 },
      time: { end: 1 },
    }),
  );
}

/** Median microseconds a step, and kilobytes of arrays. */
function timeEngine(name: "direct" | "exact", D: number, K: number) {
  const Engine = name === "direct" ? DirectEngine : ExactEngine;
  const engine = new Engine(experimentOf(D, K), streamOf({ seed: 1, dimension: D, engine: name }));
  // weights, sample, residual, rho and its root
  const kilobytes = ((2 * K + 4) * 8 * engine.sample.length) / 1024;
  const steps = name === "direct" ? stepsFor(D, K) : 200_000;
  engine.advance(steps >> 2);
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    // pieces: a single long call would be measured before it is compiled
    for (let i = 0; i < 20; i++) engine.advance(steps / 20);
    return (1000 * (performance.now() - began)) / steps;
  });
  return { microseconds: median(times), kilobytes };
}

/** Median microseconds a step that a program prints; NaN where it doesn't run here. */
function timeProgram(command: string, ...args: (string | number)[]): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const { status, stdout } = spawnSync(command, args.map(String), {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
    return status === 0 ? (JSON.parse(stdout).microseconds as number) : Number.NaN;
  });
  return median(times);
}

/** The engines by D and K, in a table that `table` lays out. */
export function benchEngines(table: (header: string[], rows: string[][]) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "dyn-bench-"));
  try {
    const source = (name: string) => join(root, "test/bench", name);
    const c = join(folder, "sgd-loop");
    const flags = ["-O3", "-march=native"];
    spawnSync("cc", [...flags, source("sgd-loop.c"), "-o", c, "-lm"]);
    const digits = (x: number) => (Number.isNaN(x) ? "–" : x.toPrecision(3));
    const rows = HIDDEN.flatMap((K) =>
      DIMENSIONS.map((D) => {
        const exact = timeEngine("exact", D, K);
        const direct = timeEngine("direct", D, K);
        const steps = stepsFor(D, K);
        const rest = [
          timeProgram(c, D, K, steps, 1, 2, 3, 4),
          timeProgram("python3", source("sgd_loop.py"), D, K, steps),
        ];
        return [
          ...[K, D].map(String),
          ...[exact.microseconds, direct.microseconds, ...rest].map(digits),
          ...[exact.kilobytes, direct.kilobytes].map((kB) =>
            kB < 10 ? kB.toFixed(1) : kB.toFixed(0),
          ),
        ];
      }),
    );
    const header = ["K = M", "D", "exact", "direct", "in C", "in NumPy", "kB exact", "kB direct"];
    return table(header, rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
