import { pickTimes, type Trajectory } from "../trajectory.js";
import type { Course } from "./draw/course.js";
import { placesToDraw } from "./draw/places.js";
import type { DataTable } from "./page/report.js";
import { columnNames, meansCsv, trajectoryCsv } from "./trajectory-csv.js";

/* The tables of numbers that a page carries: small enough to be sent around. */

/** Numbers in one table of a page, about a megabyte of text. */
export const MOST_CELLS = 60_000;

/** A trajectory, thinned out where it is long. */
export function trajectoryTable(name: string, trajectory: Trajectory): DataTable {
  const n = trajectory.t.length;
  const most = Math.max(2, Math.floor(MOST_CELLS / columnNames(trajectory).length));
  if (n <= most) return { name, csv: () => trajectoryCsv(trajectory) };
  const places = placesToDraw(trajectory.t, most);
  return {
    name,
    csv: () => trajectoryCsv(pickTimes(trajectory, places)),
    note: `${name}.csv has ${places.length} of ${n} times; the run's own table has all.`,
  };
}

/** Means over runs with their standard errors, at the times drawn. */
export function meansTable(
  courses: readonly (Course & { dimension: number })[],
  name = "means",
): DataTable {
  const note = `${name}.csv has the runs' means and, in columns that end in _error, their standard errors.`;
  return { name, csv: () => meansCsv(courses), note };
}
