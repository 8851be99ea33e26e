import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { root } from "../support/command.js";
import { solveBy } from "./methods.js";

const SOLVES = 15;

/**
 * npm run bench -- processor: what stands beside the times of cvode.py. Processor time of solving
 * sigmoid-k3 without bulk at relTol 1e-9, the end as the only output: the least of some warm solves.
 */
export function processorTimes(): { t: number; method: string; milliseconds: number }[] {
  const file = join(root, "scenarios/sigmoid-k3.json");
  const content: ScenarioInput = JSON.parse(readFileSync(file, "utf8"));
  return [1e3, 1e4, 1e5].flatMap((t) =>
    (["bdf", "seulex", "auto"] as const).map((method) => {
      const data = { ...content.data, bulk: 0 } as ScenarioInput["data"];
      const work = () => solveBy({ ...content, data, time: { at: [t] } }, method);
      work();
      const milliseconds = Math.min(...Array.from({ length: SOLVES }, () => processorTime(work)));
      return { t, method, milliseconds };
    }),
  );
}

function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
