import { readdirSync, readFileSync } from "node:fs";
import { type Solution, solve } from "../../src/integrate/solve.js";
import { type Experiment, resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";

const directory = new URL("../../scenarios/", import.meta.url);

/** Names and contents of the scenarios that are shipped. */
export function shippedScenarios(): { name: string; content: ScenarioInput }[] {
  return scenariosIn(directory);
}

/** The same of the paper's figures. */
export function figureScenarios(): { name: string; content: ScenarioInput }[] {
  return scenariosIn(new URL("figures/", directory));
}

function scenariosIn(folder: URL): { name: string; content: ScenarioInput }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((name) => ({
      name,
      content: JSON.parse(readFileSync(new URL(name, folder), "utf8")) as ScenarioInput,
    }));
}

/** A small valid scenario with some parts replaced. */
export function scenarioWith(parts: Partial<ScenarioInput> = {}): ScenarioInput {
  return {
    title: "test",
    model: { hidden: 2, activation: "sigmoid" },
    data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.1 },
    training: { learningRate: 1 },
    time: { end: 50, points: 20 },
    ...parts,
  };
}

export function experimentWith(parts: Partial<ScenarioInput> = {}): Experiment {
  return resolveScenario(parseScenario(scenarioWith(parts)));
}

export function solveWith(parts: Partial<ScenarioInput> = {}): Solution {
  return solve(experimentWith(parts));
}
