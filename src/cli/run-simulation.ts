import type { Scenario } from "../scenario/schema.js";
import type { Plan } from "../simulate/plan.js";
import type { RunState } from "../simulate/run.js";
import { gather, resolveSimulated, type Simulation } from "../simulate/simulate.js";
import {
  type CheckpointOf,
  prepareCheckpoint,
  type RunStates,
  readCheckpoint,
  writeCheckpoint,
} from "./checkpoint.js";
import { complain } from "./complain.js";
import { carryOut } from "./crew.js";
import type { ProgressBar } from "./progress.js";
import { provenanceOf } from "./provenance.js";
import type { SimulationArguments } from "./simulation-arguments.js";

/** Exit code of a run that was interrupted. */
export const INTERRUPTED = 130;

/** How a plan is carried out; verbs that offer no checkpoints leave all about them out. */
export type Workload = Pick<SimulationArguments, "workers" | "progress"> &
  Partial<Pick<SimulationArguments, "checkpoint" | "checkpointEvery" | "resume" | "force">>;

/**
 * Carries out a plan with everything that the command line offers: workers, progress, checkpoints.
 * Returns nothing where it was interrupted, after saying what is kept.
 */
export async function runSimulation(
  scenario: Scenario,
  plan: Plan,
  amplitudes: boolean,
  args: Workload,
): Promise<Simulation | undefined> {
  const began = performance.now();
  const file = args.checkpoint ?? args.resume;
  const keep = file === undefined ? undefined : keeper(file, scenario, plan, amplitudes);
  const states =
    keep && args.resume !== undefined ? readCheckpoint(args.resume, keep.of) : none(plan);
  if (keep) prepareCheckpoint(keep.file, args.force === true || file === args.resume, keep.of);
  const bar = await openBar(args.progress, plan.runs.length);
  const finished = await carryOut(scenario, plan, {
    amplitudes,
    workers: args.workers,
    states,
    every: args.checkpointEvery ?? Number.POSITIVE_INFINITY,
    onPause: keep && (() => tryToKeep(keep, states)),
    onProgress: bar?.update,
  }).finally(() => bar?.stop());
  const kept = keep !== undefined && tryToKeep(keep, states);
  if (finished) {
    return gather(scenario, plan, states as RunState[], (performance.now() - began) / 1000);
  }
  const offered =
    args.checkpointEvery === undefined ? "" : "; --checkpoint FILE keeps the work done";
  complain(`interrupted${kept ? `; --resume ${file} goes on from here` : offered}`);
  return undefined;
}

/** Where checkpoints go, and what of. */
interface Keep {
  readonly file: string;
  readonly of: CheckpointOf;
}

function keeper(file: string, scenario: Scenario, plan: Plan, amplitudes: boolean): Keep {
  const { version, scenarioHash } = provenanceOf(resolveSimulated(scenario, plan));
  return { file, of: { version, scenarioHash, runs: plan.runs.length, amplitudes } };
}

function none(plan: Plan): RunStates {
  return plan.runs.map(() => undefined);
}

let complained = false;

/** A disk that fills up must not end the work: it is said once, and the checkpoint before it stays. */
function tryToKeep({ file, of }: Keep, states: RunStates): boolean {
  try {
    writeCheckpoint(file, of, states);
    return true;
  } catch (error) {
    if ((error as Error).name !== "UsageError") throw error;
    if (!complained) complain((error as Error).message);
    complained = true;
    return false;
  }
}

/** A bar on a terminal; it starts with the work, whose size is known only then. */
async function openBar(wanted: boolean, runs: number) {
  if (!wanted || !process.stderr.isTTY) return undefined;
  const { startProgress } = await import("./progress.js");
  let bar: ProgressBar | undefined;
  return {
    update(done: number, total: number, runsDone: number) {
      const label = `${runsDone} of ${runs} runs`;
      bar ??= startProgress(total, label);
      bar.update(done, label);
    },
    stop: () => bar?.stop(),
  };
}
