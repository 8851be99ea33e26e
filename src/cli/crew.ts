import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import type { Scenario } from "../scenario/schema.js";
import { costsOf, type Plan, type RunCost } from "../simulate/plan.js";
import { hasEnded, type RunState } from "../simulate/run.js";
import type { RunStates } from "./checkpoint.js";
import { goOnWith, type Stretch } from "./simulation-worker.js";

export interface CrewOptions {
  readonly amplitudes: boolean;
  /** worker threads; default: one a processor */
  readonly workers?: number;
  /** where runs go on; changed as they do */
  readonly states: RunStates;
  /** seconds between two calls of `onPause` */
  readonly every: number;
  /** called with every run's latest state in `states` */
  readonly onPause?: () => void;
  /** called some times a second with the work done and in all, in the same units */
  readonly onProgress?: (done: number, total: number, runsDone: number) => void;
}

/** Less work than this is done at once in this thread: workers take longer to start. */
const LITTLE_WORK = 3e8;
/** Seconds between two looks at events and signals where there are no workers. */
const SHORT = 0.05;
/** Seconds between two updates of the progress bar. */
const BLINK = 0.2;

/**
 * Takes all runs of a plan to their ends on worker threads, and returns false where it was interrupted
 * (Ctrl-C); `states` then hold how far they got. Runs know nothing of each other, nor of the
 * threads and stretches in which they are done: the numbers are always the same.
 */
export async function carryOut(
  scenario: Scenario,
  plan: Plan,
  options: CrewOptions,
): Promise<boolean> {
  const { states } = options;
  const costs = costsOf(plan);
  const progress = new Float64Array(new SharedArrayBuffer(8 * plan.runs.length));
  const stop = new Int32Array(new SharedArrayBuffer(4));
  states.forEach((state, i) => {
    progress[i] = state?.steps ?? 0;
  });
  const waiting = [...plan.runs.keys()]
    .filter((i) => !isDone(states[i]))
    .sort((a, b) => workOf(costs[b]) - workOf(costs[a]));
  const total = costs.reduce((sum, cost) => sum + workOf(cost), 0);
  const left = waiting.reduce((sum, i) => sum + workOf(costs[i], progress[i]), 0);
  const most = options.workers ?? availableParallelism();
  const tools = await hands(plan, left, Math.min(most, waiting.length));

  let reported = performance.now();
  const report = () => {
    reported = performance.now();
    const open = costs.reduce(
      (sum, cost, i) => sum + (isDone(states[i]) ? 0 : workOf(cost, progress[i])),
      0,
    );
    options.onProgress?.(total - open, total, states.filter(isDone).length);
  };
  const interrupt = () => Atomics.store(stop, 0, 1);
  const timer = options.onProgress && setInterval(report, 1000 * BLINK);
  let paused = performance.now();
  const afterStretch = () => {
    // work in this thread keeps the timer from firing
    if (performance.now() - reported > 1000 * BLINK) report();
    if (performance.now() - paused < 1000 * options.every) return;
    paused = performance.now();
    options.onPause?.();
  };
  const seconds = options.onPause ? Math.min(1, options.every) : Number.POSITIVE_INFINITY;
  let next = 0;
  const lane = async () => {
    while (next < waiting.length) {
      const index = waiting[next++];
      while (!isDone(states[index]) && stop[0] === 0) {
        const { amplitudes } = options;
        const state = states[index];
        const stretch = { scenario, index, amplitudes, state, seconds, progress, stop };
        states[index] = await tools.goOn(stretch);
        afterStretch();
      }
    }
  };
  process.once("SIGINT", interrupt);
  try {
    await Promise.all(Array.from({ length: tools.count }, lane));
  } finally {
    clearInterval(timer);
    process.off("SIGINT", interrupt);
    await tools.close();
  }
  return plan.runs.every((_, i) => isDone(states[i]));
}

/** Who does the work. */
interface Hands {
  readonly count: number;
  goOn(stretch: Stretch): Promise<RunState>;
  close(): Promise<void>;
}

/** Workers for much work, this thread for little. */
async function hands(plan: Plan, work: number, count: number): Promise<Hands> {
  if (work < LITTLE_WORK) {
    return {
      count: 1,
      goOn: async (stretch) => {
        await setImmediate();
        return goOnWith(plan, { ...stretch, seconds: SHORT });
      },
      close: async () => {},
    };
  }
  const { Piscina } = await import("piscina");
  const pool = new Piscina<Stretch, RunState>({
    filename: new URL("./simulation-worker.js", import.meta.url).href,
    minThreads: count,
    maxThreads: count,
  });
  return {
    count,
    goOn: (stretch) => pool.run(stretch),
    close: () => pool.destroy(),
  };
}

/** Multiplications of a run, or what is left of them after some steps. */
function workOf({ steps, perStep }: RunCost, done = 0): number {
  return perStep * (steps - done);
}

function isDone(state: RunState | undefined): boolean {
  return state !== undefined && hasEnded(state);
}
