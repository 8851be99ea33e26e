import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dyn, inFolder } from "./command.js";
import { scenarioWith } from "./scenarios.js";

/** A scenario of two short runs at D = 50 and a little more work at D = 200. */
export const SMALL = scenarioWith({
  data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.3 },
  initial: { kind: "random", std: 0.5, seed: 1 },
  time: { at: [0, 0.5, 4] },
  simulation: { dimension: 50, seeds: [1, 2] },
});

/** Simulates a scenario that is written to a file of its own. */
export function simulateContent(content: unknown, ...args: string[]) {
  return inFolder((folder) => {
    const file = join(folder, "scenario.json");
    writeFileSync(file, JSON.stringify(content));
    const { code, stdout, stderr } = dyn("simulate", file, ...args);
    return { code, stdout, stderr: stderr.replaceAll(folder, "FOLDER") };
  });
}

/** The JSON result without the time it took. */
export function untimed(stdout: string) {
  const result = JSON.parse(stdout);
  delete result.stats.seconds;
  return result;
}
