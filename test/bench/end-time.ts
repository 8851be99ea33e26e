import type { ScenarioInput } from "../../src/scenario/schema.js";
import { METHODS, solveBy } from "./methods.js";
import { PATIENCE, timeWarm } from "./timing.js";

/** One solve to t = `end`. */
export interface EndRun {
  readonly method: string;
  readonly end: number;
  readonly evaluations: number;
  readonly milliseconds: number;
}

export interface EndTimes {
  readonly title: string;
  readonly runs: readonly EndRun[];
}

/** A solve that is expected to take longer, in milliseconds, isn't begun. */
const LONGEST = { full: 5000, quick: 400 };
/** Decades between two end times. */
const STRIDE = { full: 1, quick: 2 };

const RANDOM = { kind: "random", std: 0.1, seed: 1 } as const;
const CASES = [
  { title: "K = M = 1, random start", spikes: [1], initial: RANDOM },
  { title: "K = M = 3, random start", spikes: [1, 0.3, 0.1], initial: RANDOM },
  { title: "K = M = 3, informed start", spikes: [1, 0.3, 0.1], initial: { kind: "informed" } },
] as const;

/** What sigmoids on noiseless data cost against the end time, 10 to 10⁹, with no other output. */
export function endTimes(quick: boolean): EndTimes[] {
  return CASES.map(({ title, spikes, initial }) => {
    const content: ScenarioInput = {
      title,
      model: { hidden: spikes.length, activation: "sigmoid" },
      data: { kind: "spiked", spikes: [...spikes], bulk: 0 },
      training: { learningRate: 1 },
      initial,
      time: { end: 1 },
    };
    const length = quick ? "quick" : "full";
    return { title, runs: METHODS.flatMap((method) => series(content, method, length)) };
  });
}

function series(
  content: ScenarioInput,
  method: (typeof METHODS)[number],
  length: "quick" | "full",
): EndRun[] {
  const runs: EndRun[] = [];
  for (let decade = 1; decade <= 9; decade += STRIDE[length]) {
    if (forecast(runs) > LONGEST[length]) break;
    const end = 10 ** decade;
    const work = () => solveBy({ ...content, time: { at: [end] } }, method);
    const { result, milliseconds } = timeWarm(work, PATIENCE[length]);
    if (result.status !== "ok") break;
    runs.push({ method, end, evaluations: result.stats.evaluations, milliseconds });
  }
  return runs;
}

/** Milliseconds of the next run, where evaluations grow as before. */
function forecast(runs: readonly EndRun[]): number {
  const [before, last] = runs.slice(-2);
  return last ? (last.milliseconds * last.evaluations) / before.evaluations : 0;
}
