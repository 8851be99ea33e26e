import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { root } from "../support/command.js";

const PROGRAM = `
import { parseScenario, resolveScenario } from "./dist/index.js";
import { DirectEngine } from "./dist/simulate/direct.js";
import { ExactEngine } from "./dist/simulate/exact.js";
import { streamOf } from "./dist/simulate/random/stream.js";

for (const latents of ["gaussian", { sparse: 0.5 }]) {
  for (const activation of ["sigmoid", "relu", "linear"]) {
    for (const rule of ["sgd", "truncated"]) {
      const experiment = resolveScenario(parseScenario({
        title: "test", model: { hidden: 3, activation }, time: { end: 1 },
        data: { kind: "spiked", spikes: [1, 0.5, 0.2], bulk: 0.1, dimension: 60, latents },
        training: { rule, learningRate: 0.1 },
      }), "simulation");
      for (const Engine of [DirectEngine, ExactEngine]) {
        const engine = new Engine(experiment, streamOf({ seed: 1, dimension: 60, engine: "direct" }));
        for (let i = 0; i < 200; i++) engine.advance(200);
        const before = process.memoryUsage().heapUsed;
        engine.advance(200_000);
        console.log(process.memoryUsage().heapUsed - before);
      }
    }
  }
}
`;

// With a nursery of 256 MiB nothing is collected meanwhile: one number boxed a step would be 3.2 MB. The
// code is compiled in this thread, so that what is measured is compiled code also on a busy machine.
it("a step of SGD allocates nothing, on both engines, for every activation, rule and latents", () => {
  const nursery = ["--min-semi-space-size=256", "--max-semi-space-size=256"];
  const args = [...nursery, "--no-concurrent-recompilation", "--input-type=module", "-e", PROGRAM];
  const output = execFileSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
  });
  const bytes = output.trim().split("\n").map(Number);
  expect(bytes).toHaveLength(24);
  expect(Math.max(...bytes)).toBeLessThan(1.5e6);
});
