import { MOST_AMPLITUDES } from "../integrate/solve.js";
import { timeGrid } from "../model/time-grid.js";
import { MOST_AMPLITUDE_COLUMNS } from "../report/trajectory-csv.js";
import type { Plan } from "../simulate/plan.js";
import type { Simulation } from "../simulate/simulate.js";
import { complain } from "./complain.js";

/* Amplitudes of many modes are most of a result: where they are kept, and where they are shown. */

/** Whether the amplitudes of all runs are kept, for --json or the columns of a CSV file. */
export function amplitudesOf(plan: Plan, wanted: boolean) {
  const [{ scenario, spectrum }] = plan.experiments.values();
  const perTime = scenario.model.hidden * spectrum.rho.length;
  const count = plan.runs.length * timeGrid(scenario.time).length * perTime;
  const inJson = wanted || count <= MOST_AMPLITUDES;
  return { keep: inJson || perTime <= MOST_AMPLITUDE_COLUMNS, inJson, count };
}

/** The simulation as --json prints it. */
export function printedRuns(simulation: Simulation, withAmplitudes: boolean): Simulation {
  if (withAmplitudes) return simulation;
  const runs = simulation.runs.map((run) => ({
    ...run,
    trajectory: { ...run.trajectory, amplitudes: undefined },
  }));
  return { ...simulation, runs };
}

/** Says that --json has no amplitudes. */
export function warnAmplitudes(count: number): void {
  complain(`amplitudes are left out, ${count} numbers; --amplitudes keeps them`);
}
