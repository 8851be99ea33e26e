import { spawnSync } from "node:child_process";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { theoryOf } from "../../src/theory/theory-of.js";
import { experimentWith, scenarioWith } from "../support/scenarios.js";
import { solveBy } from "./methods.js";
import { time, timeOnce } from "./timing.js";

/** The cost of a full spectrum of D modes and K neurons. */
export interface Size {
  readonly K: number;
  readonly D: number;
  /** of a right-hand side */
  readonly microseconds: number;
  /** to t = 10⁴ by bdf: */
  readonly evaluations: number;
  readonly seconds: number;
  /** the most that the process took, node and all */
  readonly megabytes: number;
}

const HIDDEN = [1, 4, 16, 64];
const DIMENSIONS = [64, 128, 256, 512, 1024];
const QUICK = { hidden: [1, 4, 16], dimensions: [64, 256] };

function contentOf(K: number, D: number): ScenarioInput {
  return scenarioWith({
    model: { hidden: K, activation: "sigmoid" },
    data: { kind: "spectrum", law: { kind: "power", dimension: D, exponent: 1.5, trace: 1 } },
    time: { end: 1e4, points: 50 },
  });
}

/**
 * Full spectra of many sizes, each in a process of its own. To be called before anything large: on Linux
 * a process starts with the peak memory of the one that has started it.
 */
export function sizes(quick: boolean): Size[] {
  const { hidden, dimensions } = quick ? QUICK : { hidden: HIDDEN, dimensions: DIMENSIONS };
  return hidden.flatMap((K) =>
    dimensions.map((D): Size => {
      const args = [process.argv[1], "size", String(K), String(D)];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(`K = ${K}, D = ${D}: ${stderr}`);
      return JSON.parse(stdout);
    }),
  );
}

/** One of them, in this process. */
export function measureSize(K: number, D: number): Size {
  const content = contentOf(K, D);
  const { system, equations } = theoryOf(experimentWith(content));
  const dy = new Float64Array(system.start.length);
  const calls = Math.ceil(3e7 / (3 * K * K * D));
  const milliseconds = time(() => {
    for (let i = 0; i < calls; i++) equations.drift(system.start, dy);
  });
  let evaluations = 0;
  const whole = timeOnce(() => {
    const { status, message, stats } = solveBy(content, "bdf");
    if (status !== "ok") throw new Error(message);
    evaluations = stats.evaluations;
  });
  return {
    K,
    D,
    microseconds: (1000 * milliseconds) / calls,
    evaluations,
    seconds: whole / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
}
