import { pcaErrors } from "../model/pca.js";
import type { ResolvedScenario } from "../model/resolve.js";
import { timeGrid } from "../model/time-grid.js";
import type { Scenario } from "../scenario/schema.js";
import { firstTimes, type Trajectory } from "../trajectory.js";
import { experimentOf, type Plan, planSimulation, settingsOf } from "./plan.js";
import type { RunIdentity } from "./random/stream.js";
import { Run, type RunState, type RunStatus, stepsAt } from "./run.js";
import { type RunSummary, summariseRuns } from "./summary.js";

/** One run and what was measured of it. */
export interface RunResult extends RunIdentity {
  readonly status: RunStatus;
  /** steps taken at each time, [n] */
  readonly steps: Float64Array;
  readonly trajectory: Trajectory;
}

/** All runs of a scenario. */
export interface Simulation {
  readonly status: RunStatus;
  /** what happened, and what to do about it */
  readonly message?: string;
  /** the requested times */
  readonly t: Float64Array;
  readonly runs: readonly RunResult[];
  readonly summary: readonly RunSummary[];
  /** as it can be run again: with one dimension its initial state is explicit */
  readonly scenario: SimulatedScenario;
  /** steps are those of all runs */
  readonly stats: { readonly runs: number; readonly steps: number; readonly seconds: number };
}

/** A scenario with its defaults; its initial state is explicit unless it differs between dimensions. */
export type SimulatedScenario = Omit<ResolvedScenario, "initial"> & {
  readonly initial: ResolvedScenario["initial"] | Scenario["initial"];
};

export interface SimulateOptions {
  /** keep the amplitudes of all modes at all times (default: true) */
  readonly amplitudes?: boolean;
  /** called about once a millisecond with the runs done and the steps of the present one */
  readonly onProgress?: (runsDone: number, steps: number) => void;
}

/**
 * Trains every network that a scenario's `simulation` asks for, one after another. Runs that diverge
 * end at their last good time, and `status` says so.
 * @throws ScenarioError where a run can't be made as asked
 */
export function simulate(scenario: Scenario, options: SimulateOptions = {}): Simulation {
  const began = performance.now();
  const plan = planSimulation(scenario);
  const results = plan.runs.map((identity, done) => {
    const experiment = experimentOf(plan, identity);
    const run = new Run(experiment, identity, options.amplitudes ?? true);
    run.advance((steps) => {
      options.onProgress?.(done, steps);
      return false;
    });
    return run.save();
  });
  return gather(scenario, plan, results, (performance.now() - began) / 1000);
}

/** The simulation that ended runs make up, given in the order of the plan. */
export function gather(
  scenario: Scenario,
  plan: Plan,
  states: readonly Pick<RunState, "status" | "count" | "trajectory">[],
  seconds: number,
): Simulation {
  const results = states.map(({ status, count, trajectory }, i): RunResult => {
    const identity = plan.runs[i];
    const reached = firstTimes(trajectory, count);
    const steps = stepsAt(reached.t, identity.dimension);
    return { ...identity, status, steps, trajectory: reached };
  });
  const [first] = plan.experiments.values();
  const of = (dimension: number) => results.filter((run) => run.dimension === dimension);
  return {
    ...outcomeOf(results),
    t: timeGrid(first.scenario.time),
    runs: results,
    summary: [...plan.experiments].map(([dimension, { spectrum }]) => ({
      dimension,
      pca: pcaErrors(spectrum, scenario.model.hidden),
      ...summariseRuns(of(dimension).map(({ trajectory }) => trajectory.pmse)),
    })),
    scenario: resolveSimulated(scenario, plan),
    stats: {
      runs: results.length,
      steps: results.reduce((sum, { steps }) => sum + (steps.at(-1) ?? 0), 0),
      seconds,
    },
  };
}

function outcomeOf(runs: readonly RunResult[]): Pick<Simulation, "status" | "message"> {
  const lost = runs.filter(({ status }) => status !== "ok");
  if (lost.length === 0) return { status: "ok" };
  const [{ dimension, seed, trajectory }] = lost;
  const last = trajectory.t.at(-1);
  const where = last === undefined ? "before its first time" : `after t = ${last}`;
  const which = `${lost.length} of ${runs.length} runs, the first D = ${dimension}, seed ${seed} ${where}`;
  const advice = "lower training.learningRate or the initial weights, or end earlier";
  return { status: "diverged", message: `the weights grow without bound in ${which}; ${advice}` };
}

/** Everything filled in, but `data` as given: it names the theory to compare with. */
export function resolveSimulated(scenario: Scenario, plan: Plan): SimulatedScenario {
  const [first] = plan.experiments.values();
  const sameStart = plan.experiments.size === 1 || scenario.initial.kind !== "random";
  const initial = sameStart ? first.scenario.initial : scenario.initial;
  const { dimensions, seeds, engine } = settingsOf(scenario);
  const dimension = dimensions.length === 1 ? dimensions[0] : dimensions;
  const simulation = { dimension, seeds, engine };
  return { ...first.scenario, data: scenario.data, initial, simulation };
}
