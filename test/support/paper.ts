import { join } from "node:path";
import type { PaperFigure, Results } from "../../src/report/paper/paper-figure.js";
import { resultsOf } from "../../src/report/paper/results.js";
import { loadScenario } from "../../src/scenario/load.js";
import { simulate } from "../../src/simulate/simulate.js";
import { root } from "./command.js";

/** A figure's theories and simulations, one after another in this process. */
export async function madeOf(figure: PaperFigure, quick: boolean): Promise<Results> {
  const means = {
    load: (name: string) => loadScenario(join(root, `scenarios/figures/${name}.json`)),
    simulate: async (scenario: Parameters<typeof simulate>[0]) => simulate(scenario),
  };
  return (await resultsOf(figure, means, quick ? figure.quick : undefined)) as Results;
}
