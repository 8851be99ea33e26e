import { compareWithTheory, solveTheories } from "../../analyse/comparison.js";
import { solve } from "../../integrate/solve.js";
import { resolveScenario } from "../../model/resolve.js";
import { timeGrid } from "../../model/time-grid.js";
import type { Scenario } from "../../scenario/schema.js";
import { type Plan, planSimulation } from "../../simulate/plan.js";
import { sampleSpectrum } from "../../simulate/sample-spectrum.js";
import type { Simulation } from "../../simulate/simulate.js";
import type { PaperFigure, Results, Size } from "./paper-figure.js";

/** How a figure's sources are found and its runs carried out. */
export interface Means {
  /** the scenario of this name in `scenarios/figures/` */
  load(name: string): Promise<Scenario>;
  /** all runs of a plan; undefined where that was interrupted */
  simulate(scenario: Scenario, plan: Plan): Promise<Simulation | undefined>;
}

/**
 * Solves and simulates what a figure needs; undefined where that was interrupted.
 * @param size another size of the simulations than the scenarios'
 */
export async function resultsOf(
  figure: PaperFigure,
  means: Means,
  size?: Size,
): Promise<Results | undefined> {
  const theory: Record<string, Results["theory"][string]> = {};
  const comparison: Record<string, Results["comparison"][string]> = {};
  const spectra: Record<string, Results["spectra"][string]> = {};
  for (const { scenario: name, needs } of figure.sources) {
    const given = await means.load(name);
    const scenario = size ? resized(given, size) : given;
    if (needs !== "comparison") theory[name] = solve(resolveScenario(scenario));
    if (needs === "spectra") spectra[name] = spectraOf(scenario);
    if (needs === "comparison") {
      const plan = planSimulation(scenario);
      const theories = solveTheories(scenario, plan);
      const simulation = await means.simulate(scenario, plan);
      if (!simulation) return undefined;
      comparison[name] = compareWithTheory(theories, simulation);
    }
  }
  return { theory, comparison, spectra };
}

/** The same scenario at other dimensions and with fewer seeds; a finite D of its theory goes with it. */
function resized(scenario: Scenario, { dimension, seeds }: Size): Scenario {
  const { data, simulation } = scenario;
  if (!simulation) return scenario;
  const finite = data.kind === "spiked" && data.dimension !== undefined;
  return {
    ...scenario,
    data: finite ? { ...data, dimension: [dimension].flat()[0] } : data,
    simulation: {
      ...simulation,
      dimension: Array.isArray(dimension) ? [...dimension] : (dimension as number),
      seeds: simulation.seeds.slice(0, seeds),
    },
  };
}

/** The spectra of the samples that each run sees up to its last time. */
function spectraOf(scenario: Scenario) {
  const plan = planSimulation(scenario);
  return plan.runs.map(({ dimension, seed }) => {
    const experiment = plan.experiments.get(dimension);
    if (!experiment) throw new RangeError(`no experiment at D = ${dimension}`);
    const end = timeGrid(experiment.scenario.time).at(-1) as number;
    return sampleSpectrum(experiment, seed, Math.round(end * dimension));
  });
}
