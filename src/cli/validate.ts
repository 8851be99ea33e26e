import { resolveScenario } from "../model/resolve.js";
import { unsupportedParts } from "../model/supported.js";
import { loadScenario } from "../scenario/load.js";
import { formatProblem, ScenarioError } from "../scenario/problem.js";
import { planSimulation } from "../simulate/plan.js";
import { complain } from "./complain.js";

/**
 * `dyn validate`: a line per file on standard output, or every problem of it on standard error.
 * Returns the exit code.
 */
export async function runValidate(files: string[]): Promise<number> {
  let code = 0;
  for (const file of files) {
    try {
      const scenario = await loadScenario(file);
      const notes = unsupportedParts(scenario, "theory");
      if (notes.length === 0) resolveScenario(scenario);
      if (scenario.simulation && unsupportedParts(scenario, "simulation").length === 0) {
        planSimulation(scenario);
      }
      process.stdout.write(`${file}: valid\n`);
      for (const note of notes) complain(`${file}: ${formatProblem(note)}`);
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      code = 1;
      for (const problem of error.problems) {
        complain(`${file}: ${formatProblem(problem)}`);
      }
    }
  }
  return code;
}
