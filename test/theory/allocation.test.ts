import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "../support/command.js";

const PROGRAM = `
import { parseScenario, resolveScenario } from "./dist/index.js";
import { EquationsOfMotion } from "./dist/theory/equations-of-motion.js";
import { ModeSystem } from "./dist/theory/mode-system.js";

for (const activation of ["sigmoid", "relu", "linear"]) {
  const { scenario, spectrum, activation: g } = resolveScenario(parseScenario({
    title: "test", model: { hidden: 3, activation }, time: { end: 1 },
    data: { kind: "spiked", spikes: [1, 0.5, 0.2], bulk: 0.1, dimension: 100 },
    training: { learningRate: 1 },
  }));
  const system = new ModeSystem(spectrum, scenario.initial);
  const rule = { learningRate: 1, weightDecay: 0, truncated: false };
  const equations = new EquationsOfMotion(system, g, rule);
  const dy = new Float64Array(system.start.length);
  const run = (calls) => { for (let i = 0; i < calls; i++) equations.drift(system.start, dy); };
  run(100_000);
  const before = process.memoryUsage().heapUsed;
  run(500_000);
  console.log(process.memoryUsage().heapUsed - before);
}
`;

// With a nursery of 256 MiB nothing is collected meanwhile: one number boxed a call would be 6 MB.
it("the right-hand side allocates nothing", () => {
  const args = ["--min-semi-space-size=256", "--max-semi-space-size=256", "--input-type=module"];
  const output = execFileSync(process.execPath, [...args, "-e", PROGRAM], {
    cwd: root,
    encoding: "utf8",
  });
  const bytes = output.trim().split("\n").map(Number);
  expect(bytes).toHaveLength(3);
  expect(Math.max(...bytes)).toBeLessThan(1e6);
});
