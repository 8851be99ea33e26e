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
import { median } from "./timing.js";

const DIMENSIONS = [100, 1000, 10_000, 1_000_000];
const HIDDEN = [1, 3, 8];
const QUICK = { dimensions: [100, 1000], hidden: [1, 3], products: 2e6, rounds: 3 };
const FULL = { dimensions: DIMENSIONS, hidden: HIDDEN, products: 2e7, rounds: 5 };
/** A single long call would be measured before it is compiled. */
const PIECES = 20;

/** Steps of one timing, some tenths of a second, that split into pieces. */
function stepsFor(D: number, K: number, products: number): number {
  return PIECES * Math.max(3, Math.round(products / D / (K + 1) / PIECES));
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
function timeEngine(
  name: "direct" | "exact",
  D: number,
  K: number,
  { products, rounds }: typeof FULL,
) {
  const Engine = name === "direct" ? DirectEngine : ExactEngine;
  const engine = new Engine(experimentOf(D, K), streamOf({ seed: 1, dimension: D, engine: name }));
  // weights, sample, residual, rho and its root
  const kilobytes = ((2 * K + 4) * 8 * engine.sample.length) / 1024;
  const steps = name === "direct" ? stepsFor(D, K, products) : products / 100;
  engine.advance(steps >> 2);
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    for (let i = 0; i < PIECES; i++) engine.advance(steps / PIECES);
    return (1000 * (performance.now() - began)) / steps;
  });
  return { microseconds: median(times), kilobytes };
}

/** Median microseconds a step that a program prints; NaN where it doesn't run here. */
function timeProgram(rounds: number, command: string, ...args: (string | number)[]): number {
  const times = Array.from({ length: rounds }, () => {
    const { status, stdout } = spawnSync(command, args.map(String), {
      encoding: "utf8",
      env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    });
    return status === 0 ? (JSON.parse(stdout).microseconds as number) : Number.NaN;
  });
  return median(times);
}

/** Microseconds a step, NaN where a program isn't there, and kilobytes of arrays. */
export interface EngineTimes {
  readonly K: number;
  readonly D: number;
  readonly exact: number;
  readonly direct: number;
  readonly c: number;
  readonly numpy: number;
  readonly exactKilobytes: number;
  readonly directKilobytes: number;
}

/** The engines by K and D, and the direct one's loop in C and NumPy. */
export function engineTimes(quick: boolean): EngineTimes[] {
  const folder = mkdtempSync(join(tmpdir(), "dyn-bench-"));
  try {
    const source = (name: string) => join(root, "test/bench", name);
    const c = join(folder, "sgd-loop");
    const flags = ["-O3", "-march=native"];
    spawnSync("cc", [...flags, source("sgd-loop.c"), "-o", c, "-lm"]);
    const extent = quick ? QUICK : FULL;
    const { rounds } = extent;
    return extent.hidden.flatMap((K) =>
      extent.dimensions.map((D) => {
        const exact = timeEngine("exact", D, K, extent);
        const direct = timeEngine("direct", D, K, extent);
        const steps = stepsFor(D, K, extent.products);
        return {
          K,
          D,
          exact: exact.microseconds,
          direct: direct.microseconds,
          c: timeProgram(rounds, c, D, K, steps, 1, 2, 3, 4),
          numpy: timeProgram(rounds, "python3", source("sgd_loop.py"), D, K, steps),
          exactKilobytes: exact.kilobytes,
          directKilobytes: direct.kilobytes,
        };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
