import { MOST_POINTS, pointCount } from "../model/latents.js";
import { type Experiment, resolveScenario } from "../model/resolve.js";
import { timeGrid } from "../model/time-grid.js";
import { dataDimension, MOST_NUMBERS } from "../scenario/facts.js";
import { ScenarioError } from "../scenario/problem.js";
import { defaultSimulation, type Scenario } from "../scenario/schema.js";
import type { EngineName } from "./engine.js";
import { leastDimension } from "./exact.js";
import type { RunIdentity } from "./random/stream.js";
import { stepsAt } from "./run.js";

/** All runs that a scenario asks for. */
export interface Plan {
  /** by dimension, in the scenario's order; each from the state that `initial` draws at this D */
  readonly experiments: ReadonlyMap<number, Experiment>;
  /** every seed at every dimension, dimensions first */
  readonly runs: readonly RunIdentity[];
}

/**
 * The runs that `simulation` asks for, each with the engine it takes.
 * @throws ScenarioError where a run can't be made as asked, or the simulator can't do it yet
 */
export function planSimulation(scenario: Scenario): Plan {
  const { dimensions, seeds, engine } = settingsOf(scenario);
  refuseRepeats(dimensions, "simulation.dimension", "give every dimension once");
  refuseRepeats(seeds, "simulation.seeds", "every run needs a seed of its own");
  const experiments = new Map<number, Experiment>();
  const runs: RunIdentity[] = [];
  for (const dimension of dimensions) {
    const experiment = resolveAt(scenario, dimension);
    const chosen = chooseEngine(experiment, dimension, engine);
    checkSteps(experiment, dimension);
    checkMemory(experiment, dimensions.length * seeds.length, chosen);
    experiments.set(dimension, experiment);
    for (const seed of seeds) runs.push({ seed, dimension, engine: chosen });
  }
  return { experiments, runs };
}

/** The experiment that a run of this plan belongs to. */
export function experimentOf(plan: Plan, { dimension }: RunIdentity): Experiment {
  return plan.experiments.get(dimension) as Experiment;
}

/** The experiment at finite dimension D: its start is that of every run there. */
function resolveAt(scenario: Scenario, dimension: number): Experiment {
  const { data } = scenario;
  if (data.kind !== "spiked") return resolveScenario(scenario, "simulation");
  const M = data.spikes.length;
  if (dimension < M) {
    fail("simulation.dimension", `must be at least ${M}, the number of spikes, got ${dimension}`);
  }
  if (data.latents !== "gaussian" && pointCount(data.latents, M) > MOST_POINTS) {
    const points = `take too many values together to average over, more than ${MOST_POINTS}`;
    fail("data.latents", `of ${M} spikes ${points}; use fewer spikes or "gaussian"`);
  }
  return resolveScenario({ ...scenario, data: { ...data, dimension } }, "simulation");
}

/** `simulation` with its defaults; the dimension's is the one that data names. */
export function settingsOf({ data, simulation }: Scenario) {
  const { seeds, engine, dimension } = simulation ?? defaultSimulation();
  const given = dimension ?? dataDimension(data);
  if (given !== undefined) return { dimensions: [given].flat(), seeds, engine };
  return fail("simulation.dimension", "missing; say how many inputs, as in --dimension 1000");
}

function refuseRepeats(values: readonly number[], path: string, advice: string): void {
  const seen = new Set<number>();
  const i = values.findIndex((value) => seen.size === seen.add(value).size);
  if (i >= 0) fail(`${path}[${i}]`, `${values[i]} is repeated; ${advice}`);
}

/** `auto` takes the exact engine wherever there is one. */
function chooseEngine(
  { spectrum, scenario }: Experiment,
  dimension: number,
  engine: EngineName | "auto",
): EngineName {
  if (engine === "direct") return "direct";
  const least = leastDimension(spectrum.rho.length, scenario.model.hidden);
  if (spectrum.bulk && dimension >= least) return "exact";
  if (engine === "auto") return "direct";
  const instead = 'use "direct" or "auto"';
  if (!spectrum.bulk) {
    fail("simulation.engine", `"exact" needs spiked data with a bulk; ${instead}`);
  }
  const needs = `the exact engine needs at least M + 2K + 1 = ${least}`;
  return fail("simulation.dimension", `${dimension} is too small: ${needs}; ${instead}`);
}

function checkSteps({ scenario }: Experiment, dimension: number): void {
  const times = timeGrid(scenario.time);
  const end = times[times.length - 1];
  const [steps] = stepsAt(Float64Array.of(end), dimension);
  const path = "at" in scenario.time ? "time.at" : "time.end";
  if (steps === 0) {
    fail(path, `${end} is less than half a step at D = ${dimension}: there is nothing to simulate`);
  }
  if (steps > Number.MAX_SAFE_INTEGER) {
    fail(path, `${end} takes ${steps.toPrecision(2)} steps at D = ${dimension}; end earlier`);
  }
}

/** What the runs at one dimension cost. */
export interface RunCost {
  /** steps of a run */
  readonly steps: number;
  /** multiplications of a step, roughly: what runs are weighed against each other by */
  readonly perStep: number;
}

/** The cost of every run of a plan, in its order. */
export function costsOf({ experiments, runs }: Plan): RunCost[] {
  const costs = new Map<number, RunCost>();
  return runs.map(({ dimension, engine }) => {
    const known = costs.get(dimension);
    if (known) return known;
    const { scenario, spectrum } = experiments.get(dimension) as Experiment;
    const K = scenario.model.hidden;
    const size = engine === "exact" ? spectrum.rho.length + 3 * K : dimension;
    const [steps] = stepsAt(timeGrid(scenario.time).subarray(-1), dimension);
    const cost = { steps, perStep: (10 * K + 20) * size };
    costs.set(dimension, cost);
    return cost;
  });
}

/** The weights of two runs under way, and the measurements of all. */
function checkMemory(experiment: Experiment, runs: number, engine: EngineName): void {
  const { scenario, spectrum } = experiment;
  const K = scenario.model.hidden;
  const { dimension } = spectrum;
  if (engine === "direct" && dimension * (2 * K + 4) > MOST_NUMBERS) {
    const message = `${2 * K} weight vectors of ${dimension} components don't fit into memory`;
    fail("simulation.dimension", message);
  }
  const times = timeGrid(scenario.time).length;
  // of many modes' amplitudes no more are kept than a table has columns
  const perTime = 4 * K ** 2 + Math.min(128, 2 * K * spectrum.rho.length);
  if (runs * times * perTime > MOST_NUMBERS) {
    const message = `${runs} runs of ${times} times of ${perTime} numbers don't fit into memory`;
    fail("simulation.seeds", `${message}; ask for fewer runs or times`);
  }
}

function fail(path: string, message: string): never {
  throw new ScenarioError([{ path, message }]);
}
