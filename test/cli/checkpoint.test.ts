import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dyn, inFolder, inFolderAsync, root } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";
import { SMALL, simulateContent, untimed } from "../support/simulations.js";

/** Enough work for worker threads, and for an interruption: a second or two. */
const LONG = scenarioWith({
  model: { hidden: 2, activation: "relu" },
  time: { end: 30, points: 12 },
  initial: { kind: "random", std: 0.5, seed: 1 },
  simulation: { dimension: [2000, 100_000], seeds: [1, 2] },
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

it("a checkpoint of another simulation, or a damaged one, is refused in one line", () => {
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
