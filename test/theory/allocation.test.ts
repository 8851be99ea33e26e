import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "../support/command.js";

const PROGRAM = `
import { parseScenario, resolveScenario } from "./dist/index.js";
import { ReducedEquations } from "./dist/theory/reduced-equations.js";
import { theoryOf } from "./dist/theory/theory-of.js";

function measure(calls, call) {
  const run = (count) => { for (let i = 0; i < count; i++) call(); };
  run(calls);
  const before = process.memoryUsage().heapUsed;
  run(calls);
  console.log((process.memoryUsage().heapUsed - before) / calls);
}

const small = { hidden: 3, calls: 400_000 };
const large = { hidden: 8, calls: 100_000 };
for (const { hidden, calls } of [small, large]) for (const activation of ["sigmoid", "relu", "linear"]) {
  const experiment = resolveScenario(parseScenario({
    title: "test", model: { hidden, activation }, time: { end: 1 },
    data: { kind: "spiked", spikes: [1, 0.5, 0.2], bulk: 0.1, dimension: 100 },
    training: { learningRate: 1 },
  }));
  const { system, equations, implicit } = theoryOf(experiment);
  const { drift, jacobian, coordinates } = implicit();
  const n = system.start.length;
  const dy = new Float64Array(n);
  measure(calls, () => equations.drift(system.start, dy));
  if (hidden > 3) continue; // the rest is the same code for any size
  const y = new Float64Array(n);
  coordinates.center(system.start);
  measure(calls / 4, () => {
    coordinates.state(system.start, y);
    drift(y, dy);
    coordinates.push(y, dy);
    coordinates.pullStart(dy);
  });
  const J = new Float64Array(n * n);
  measure(calls / 60, () => jacobian(system.start, J));
  if (activation === "relu") continue;
  const start = Float64Array.of(0.9, 1.1, 0.3, 2.5);
  const rule = { learningRate: 1, weightDecay: 0 };
  const reduced = new ReducedEquations(Float64Array.of(1, 0.5), start, experiment.activation, rule);
  const slope = new Float64Array(4);
  const four = new Float64Array(16);
  measure(calls, () => {
    reduced.drift(start, slope);
    reduced.jacobian(start, four);
  });
}
`;

// With a nursery of 256 MiB nothing is collected meanwhile: a number boxed is 12 bytes or more.
it("right-hand sides, coordinates and Jacobians allocate nothing", () => {
  const args = ["--min-semi-space-size=256", "--max-semi-space-size=256", "--input-type=module"];
  const output = execFileSync(process.execPath, [...args, "-e", PROGRAM], {
    cwd: root,
    encoding: "utf8",
  });
  const bytes = output.trim().split("\n").map(Number);
  expect(bytes).toHaveLength(6 + 2 * 3 + 2);
  expect(Math.max(...bytes)).toBeLessThan(4);
});
