import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import canonicalize from "canonicalize";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { dyn, inFolder } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";

const SCENARIO = "scenarios/sigmoid-k3.json";
const SHORT = ["--set", 'time={"at":[0,1,10]}'];

/** Solves a scenario that is written to a file of its own. */
function solveContent(content: unknown, ...args: string[]) {
  return inFolder((folder) => {
    const file = join(folder, "scenario.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    const { code, stdout, stderr } = dyn("solve", file, ...args);
    return { code, stdout, stderr: stderr.replaceAll(folder, "FOLDER") };
  });
}

describe("dyn solve --json", () => {
  const { code, stdout, stderr } = dyn("solve", SCENARIO, "--json", ...SHORT);
  const result = JSON.parse(stdout);

  it("prints one object with everything the contract names, and nothing else", () => {
    expect([code, stderr, result.status]).toEqual([0, "", "ok"]);
    expect(Object.keys(result)).toEqual(
      "status t pmse pca excess orderParameters amplitudes bias scenario stats provenance".split(
        " ",
      ),
    );
    const matrix = [3, 3, 3];
    const shape = (x: unknown[][][]) => [x.length, x[0].length, x[0][0].length];
    for (const name of ["Q", "R", "T0", "T1"]) {
      expect(shape(result.orderParameters[name])).toEqual(matrix);
    }
    expect(shape(result.amplitudes.encoder)).toEqual(matrix);
    expect(shape(result.amplitudes.decoder)).toEqual(matrix);
    expect(result.t).toEqual([0, 1, 10]);
    expect(result.pmse).toHaveLength(3);
    expect(result.pca).toHaveLength(4);
    expect(result.bias).toEqual([0, 1, 2].map(() => [0, 0, 0]));
    expect(Object.keys(result.stats)).toEqual(
      "method steps rejected evaluations parts seconds".split(" "),
    );
  });

  it("has order parameters that its amplitudes and the resolved scenario add up to", () => {
    const { encoder } = result.amplitudes;
    const { spikes } = result.scenario.data;
    const bulk = result.scenario.initial.encoderBulk;
    const Q = (k: number, l: number) =>
      bulk[k][l] +
      spikes.reduce(
        (sum: number, rho: number, m: number) => sum + rho * encoder[2][k][m] * encoder[2][l][m],
        0,
      );
    expect(result.orderParameters.Q[2][0][1]).toBeCloseTo(Q(0, 1), 14);
    expect(result.orderParameters.Q[2][2][2]).toBeCloseTo(Q(2, 2), 14);
  });

  it("says where it comes from", () => {
    const { provenance, scenario } = result;
    expect(provenance.version).toBe(packageJson.version);
    expect(provenance.node).toBe(process.versions.node);
    expect(provenance.dependencies.odex).toBe("2.0.4");
    const { title, description, citation, $schema, ...experiment } = scenario;
    const hash = createHash("sha256").update(canonicalize(experiment) as string);
    expect(provenance.scenarioHash).toBe(hash.digest("hex"));
  });

  it("is repeated to the byte by its own resolved scenario, time taken apart", () => {
    const { stats, ...rest } = result;
    const again = solveContent(result.scenario, "--json");
    const { stats: otherStats, ...other } = JSON.parse(again.stdout);
    expect(other).toEqual(rest);
    expect({ ...otherStats, seconds: 0 }).toEqual({ ...stats, seconds: 0 });
  });

  it("has the same hash whatever its title", () => {
    const other = JSON.parse(dyn("solve", SCENARIO, "--json", ...SHORT, "--set", "title=x").stdout);
    expect(other.provenance.scenarioHash).toBe(result.provenance.scenarioHash);
    expect(other.scenario.title).toBe("x");
  });
});

describe("amplitudes of a large spectrum", () => {
  const law = { kind: "power" as const, dimension: 600, exponent: 1, trace: 1 };
  const content = scenarioWith({
    data: { kind: "spectrum", law },
    time: { end: 1, points: 900 },
    integrator: { relTol: 1e-3 },
  });

  it("are left out with a warning beyond 10⁶ numbers", () => {
    const { code, stdout, stderr } = solveContent(content, "--json");
    expect(code).toBe(0);
    expect(stderr).toBe("dyn: amplitudes are left out, 1080000 numbers; --amplitudes keeps them\n");
    expect(JSON.parse(stdout).amplitudes).toBeUndefined();
  });

  it("are kept by --amplitudes", () => {
    const { stdout, stderr } = solveContent(content, "--json", "--amplitudes");
    expect(stderr).toBe("");
    expect(JSON.parse(stdout).amplitudes.encoder[899][1]).toHaveLength(600);
  });
});

describe("dyn solve --csv", () => {
  it("prints the trajectory with numbers that read back exactly", () => {
    const { code, stdout } = dyn("solve", SCENARIO, "--csv", ...SHORT);
    const json = JSON.parse(dyn("solve", SCENARIO, "--json", ...SHORT).stdout);
    const lines = stdout.split("\n");
    const header = lines[0].split(",");
    expect([code, lines.length, lines[4]]).toEqual([0, 5, ""]);
    expect(header.slice(0, 6)).toEqual(["t", "pmse", "Q_1_1", "Q_1_2", "Q_1_3", "Q_2_1"]);
    expect(header.slice(-11)).toEqual([
      "encoder_3_3",
      ..."123".split("").flatMap((k) => "123".split("").map((m) => `decoder_${k}_${m}`)),
      "excess",
    ]);
    const last = lines[3].split(",").map(Number);
    const at = (name: string) => last[header.indexOf(name)];
    expect(at("pmse")).toBe(json.pmse[2]);
    expect(at("excess")).toBe(json.excess[2]);
    expect(at("R_2_3")).toBe(json.orderParameters.R[2][1][2]);
    expect(at("T1_3_1")).toBe(json.orderParameters.T1[2][2][0]);
    expect(at("bias_2")).toBe(0);
    expect(at("decoder_1_3")).toBe(json.amplitudes.decoder[2][0][2]);
  });

  it("has no amplitudes where K·M > 64", () => {
    const header = dyn("solve", "scenarios/full-spectrum-k4.json", "--csv", ...SHORT).stdout;
    expect(header.split("\n")[0]).toMatch(/T1_4_4,bias_1,bias_2,bias_3,bias_4,excess$/);
  });
});

describe("dyn solve on a terminal", () => {
  const { code, stdout, stderr } = dyn("solve", SCENARIO);

  it("fits one screen: setting, plot, plateaus, order parameters, statistics", () => {
    expect([code, stderr]).toEqual([0, ""]);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines[1]).toBe("sigmoid, K = 3 · M = 3, σ² = 0.1, D → ∞ · sgd, η = 1");
    for (let rank = 0; rank <= 3; rank++) expect(stdout).toContain(`rank ${rank}`);
    expect(stdout).toContain("plateaus");
    expect(stdout).toContain("order parameters at t = 200");
    expect(stdout).toMatch(/odex: \d+ steps, \d+ rejected, \d+ evaluations, \d+ ms at relTol 1e-9/);
  });

  it("changes any value by --set", () => {
    const args = ["--set", "training.learningRate=2", "--set", "data.spikes[0]=3", ...SHORT];
    const { scenario } = JSON.parse(dyn("solve", SCENARIO, "--json", ...args).stdout);
    expect(scenario.training.learningRate).toBe(2);
    expect(scenario.data.spikes).toEqual([3, 0.3, 0.1]);
  });
});

describe("dyn solve --out", () => {
  it("writes a run whole, and never over another without --force", () => {
    inFolder((folder) => {
      const out = join(folder, "runs", "one");
      const solve = (...args: string[]) => dyn("solve", SCENARIO, ...SHORT, "--out", out, ...args);
      expect(solve().code).toBe(0);
      const files = ["report.html", "run.json", "trajectory.csv"];
      expect(readdirSync(out).sort()).toEqual(files);
      const run = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
      expect(Object.keys(run)).toEqual(
        "status pca scenario stats provenance started finished".split(" "),
      );
      const csv = readFileSync(join(out, "trajectory.csv"), "utf8");
      expect(csv).toBe(dyn("solve", SCENARIO, ...SHORT, "--csv").stdout);

      const again = solve("--set", "training.learningRate=2");
      expect([again.code, again.stdout]).toEqual([1, ""]);
      expect(again.stderr).toBe(
        `dyn: --out ${out}: holds a run (run.json); --force overwrites it\n`,
      );
      expect(readFileSync(join(out, "trajectory.csv"), "utf8")).toBe(csv);

      expect(solve("--set", "training.learningRate=2", "--force").code).toBe(0);
      expect(readFileSync(join(out, "trajectory.csv"), "utf8")).not.toBe(csv);
      expect(readdirSync(out).sort()).toEqual(files);
    });
  });

  it("refuses a place where it can't write, before it solves", () => {
    inFolder((folder) => {
      const file = join(folder, "file");
      writeFileSync(file, "");
      // making a folder below /proc fails without end in Node's own recursion
      const places = [file, join(file, "below"), ...(existsSync("/proc") ? ["/proc/none"] : [])];
      for (const out of places) {
        const { code, stdout, stderr } = dyn("solve", SCENARIO, "--out", out);
        expect([code, stdout]).toEqual([1, ""]);
        expect(stderr).toMatch(/^dyn: --out .*: (is a file|can't be made).*\n$/);
      }
      expect(readdirSync(folder)).toEqual(["file"]);
    });
  });

  it("leaves nothing behind for a scenario that is wrong", () => {
    inFolder((folder) => {
      const out = join(folder, "run");
      expect(dyn("solve", SCENARIO, "--set", "model.hidden=0", "--out", out).code).toBe(1);
      expect(existsSync(out)).toBe(false);
    });
  });

  it("leaves other files of the folder alone", () => {
    inFolder((folder) => {
      const out = join(folder, "run");
      mkdirSync(out);
      writeFileSync(join(out, "notes.txt"), "mine");
      expect(dyn("solve", SCENARIO, ...SHORT, "--out", out).code).toBe(0);
      expect(readFileSync(join(out, "notes.txt"), "utf8")).toBe("mine");
    });
  });
});

describe("numerical failure", () => {
  const args = ["--set", "integrator.maxSteps=20", "--json"];
  const { code, stdout, stderr } = dyn("solve", SCENARIO, ...args);

  it("exits with 2 and the times up to the last good one", () => {
    const result = JSON.parse(stdout);
    expect([code, result.status]).toEqual([2, "step-limit"]);
    expect(result.message).toMatch(/^stopped at t = [\d.]+: .*raise integrator.maxSteps$/);
    expect(stderr).toBe(`dyn: step-limit: ${result.message}\n`);
    const n = result.t.length;
    expect(n).toBeGreaterThan(0);
    expect(n).toBeLessThan(200);
    expect([result.pmse.length, result.orderParameters.T1.length, result.bias.length]).toEqual([
      n,
      n,
      n,
    ]);
    expect(stdout).not.toMatch(/NaN|Infinity|null/);
  });

  it("still prints a summary, and writes a run that says so", () => {
    inFolder((folder) => {
      const out = join(folder, "run");
      const run = dyn("solve", SCENARIO, "--set", "integrator.maxSteps=20", "--out", out);
      expect(run.code).toBe(2);
      expect(run.stdout).toContain("step-limit: stopped at t = ");
      expect(JSON.parse(readFileSync(join(out, "run.json"), "utf8")).status).toBe("step-limit");
      expect(readFileSync(join(out, "report.html"), "utf8")).toContain("<b>step-limit</b>");
    });
  });

  it("is no crash where no time is reached at all", () => {
    const none = [...args, "--set", "integrator.maxSteps=1", "--set", 'time={"at":[100]}'];
    const run = dyn("solve", SCENARIO, ...none);
    expect([run.code, JSON.parse(run.stdout).t]).toEqual([2, []]);
    expect(JSON.parse(run.stdout).orderParameters.Q).toEqual([]);
    expect(dyn("solve", SCENARIO, ...none.filter((arg) => arg !== "--json")).code).toBe(2);
  });
});

describe("wrong input: exit code 1, one line, nothing on standard output", () => {
  const refused = ({ code, stdout, stderr }: ReturnType<typeof dyn>) => {
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^dyn: [^\n]+\n$/);
    expect(stderr).not.toMatch(/ at .*\.js/);
    return stderr;
  };

  it.each([
    ["", "FOLDER/scenario.json: is empty; expected a scenario in JSON"],
    ["{", /FOLDER\/scenario.json: is not JSON: /],
    ['{"title": 1e999}', "FOLDER/scenario.json: title: must be a string, got Infinity"],
    ["[]", "FOLDER/scenario.json: must be an object, got []"],
    [
      JSON.stringify(scenarioWith({ data: { kind: "spiked", spikes: [1, -2], bulk: 0 } })),
      "FOLDER/scenario.json: data.spikes[1]: must be greater than 0, got -2",
    ],
    [
      JSON.stringify({ ...scenarioWith(), tilte: "x" }),
      'FOLDER/scenario.json: unknown key "tilte"; did you mean "title"?',
    ],
  ])("a file with %j", (content, expected) => {
    const stderr = refused(solveContent(content));
    if (typeof expected === "string") expect(stderr).toContain(`dyn: ${expected}`);
    else expect(stderr).toMatch(expected);
  });

  it("a missing file, and a folder", () => {
    expect(refused(dyn("solve", "no-such.json"))).toBe("dyn: no-such.json: no such file\n");
    expect(refused(dyn("solve", "scenarios"))).toContain("is a directory");
  });

  it.each([
    [
      ["--set", "training.lerningRate=2"],
      'unknown key "lerningRate"; did you mean "learningRate"?',
    ],
    [["--set", "training.learningRate=fast"], 'must be a finite number, got "fast"'],
    [["--set", "learningRate"], "expected path=value"],
    [["--set", "data.latents=two-point"], "is not available yet"],
    [["--json", "--csv"], "give --json or --csv, not both"],
    [["--jsn"], "can't make anything of: jsn"],
    [["--out"], "--out needs a value"],
    [["--out", "a", "--out", "b"], "give --out once"],
    [["second.json"], "can't make anything of: second.json"],
  ])("%j", (args, message) => {
    expect(refused(dyn("solve", SCENARIO, ...args))).toContain(message);
  });

  it("an expression that is not one", () => {
    const set = 'model.activation={"expression":"y+1"}';
    expect(refused(dyn("solve", SCENARIO, "--set", set))).toContain('"y" is not allowed in "y+1"');
  });
});
