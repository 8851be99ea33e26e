import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dyn, inFolder } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";
import { SMALL, simulateContent } from "../support/simulations.js";

describe("wrong inputs are answered in one line", () => {
  const cases: [string[], RegExp][] = [
    [
      ["--dimension", "6", "--engine", "exact"],
      /simulation.dimension: 6 is too small: the exact engine needs at least M \+ 2K \+ 1 = 7; use "direct" or "auto"/,
    ],
    [["--dimension", "1"], /simulation.dimension: must be at least 2, the number of spikes, got 1/],
    [
      ["--seeds", "1,2,1"],
      /simulation.seeds\[2\]: 1 is repeated; every run needs a seed of its own/,
    ],
    [["--dimension", "50,50"], /simulation.dimension\[1\]: 50 is repeated/],
    [
      ["--set", 'time={"at":[0]}'],
      /time.at: 0 is less than half a step at D = 50: there is nothing to simulate/,
    ],
    [["--set", "time.end=1e-9", "--set", "time.start=1e-10"], /time/],
    [
      ["--set", 'time={"end":1e14}', "--dimension", "1e6"],
      /time.end: 100000000000000 takes 1.0e\+20 steps at D = 1000000; end earlier/,
    ],
    [
      ["--dimension", "100000000", "--engine", "direct"],
      /simulation.dimension: 4 weight vectors of 100000000 components don't fit into memory/,
    ],
    [["--dimension", "many"], /--dimension many: expected numbers, as in 1,2,5 or 1-10/],
    [["--seeds", "9-1"], /--seeds 9-1: expected numbers/],
    [
      ["--engine", "fast"],
      /simulation.engine: must be one of "auto", "exact", "direct", got "fast"/,
    ],
    [["--workers", "0"], /--workers 0: expected a whole number from 1/],
    [["--workers", "2", "--workers", "3"], /give --workers once/],
    [
      ["--checkpoint-every", "soon", "--checkpoint", "x"],
      /--checkpoint-every soon: expected a number/,
    ],
    [["--resume", "no-such-file"], /--resume no-such-file: no such file/],
    [["--resume", "package.json"], /--resume package.json: is not a checkpoint/],
    [
      ["--checkpoint", "package.json"],
      /--checkpoint package.json: exists; --resume package.json goes on from it, --force overwrites it/,
    ],
    [["--checkpoint", "/proc/nothing/here"], /--checkpoint \/proc\/nothing\/here: /],
    [["--out", "package.json"], /--out package.json: is a file, expected a directory/],
    [["--out", "/proc/nothing"], /--out \/proc\/nothing: /],
  ];
  it.each(cases)("%j", (args, message) => {
    const { code, stdout, stderr } = simulateContent(SMALL, ...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^dyn: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });

  it("a dimension that nothing names", () => {
    const { code, stderr } = simulateContent(scenarioWith());
    expect(code).toBe(1);
    expect(stderr).toContain(
      "simulation.dimension: missing; say how many inputs, as in --dimension",
    );
  });

  it("the exact engine on a full spectrum", () => {
    const data = { kind: "spectrum", eigenvalues: [3, 2, 1, 1, 1, 1, 1, 1] };
    const { stderr } = simulateContent({ ...scenarioWith(), data }, "--engine", "exact");
    expect(stderr).toMatch(
      /simulation.engine: "exact" needs spiked data with a bulk; use "direct"/,
    );
  });
});

// a disk that is full: /dev/full of Linux takes no byte
it.runIf(existsSync("/dev/full"))("standard output on a full disk ends with code 1", () => {
  inFolder((folder) => {
    const file = join(folder, "scenario.json");
    writeFileSync(file, JSON.stringify(SMALL));
    mkdirSync(join(folder, "out"));
    const { code, stderr } = dyn.to("/dev/full", "simulate", file, "--json");
    expect(code).toBe(1);
    expect(stderr).toBe("dyn: standard output: the disk is full\n");
  });
});
