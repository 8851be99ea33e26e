import type { Scenario } from "../scenario/schema.js";
import { experimentOf, type Plan, planSimulation } from "../simulate/plan.js";
import { Run, type RunState } from "../simulate/run.js";

/** A stretch of one run, as sent to a worker. */
export interface Stretch {
  readonly scenario: Scenario;
  /** which run of the scenario's plan */
  readonly index: number;
  readonly amplitudes: boolean;
  /** where the run goes on; absent: from its start */
  readonly state?: RunState;
  /** seconds after which it pauses */
  readonly seconds: number;
  /** steps taken, by run; read by the others meanwhile, [runs] */
  readonly progress: Float64Array;
  /** not 0: pause, [1] */
  readonly stop: Int32Array;
}

let plan: Plan | undefined;

/** Takes a run on to its end or its pause. A worker serves one scenario all its life. */
export default function goOn(stretch: Stretch): RunState {
  plan ??= planSimulation(stretch.scenario);
  return goOnWith(plan, stretch);
}

/** The same with the plan at hand. */
export function goOnWith(plan: Plan, stretch: Stretch): RunState {
  const { index, amplitudes, state, seconds, progress, stop } = stretch;
  const identity = plan.runs[index];
  const run = new Run(experimentOf(plan, identity), identity, amplitudes, state);
  const end = performance.now() + 1000 * seconds;
  run.advance((steps) => {
    progress[index] = steps;
    return performance.now() > end || Atomics.load(stop, 0) !== 0;
  });
  return run.save();
}
