import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "../support/command.js";

const PROGRAM = `
import { parseScenario, resolveScenario } from "./dist/index.js";
import { EquationsOfMotion } from "./dist/theory/equations-of-motion.js";
import { ModeSystem } from "./dist/theory/mode-system.js";
import { ReducedEquations } from "./dist/theory/reduced-equations.js";

function measure(call) {
  const run = (calls) => { for (let i = 0; i < calls; i++) call(); };
  run(100_000);
  const before = process.memoryUsage().heapUsed;
  run(500_000);
  console.log(process.memoryUsage().heapUsed - before);
}

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
  measure(() => equations.drift(system.start, dy));
  if (!g.odd) continue;
  const start = Float64Array.of(0.9, 1.1, 0.3, 2.5);
  const reduced = new ReducedEquations(Float64Array.of(1, 0.5), start, g, rule);
  const slope = new Float64Array(4);
  const jacobian = new Float64Array(16);
  measure(() => {
    reduced.drift(start, slope);
    reduced.jacobian(start, jacobian);
  });
}
`;

// With a nursery of 256 MiB nothing is collected meanwhile: one number boxed a call would be 6 MB.
it("the right-hand sides, full and reduced, and the reduced Jacobian allocate nothing", () => {
  const args = ["--min-semi-space-size=256", "--max-semi-space-size=256", "--input-type=module"];
  const output = execFileSync(process.execPath, [...args, "-e", PROGRAM], {
    cwd: root,
    encoding: "utf8",
  });
  const bytes = output.trim().split("\n").map(Number);
  expect(bytes).toHaveLength(5);
  expect(Math.max(...bytes)).toBeLessThan(1e6);
});
