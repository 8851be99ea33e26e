import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { scenarioJsonSchema } from "../../src/scenario/schema.js";
import { dyn, inFolder, root } from "../support/command.js";
import { scenarioWith, shippedScenarios } from "../support/scenarios.js";

describe("dyn", () => {
  it("helps, and tells its version", () => {
    const help = dyn("--help");
    expect(help.code).toBe(0);
    for (const verb of ["solve", "simulate", "compare", "validate", "schema"])
      expect(help.stdout).toContain(`dyn ${verb}`);
    expect(dyn("solve", "--help").stdout).toContain("training.learningRate=2");
    expect(dyn("--version").stdout).toBe(`${packageJson.version}\n`);
  });

  it.each([
    [[], "say what to do"],
    [["slove", "x"], "Did you mean solve?"],
    [["solve"], "a file is missing; see dyn --help"],
  ])("with %j says in one line what is wrong", (args, message) => {
    const { code, stdout, stderr } = dyn(...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^dyn: [^\n]+\n$/);
    expect(stderr).toContain(message);
  });

  it("stops quietly when its reader has seen enough", () => {
    const pipe = "node dist/bin/dyn.js solve scenarios/full-spectrum-k4.json --json | head -c 100";
    const { stdout, stderr } = spawnSync("sh", ["-c", pipe], { cwd: root, encoding: "utf8" });
    expect([stdout.length, stderr]).toEqual([100, ""]);
  });
});

// `script` gives a command a terminal; it belongs to every Debian, and is other elsewhere
const hasScript = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;

it.runIf(hasScript)("dyn solve --progress shows a bar on a terminal, and only there", () => {
  const solve = "node dist/bin/dyn.js solve scenarios/long-time-k1.json --progress";
  const onTerminal = spawnSync("script", ["-qec", `${solve} 2>&1 >/dev/null`, "/dev/null"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(onTerminal.status).toBe(0);
  expect(onTerminal.stdout).toMatch(/t = [\d.e]+ of 1e4 \[.*\] \d+ % · .* left/);
  expect(dyn(...solve.split(" ").slice(2)).stderr).toBe("");
});

it.runIf(hasScript)("dyn simulate shows its bar on every terminal unless told not to", () => {
  const simulate = "node dist/bin/dyn.js simulate scenarios/linear-k3.json --seeds 1,2";
  const onTerminal = (options: string) =>
    spawnSync("script", ["-qec", `${simulate} ${options} 2>&1 >/dev/null`, "/dev/null"], {
      cwd: root,
      encoding: "utf8",
    }).stdout;
  expect(onTerminal("")).toMatch(/[012] of 2 runs \[.*\] \d+ % · .* left/);
  expect(onTerminal("--no-progress")).toBe("");
});

describe("dyn validate", () => {
  it("accepts every shipped scenario", () => {
    const files = shippedScenarios().map(({ name }) => `scenarios/${name}`);
    const { code, stdout } = dyn("validate", ...files);
    expect(code).toBe(0);
    expect(stdout).toBe(files.map((file) => `${file}: valid\n`).join(""));
  });

  it("names every problem of every file", () => {
    inFolder((folder) => {
      const file = join(folder, "bad.json");
      writeFileSync(file, JSON.stringify({ ...scenarioWith(), title: 3, time: { end: -1 } }));
      const { code, stdout, stderr } = dyn("validate", file, "scenarios/relu-k4.json", "none.json");
      expect(code).toBe(1);
      expect(stdout).toBe("scenarios/relu-k4.json: valid\n");
      expect(stderr.split("\n")).toEqual([
        `dyn: ${file}: title: must be a string, got 3`,
        `dyn: ${file}: time.end: must be at least 1e-100, got -1`,
        "dyn: none.json: no such file",
        "",
      ]);
    });
  });

  it("finds matrices that no weights have", () => {
    inFolder((folder) => {
      const file = join(folder, "bad.json");
      const identity = [
        [1, 0],
        [0, 1],
      ];
      const indefinite = [
        [1, 2],
        [2, 1],
      ];
      const initial = { kind: "explicit", encoder: identity, decoder: identity };
      const content = { ...scenarioWith(), initial: { ...initial, encoderBulk: indefinite } };
      writeFileSync(file, JSON.stringify(content));
      expect(dyn("validate", file).stderr).toContain("initial.encoderBulk: not positive");
    });
  });

  it("calls a scenario valid that cannot be solved yet, and says so", () => {
    inFolder((folder) => {
      const file = join(folder, "later.json");
      const model = { hidden: 2, activation: { expression: "x/(1+exp(-x))" } };
      writeFileSync(file, JSON.stringify({ ...scenarioWith(), model }));
      const { code, stdout, stderr } = dyn("validate", file);
      expect([code, stdout]).toEqual([0, `${file}: valid\n`]);
      expect(stderr).toContain("model.activation: ");
      expect(stderr).toContain("is not available yet");
    });
  });
});

it("messages stay one line and harmless whatever a file says", () => {
  inFolder((folder) => {
    const file = join(folder, "bad.json");
    writeFileSync(file, JSON.stringify({ ["a\n\u001b[31m" + "b".repeat(9999)]: 1 }));
    const { stderr } = dyn("solve", file);
    expect(stderr).toMatch(/unknown key "a\\n\\u001b\[31mbbb.*…\n$/);
    expect(stderr.length).toBeLessThan(520);
    writeFileSync(file, Buffer.from([0x7b, 0xe9, 0x7d]));
    expect(dyn("solve", file).stderr).toBe(`dyn: ${file}: is not text in UTF-8\n`);
  });
});

it("dyn schema prints the JSON Schema that loads scenarios", () => {
  const { code, stdout } = dyn("schema");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
