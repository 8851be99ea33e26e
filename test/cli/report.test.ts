import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dyn, inFolder, root } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";

const hasOpener = spawnSync("xdg-open", ["--version"]).status === 0;
if (!hasOpener) console.warn("skipped: --open. xdg-open is missing: apt-get install xdg-utils");

const small = scenarioWith({
  time: { at: [0, 0.5, 1, 2] },
  simulation: { dimension: 40, seeds: [1, 2, 3] },
});

/** Runs `use` with a folder that has a small scenario. */
function withScenario(use: (folder: string, scenario: string) => void): void {
  inFolder((folder) => {
    const scenario = join(folder, "small.json");
    writeFileSync(scenario, JSON.stringify(small));
    use(folder, scenario);
  });
}

describe("dyn report of a finished run", () => {
  it.each(["solve", "simulate", "compare"])("of %s is the page that --out wrote", (verb) => {
    withScenario((folder, scenario) => {
      const run = join(folder, "run");
      expect(dyn(verb, scenario, "--out", run).code).toBe(0);
      const page = join(run, "report.html");
      const written = readFileSync(page, "utf8");
      writeFileSync(page, "");
      const { code, stdout, stderr } = dyn("report", run);
      expect([code, stdout, stderr]).toEqual([0, `${page}\n`, ""]);
      expect(readFileSync(page, "utf8") === written).toBe(true);
    });
  });

  it("solves nothing anew: it shows what the tables say", () => {
    withScenario((folder, scenario) => {
      const run = join(folder, "run");
      dyn("solve", scenario, "--out", run);
      const table = join(run, "trajectory.csv");
      const changed = readFileSync(table, "utf8").replace(/^(1),[^,]*/m, "$1,123.456");
      writeFileSync(table, changed);
      dyn("report", run);
      expect(readFileSync(join(run, "report.html"), "utf8")).toContain("123.456");
    });
  });

  it("keeps amplitudes beside the tables that have no room for them", () => {
    inFolder((folder) => {
      const scenario = join(folder, "wide.json");
      const spikes = Array.from({ length: 23 }, (_, m) => 1 / (m + 1));
      const wide = scenarioWith({
        model: { hidden: 3, activation: "sigmoid" },
        data: { kind: "spiked", spikes, bulk: 0.1 },
        time: { at: [0, 1, 2] },
        simulation: { dimension: 60, seeds: [1, 2] },
      });
      writeFileSync(scenario, JSON.stringify(wide));
      for (const verb of ["solve", "compare"]) {
        const run = join(folder, verb);
        dyn(verb, scenario, "--out", run);
        const page = join(run, "report.html");
        const written = readFileSync(page, "utf8");
        expect(written).toContain("Alignment with the principal components");
        expect(dyn("report", run).stderr).toBe("");
        expect(readFileSync(page, "utf8") === written).toBe(true);
      }
      const table = join(folder, "compare/theory-amplitudes.csv");
      writeFileSync(table, readFileSync(table, "utf8").split("\n").slice(0, 3).join("\n"));
      const { code, stderr } = dyn("report", join(folder, "compare"));
      expect([code, stderr]).toEqual([1, `dyn: ${table}: not the times of the other table\n`]);
    });
  });

  it("goes to another file with --out, and overwrites none without --force", () => {
    withScenario((folder, scenario) => {
      const run = join(folder, "run");
      dyn("solve", scenario, "--out", run);
      const file = join(folder, "page.html");
      expect(dyn("report", run, "--out", file).stdout).toBe(`${file}\n`);
      const { code, stderr } = dyn("report", run, "--out", file);
      expect([code, stderr]).toEqual([
        1,
        `dyn: ${file}: is there already; --force overwrites it\n`,
      ]);
      expect(dyn("report", join(run, "run.json"), "--out", file, "--force").code).toBe(0);
    });
  });

  it("shows a run that failed", () => {
    withScenario((folder, scenario) => {
      const run = join(folder, "run");
      expect(dyn("solve", scenario, "--set", "integrator.maxSteps=1", "--out", run).code).toBe(2);
      expect(dyn("report", run).code).toBe(0);
      expect(readFileSync(join(run, "report.html"), "utf8")).toContain("<b>step-limit</b>");
    });
  });

  it("says in one line what of a run is missing or broken", () => {
    withScenario((folder, scenario) => {
      const run = join(folder, "run");
      dyn("compare", scenario, "--out", run);
      const mistakes: [file: string, change: (text: string) => string, answer: RegExp][] = [
        ["theory.csv", (text) => text.replace(/\n$/, ",1\n"), /theory\.csv: line 5: expected \d+/],
        ["trajectory.csv", (text) => text.replace("pmse", "loss"), /csv: line 1: not the columns/],
        ["run.json", (text) => text.slice(0, -9), /run\.json: .*JSON/],
        ["run.json", () => "{}", /run\.json: status: /],
        ["run.json", (text) => text.replaceAll('"hidden": 2', '"hidden": 0'), /model\.hidden/],
      ];
      for (const [name, change, answer] of mistakes) {
        const file = join(run, name);
        const before = readFileSync(file, "utf8");
        writeFileSync(file, change(before));
        const { code, stderr } = dyn("report", run);
        expect(stderr).toMatch(answer);
        expect([code, stderr.split("\n").length]).toEqual([1, 2]);
        writeFileSync(file, before);
      }
    });
  });

  it("says where there is no run", () => {
    inFolder((folder) => {
      const { code, stderr } = dyn("report", folder);
      expect(code).toBe(1);
      expect(stderr).toContain("run.json: not there; a run is a folder that --out has written");
      expect(dyn("report", join(folder, "nothing")).stderr).toContain("no such file");
    });
  });
});

describe("dyn report of a scenario", () => {
  it("compares theory with the scenario's simulation", () => {
    withScenario((folder, scenario) => {
      const file = join(folder, "report.html");
      const { code, stdout } = dyn("report", scenario, "--out", folder);
      expect([code, stdout]).toEqual([0, `${file}\n`]);
      expect(readFileSync(file, "utf8")).toContain("Theory against the mean of 3 runs".slice(1));
    });
  });

  it("solves the theory alone where there is none, or none is wanted", () => {
    withScenario((folder, scenario) => {
      const file = join(folder, "theory.html");
      const given = dyn("report", scenario, "--no-simulation", "--out", file, "--set", 'title="T"');
      expect(given.code).toBe(0);
      const page = readFileSync(file, "utf8");
      expect(page).toContain("<h1>T</h1>");
      expect(page).not.toContain("against the mean of");
    });
  });

  it("refuses what can't be meant, and leaves nothing behind", () => {
    withScenario((folder, scenario) => {
      const out = join(folder, "out");
      const wrong = dyn("report", scenario, "--set", "model.hidden=-1", "--out", out);
      expect([wrong.code, wrong.stdout]).toEqual([1, ""]);
      expect(existsSync(out)).toBe(false);
      mkdirSync(out);
      expect(dyn("report", out, "--set", "model.hidden=1").stderr).toContain(
        "--set changes a scenario",
      );
      expect(readdirSync(out)).toEqual([]);
    });
  });
});

it("--open without --out is a mistake", () => {
  const { code, stderr } = dyn("solve", "scenarios/sigmoid-k3.json", "--open");
  expect([code, stderr]).toEqual([1, "dyn: --open needs --out: it shows its report\n"]);
});

describe.skipIf(process.platform !== "linux" || !hasOpener)("--open", () => {
  it("gives the page to the desktop's browser, or says that there is none", () => {
    withScenario((folder, scenario) => {
      const browser = join(folder, "browser");
      writeFileSync(browser, `#!/bin/sh\necho "$1" > "${folder}/opened"\n`, { mode: 0o755 });
      const open = (program: string) =>
        spawnSync(process.execPath, ["dist/bin/dyn.js", "report", scenario, ...rest], {
          cwd: root,
          encoding: "utf8",
          env: { ...process.env, BROWSER: program, DISPLAY: "", DESKTOP_SESSION: "" },
        });
      const file = join(folder, "page.html");
      const rest = ["--no-simulation", "--open", "--force", "--out", file];
      expect([open(browser).status, open(browser).stderr]).toEqual([0, ""]);
      expect(readFileSync(join(folder, "opened"), "utf8")).toContain(file);
      const { status, stdout, stderr } = open("/bin/false");
      expect([status, stdout]).toEqual([0, `${file}\n`]);
      expect(stderr).toBe(`dyn: can't open a browser; open ${file} by hand\n`);
    });
  });
});
