import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseScenario } from "../src/scenario/parse.js";
import { dyn, inFolder, root } from "./support/command.js";

const readme = readFileSync(join(root, "README.md"), "utf8");

/** The fenced blocks of this kind. */
function blocks(kind: string): string[] {
  return [...readme.matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter((match) => match[1] === kind)
    .map((match) => match[2]);
}

/** The block that begins with this command. */
function answerTo(command: string): string {
  const block = blocks("text").find((text) => text.startsWith(`$ npx dyn ${command}`));
  if (block === undefined) throw new Error(`no block answers to ${command}`);
  return block;
}

it("shows what its first command prints, time taken apart", () => {
  const command = "npm ci && npx dyn solve scenarios/sigmoid-k3.json\n";
  expect(blocks("sh")[0]).toBe(command);
  const { stdout } = dyn("solve", "scenarios/sigmoid-k3.json");
  const untimed = (text: string) => text.replace(/\d+ ms at/, "… ms at");
  expect(untimed(blocks("text")[0])).toBe(untimed(stdout));
});

it("has the test command on its first screen", () => {
  expect(blocks("sh")[1]).toBe("npm test\n");
});

it("shows what a comparison prints, time taken apart", () => {
  const [, prompt, output] = /^\$ npx dyn (.*)\n([^]*)$/.exec(answerTo("compare")) ?? [];
  const { code, stdout } = dyn(...prompt.split(" "));
  const untimed = (text: string) => text.replace(/, [\d.]+ s\n$/, "\n");
  expect(code).toBe(0);
  expect(untimed(output)).toBe(untimed(stdout));
});

it("shows how a run to t = 10⁹ ends", () => {
  const [, prompt, end] = /^\$ npx dyn (.*) \| tail -5\n([^]*)$/.exec(
    answerTo("solve scenarios/long-time-k1"),
  ) ?? ["", "", "missing"];
  const untimed = (text: string) => text.replace(/\d+ ms at/, "… ms at");
  expect(untimed(dyn(...prompt.split(" ")).stdout)).toContain(untimed(end));
});

it("shows what aligned neurons reach", () => {
  const [, file, table] = /^\$ npx dyn solve (\S+) --reduced .*\n([^]*)$/.exec(
    answerTo("solve scenarios/figures"),
  ) ?? ["", "", "missing"];
  expect(dyn("solve", file, "--reduced").stdout).toContain(table);
});

it("shows how many of the paper's claims hold", () => {
  inFolder((folder) => {
    const { code, stdout, stderr } = dyn("figures", "--quick", "--out", folder);
    expect([code, stderr]).toEqual([0, ""]);
    const shown = stdout.replaceAll(`${folder}/`, "figures/");
    expect(answerTo("figures")).toBe(`$ npx dyn figures --quick\n${shown}`);
  });
});

it("shows what a mistake is answered", () => {
  const [, prompt, answer] =
    /^\$ npx dyn (.*)\n(.*)\n$/.exec(answerTo("solve scenarios/sigmoid-k3.json --set")) ?? [];
  expect(dyn(...prompt.split(" ")).stderr).toBe(`${answer}\n`);
});

it("shows a scenario that is valid and can be solved", () => {
  const scenario = JSON.parse(blocks("json")[0]);
  expect(() => parseScenario(scenario)).not.toThrow();
  inFolder((folder) => {
    const file = join(folder, "readme.json");
    writeFileSync(file, JSON.stringify({ ...scenario, time: { at: [1] } }));
    expect(dyn("solve", file).code).toBe(0);
  });
});
