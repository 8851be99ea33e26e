import type { ResolvedScenario } from "./resolve.js";

/** The times a scenario asks for, increasing; the first and the last are hit to the last bit. */
export function timeGrid(time: ResolvedScenario["time"]): Float64Array {
  if ("at" in time) return Float64Array.from(time.at);
  const { start, end, points, spacing } = time;
  const ratio = Math.log(end / start);
  const grid = Float64Array.from({ length: points }, (_, i) => {
    const x = i / (points - 1);
    return spacing === "log" ? start * Math.exp(ratio * x) : start + (end - start) * x;
  });
  grid[0] = start;
  grid[points - 1] = end;
  return grid;
}
