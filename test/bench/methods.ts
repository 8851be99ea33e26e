import { type Solution, solve } from "../../src/integrate/solve.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";

export const METHODS = ["auto", "odex", "seulex", "bdf"] as const;
export type Method = (typeof METHODS)[number];

/** Solves a scenario by one method; the absolute tolerance is a thousandth of the relative one. */
export function solveBy(content: ScenarioInput, method: Method, relTol = 1e-9): Solution {
  const integrator = { method, relTol, absTol: relTol / 1000, maxSteps: 1e9 };
  return solve(resolveScenario(parseScenario({ ...content, integrator })));
}
