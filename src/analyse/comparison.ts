import { type Solution, type SolveOptions, solve } from "../integrate/solve.js";
import { resolveScenario } from "../model/resolve.js";
import type { Scenario } from "../scenario/schema.js";
import { type Plan, planSimulation } from "../simulate/plan.js";
import { type Simulation, simulate } from "../simulate/simulate.js";
import { type Agreement, agreementOf } from "./agreement.js";

/** The theory from the state that the runs at one dimension started from. */
export interface Theory {
  /** D of the runs; the theory's own is the one that `data` names */
  readonly dimension: number;
  readonly solution: Solution;
}

/** Theory and simulation of one scenario, and how far they are apart. */
export interface Comparison {
  /** by dimension of the runs, in the scenario's order */
  readonly theories: readonly Theory[];
  readonly simulation: Simulation;
  readonly agreement: Agreement;
}

/**
 * Solves the theory that a scenario's `data` names (D → ∞ unless they give a dimension) from the state
 * in which the runs of each dimension start.
 * @throws ScenarioError for what the theory can't do yet
 */
export function solveTheories(scenario: Scenario, plan: Plan, options?: SolveOptions): Theory[] {
  return [...plan.experiments].map(
    ([
      dimension,
      {
        scenario: { initial },
      },
    ]) => ({
      dimension,
      solution: solve(resolveScenario({ ...scenario, initial }), options),
    }),
  );
}

/**
 * Simulates what a scenario asks for, one run after another, and compares it with the theory.
 * @throws ScenarioError where a run can't be made as asked, or theory can't do yet what is
 */
export function compare(scenario: Scenario): Comparison {
  return compareWithTheory(solveTheories(scenario, planSimulation(scenario)), simulate(scenario));
}

/** Compares at the times that the theory and all runs of a dimension reached. */
export function compareWithTheory(theories: readonly Theory[], simulation: Simulation): Comparison {
  const compared = theories.map(({ dimension, solution: { trajectory } }) => {
    const runs = simulation.runs
      .filter((run) => run.dimension === dimension)
      .map((run) => run.trajectory.pmse);
    const n = runs.reduce((least, run) => Math.min(least, run.length), trajectory.t.length);
    return {
      dimension,
      t: trajectory.t.subarray(0, n),
      theory: trajectory.pmse.subarray(0, n),
      runs,
    };
  });
  const agreement = agreementOf(compared, simulation.scenario.comparison);
  return { theories, simulation, agreement };
}
