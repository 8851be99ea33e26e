import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dyn, inFolder, inFolderAsync, root } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";

/** A scenario of two short runs at D = 50 and a little more work at D = 200. */
const SMALL = scenarioWith({
  data: { kind: "spiked", spikes: [1, 0.4], bulk: 0.3 },
  initial: { kind: "random", std: 0.5, seed: 1 },
  time: { at: [0, 0.5, 4] },
  simulation: { dimension: 50, seeds: [1, 2] },
});

/** Enough work for worker threads, and for an interruption: a second or two. */
const LONG = scenarioWith({
  model: { hidden: 2, activation: "relu" },
  time: { end: 30, points: 12 },
  initial: { kind: "random", std: 0.5, seed: 1 },
  simulation: { dimension: [2000, 100_000], seeds: [1, 2] },
});

/** Simulates a scenario that is written to a file of its own. */
function simulateContent(content: unknown, ...args: string[]) {
  return inFolder((folder) => {
    const file = join(folder, "scenario.json");
    writeFileSync(file, JSON.stringify(content));
    const { code, stdout, stderr } = dyn("simulate", file, ...args);
    return { code, stdout, stderr: stderr.replaceAll(folder, "FOLDER") };
  });
}

/** The JSON result without the time it took. */
function untimed(stdout: string) {
  const result = JSON.parse(stdout);
  delete result.stats.seconds;
  return result;
}

describe("dyn simulate --json", () => {
  const { code, stdout, stderr } = simulateContent(SMALL, "--json");
  const result = JSON.parse(stdout);

  it("prints one object with everything the contract names, and nothing else", () => {
    expect([code, stderr, result.status]).toEqual([0, "", "ok"]);
    expect(Object.keys(result)).toEqual(
      "status t runs summary scenario stats provenance".split(" "),
    );
    expect(result.t).toEqual([0, 0.5, 4]);
    expect(result.runs.map((run: { seed: number }) => run.seed)).toEqual([1, 2]);
    for (const run of result.runs) {
      expect(Object.keys(run)).toEqual(
        "seed dimension engine status steps pmse orderParameters amplitudes bias".split(" "),
      );
      expect([run.dimension, run.engine, run.status]).toEqual([50, "exact", "ok"]);
      expect(run.steps).toEqual([0, 25, 200]);
      expect(run.pmse).toHaveLength(3);
      expect(run.orderParameters.Q[2]).toHaveLength(2);
      expect(run.amplitudes.encoder[2][1]).toHaveLength(2);
      expect(run.bias[2]).toEqual([0, 0]);
    }
    expect(result.stats.steps).toBe(400);
  });

  it("has mean and standard error of the runs", () => {
    const [{ dimension, mean, standardError }] = result.summary;
    const [a, b] = result.runs.map((run: { pmse: number[] }) => run.pmse[2]);
    expect(dimension).toBe(50);
    expect(mean[2]).toBeCloseTo((a + b) / 2, 14);
    expect(standardError[2]).toBeCloseTo(Math.abs(a - b) / 2, 14);
    expect(standardError[0]).toBe(0);
  });

  it("starts all runs from the state that the resolved scenario has, which gives them again", () => {
    const { scenario } = result;
    expect(scenario.initial.kind).toBe("explicit");
    for (const run of result.runs) {
      run.amplitudes.encoder[0].flat().forEach((value: number, i: number) => {
        expect(value).toBeCloseTo(scenario.initial.encoder.flat()[i], 14);
      });
    }
    const again = untimed(simulateContent(scenario, "--json").stdout);
    expect(again.runs).toEqual(result.runs);
  });

  it("has null where a standard error doesn't exist", () => {
    const { stdout } = simulateContent(SMALL, "--json", "--seeds", "3");
    expect(JSON.parse(stdout).summary[0].standardError).toEqual([null, null, null]);
  });
});

describe("the runs", () => {
  const results = new Map(
    [1, 2, 3].map((workers) => {
      const { stdout } = simulateContent(LONG, "--json", "--workers", String(workers));
      return [workers, untimed(stdout)];
    }),
  );

  it("are the same to the last bit for any number of workers", () => {
    expect(results.get(1).runs).toHaveLength(4);
    expect(results.get(2)).toEqual(results.get(1));
    expect(results.get(3)).toEqual(results.get(1));
  });

  it("are the same to the last bit after an interruption, which ends with code 130", async () => {
    await inFolderAsync(async (folder) => {
      const file = join(folder, "scenario.json");
      const checkpoint = join(folder, "checkpoint");
      writeFileSync(file, JSON.stringify(LONG));
      const options = ["--json", "--workers", "2", "--checkpoint-every", "0.05"];
      const interrupted = await interrupt(
        ["simulate", file, ...options, "--checkpoint", checkpoint],
        () => existsSync(checkpoint) && readFileSync(checkpoint, "utf8").includes('"steps"'),
      );
      expect([interrupted.code, interrupted.stdout]).toEqual([130, ""]);
      expect(interrupted.stderr).toMatch(/^dyn: interrupted; --resume .* goes on from here\n$/);
      const again = await interrupt(["simulate", file, ...options, "--resume", checkpoint]);
      expect(again.code).toBe(0);
      expect(untimed(again.stdout)).toEqual(results.get(1));
      expect(readdirSync(folder).sort()).toEqual(["checkpoint", "scenario.json"]);
    });
  });

  it("are resumed from a checkpoint that has them all without being run again", () => {
    inFolder((folder) => {
      const file = join(folder, "scenario.json");
      const checkpoint = join(folder, "checkpoint");
      writeFileSync(file, JSON.stringify(SMALL));
      const first = dyn("simulate", file, "--json", "--checkpoint", checkpoint);
      const kept = readFileSync(checkpoint, "utf8");
      const second = dyn("simulate", file, "--json", "--resume", checkpoint);
      expect(untimed(second.stdout)).toEqual(untimed(first.stdout));
      expect(readFileSync(checkpoint, "utf8")).toBe(kept);
    });
  });
});

/** Runs dyn and interrupts it as Ctrl-C does as soon as `when` holds. */
function interrupt(args: string[], when?: () => boolean) {
  const child: ChildProcess = spawn(process.execPath, [join(root, "dist/bin/dyn.js"), ...args]);
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (data) => {
    stdout += data;
  });
  child.stderr?.on("data", (data) => {
    stderr += data;
  });
  const timer = setInterval(() => {
    if (when?.()) {
      clearInterval(timer);
      child.kill("SIGINT");
    }
  }, 10);
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on("close", (code) => {
      clearInterval(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

it("without a checkpoint an interruption says what would have kept the work", async () => {
  await inFolderAsync(async (folder) => {
    const file = join(folder, "scenario.json");
    const much = { ...LONG, time: { end: 3000, points: 12 } };
    writeFileSync(file, JSON.stringify(much));
    const began = Date.now();
    const args = ["simulate", file, "--json"];
    const { code, stdout, stderr } = await interrupt(args, () => Date.now() - began > 1500);
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toBe("dyn: interrupted; --checkpoint FILE keeps the work done\n");
  });
});

describe("dyn simulate", () => {
  it("prints a one-screen summary", () => {
    const { code, stdout, stderr } = simulateContent(SMALL, "--dimension", "50,200");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("mean of 2 runs at D = 200");
    expect(stdout).toContain("std. error");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("prints all runs as tidy CSV, the contract's columns first", () => {
    const { stdout } = simulateContent(SMALL, "--csv", "--dimension", "50,200", "--seeds", "4-6");
    const [header, ...lines] = stdout.trimEnd().split("\n");
    expect(header).toMatch(/^t,pmse,Q_1_1,.*,decoder_2_2,dimension,seed,steps$/);
    expect(lines).toHaveLength(2 * 3 * 3);
    expect(lines[17]).toMatch(/^4,.*,200,6,800$/);
  });

  it("writes a run directory whose files don't depend on the workers", () => {
    inFolder((folder) => {
      const file = join(folder, "scenario.json");
      writeFileSync(file, JSON.stringify(SMALL));
      const out = (name: string, ...args: string[]) => {
        expect(dyn("simulate", file, "--out", join(folder, name), ...args).code).toBe(0);
        return readFileSync(join(folder, name, "trajectory.csv"), "utf8");
      };
      expect(out("a")).toBe(out("b", "--workers", "2"));
      expect(readdirSync(join(folder, "a")).sort()).toEqual(
        ["report.html", "run.json", "trajectory.csv"].sort(),
      );
      const record = JSON.parse(readFileSync(join(folder, "a/run.json"), "utf8"));
      expect(record.runs).toHaveLength(2);
      expect(record.started).toMatch(/^\d{4}-/);
      const refused = dyn("simulate", file, "--out", join(folder, "a"));
      expect([refused.code, refused.stdout]).toEqual([1, ""]);
      expect(refused.stderr).toContain("--force overwrites it");
    });
  });

  it("keeps the good times of runs that diverge, and ends with code 2", () => {
    const content = { ...SMALL, model: { hidden: 2, activation: "linear" } };
    const { code, stdout, stderr } = simulateContent(
      content,
      "--json",
      ...["--set", "training.learningRate=200", "--set", 'time={"at":[0,0.02,10]}'],
    );
    const result = JSON.parse(stdout);
    expect([code, result.status]).toEqual([2, "diverged"]);
    expect(result.t).toEqual([0, 0.02, 10]);
    for (const { status, pmse, steps } of result.runs) {
      expect([status, steps]).toEqual(["diverged", [0, 1]]);
      expect(pmse).toHaveLength(2);
    }
    expect(result.summary[0].mean).toHaveLength(2);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect(stderr).toBe(`dyn: diverged: ${result.message}\n`);
    expect(result.message).toMatch(/2 of 2 runs, the first D = 50, seed 1 after t = 0.02; lower /);
  });

  it("trains on latents that aren't Gaussian, which theory can't do yet", () => {
    const set = ["--set", 'data.latents="two-point"'];
    const { code, stdout } = simulateContent(SMALL, "--json", ...set);
    expect([code, JSON.parse(stdout).status]).toEqual([0, "ok"]);
    inFolder((folder) => {
      const file = join(folder, "scenario.json");
      writeFileSync(file, JSON.stringify(SMALL));
      const { code, stdout, stderr } = dyn("compare", file, ...set);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/data.latents: "two-point" is not available yet; use .*dyn simulate/);
    });
  });
});

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

  it("a checkpoint of another simulation, or a damaged one", () => {
    inFolder((folder) => {
      const file = join(folder, "scenario.json");
      const checkpoint = join(folder, "checkpoint");
      writeFileSync(file, JSON.stringify(SMALL));
      expect(dyn("simulate", file, "--checkpoint", checkpoint).code).toBe(0);
      const other = dyn("simulate", file, "--resume", checkpoint, "--seeds", "5,6");
      expect([other.code, other.stdout]).toEqual([1, ""]);
      expect(other.stderr).toContain("belongs to another scenario, or to other --set");
      const text = readFileSync(checkpoint, "utf8");
      writeFileSync(checkpoint, text.slice(0, -100));
      const damaged = dyn("simulate", file, "--resume", checkpoint);
      expect([damaged.code, damaged.stdout]).toEqual([1, ""]);
      expect(damaged.stderr).toContain("is damaged; start again without --resume");
    });
  });
});

it("auto takes the direct engine where the exact one doesn't exist", () => {
  const { stdout } = simulateContent(SMALL, "--json", "--dimension", "6,7");
  const engines = JSON.parse(stdout).runs.map((run: { engine: string }) => run.engine);
  expect(engines).toEqual(["direct", "direct", "exact", "exact"]);
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
