import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "../support/command.js";

const PROGRAM = `
import { parseScenario, resolveScenario } from "./dist/index.js";
import { EquationsOfMotion } from "./dist/theory/equations-of-motion.js";
import { ModeSystem } from "./dist/theory/mode-system.js";

const small = { hidden: 3, calls: 500_000 };
const large = { hidden: 8, calls: 100_000 };
for (const { hidden, calls } of [small, large]) for (const activation of ["sigmoid", "relu", "linear"]) {
  const { scenario, spectrum, activation: g } = resolveScenario(parseScenario({
    title: "test", model: { hidden, activation }, time: { end: 1 },
    data: { kind: "spiked", spikes: [1, 0.5, 0.2], bulk: 0.1, dimension: 100 },
    training: { learningRate: 1 },
  }));
  const system = new ModeSystem(spectrum, scenario.initial);
  const rule = { learningRate: 1, weightDecay: 0, truncated: false };
  const equations = new EquationsOfMotion(system, g, rule);
  const dy = new Float64Array(system.start.length);
  const run = (calls) => { for (let i = 0; i < calls; i++) equations.drift(system.start, dy); };
  run(calls / 5);
  const before = process.memoryUsage().heapUsed;
  run(calls);
  console.log((process.memoryUsage().heapUsed - before) / calls);
}
`;

// With a nursery of 256 MiB nothing is collected meanwhile: a number boxed is 12 bytes or more.
it("the right-hand side allocates nothing", () => {
  const args = ["--min-semi-space-size=256", "--max-semi-space-size=256", "--input-type=module"];
  const output = execFileSync(process.execPath, [...args, "-e", PROGRAM], {
    cwd: root,
    encoding: "utf8",
  });
  const bytes = output.trim().split("\n").map(Number);
  expect(bytes).toHaveLength(6);
  expect(Math.max(...bytes)).toBeLessThan(2);
});
