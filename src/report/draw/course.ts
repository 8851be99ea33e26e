import { meanTrajectory } from "../../analyse/mean-trajectory.js";
import type { Solution } from "../../integrate/solve.js";
import type { Simulation } from "../../simulate/simulate.js";
import { pickTimes, type Trajectory } from "../../trajectory.js";
import { placesToDraw } from "./places.js";

/** What pictures draw over time: theory, or the mean over runs. */
export interface Course {
  readonly name: string;
  readonly trajectory: Trajectory;
  /** standard errors of the mean, in the same places; absent: a line instead of points */
  readonly error?: Trajectory;
}

/** Points of a line: more can't be seen. */
export const MOST_LINE = 500;
const MOST_POINTS = 40;

/** A solution as a line; long ones are thinned out. */
export function theoryCourse(
  { trajectory }: Pick<Solution, "trajectory">,
  name = "theory",
): Course {
  return { name, trajectory: pickTimes(trajectory, placesToDraw(trajectory.t, MOST_LINE)) };
}

/** The mean of the runs at one dimension as points with error bars, at the times that all reached. */
export function meanCourse(simulation: Simulation, dimension: number, most = MOST_POINTS): Course {
  const runs = simulation.runs.filter((run) => run.dimension === dimension);
  const n = runs.reduce((least, run) => Math.min(least, run.trajectory.t.length), Infinity);
  const places = placesToDraw(simulation.t.subarray(0, n), most);
  const { mean, error } = meanTrajectory(runs.map((run) => pickTimes(run.trajectory, places)));
  const many = runs.length === 1 ? "1 run" : `mean of ${runs.length} runs`;
  return { name: `${many}, D = ${dimension}`, trajectory: mean, error };
}
