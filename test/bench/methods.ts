import { type Solution, solve } from "../../src/integrate/solve.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { timeFrom, timeOnce } from "./timing.js";

export const METHODS = ["auto", "odex", "seulex", "bdf"] as const;
export type Method = (typeof METHODS)[number];

/** A solution by one method, and the milliseconds of a warm solve. */
export interface Timed {
  readonly solution: Solution;
  readonly milliseconds: number;
}

/** Solves a scenario by one method; the absolute tolerance is a thousandth of the relative one. */
export function solveBy(
  content: ScenarioInput,
  method: Method,
  relTol = 1e-9,
  onProgress?: () => void,
): Solution {
  const integrator = { method, relTol, absTol: relTol / 1000, maxSteps: 1e9 };
  const experiment = resolveScenario(parseScenario({ ...content, integrator }));
  return solve(experiment, { onProgress });
}

export function timeBy(content: ScenarioInput, method: Method, relTol?: number): Timed {
  let solution: Solution | undefined;
  const first = timeOnce(() => {
    solution = solveBy(content, method, relTol);
  });
  const milliseconds = timeFrom(first, () => solveBy(content, method, relTol));
  return { solution: solution as Solution, milliseconds };
}
