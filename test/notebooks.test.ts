import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { root } from "./support/command.js";

const folder = join(root, "notebooks");
const runner = join(folder, "run.mjs");
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ipynb"))
  .sort();

const PLOTLY = "application/vnd.plotly.v1+json";
const PNG_START = "iVBORw0KGgo";

interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Cell {
  readonly cell_type: "code" | "markdown";
  readonly source: readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

interface Notebook {
  readonly nbformat: number;
  readonly metadata: { readonly kernelspec: { readonly name: string } };
  readonly cells: readonly Cell[];
}

const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
const read = (name: string): Notebook => JSON.parse(textOf(name));
const codeOf = (name: string) => read(name).cells.filter((cell) => cell.cell_type === "code");
const sourceOf = (cells: readonly Cell[]) => cells.map((cell) => cell.source.join("")).join("\n");

it("there are five notebooks, and a list of them", () => {
  expect(names.map((name) => name.slice(0, 2))).toEqual(["01", "02", "03", "04", "05"]);
  const list = textOf("README.md");
  for (const name of names) expect(list).toContain(`(${name})`);
});

describe.each(names)("%s", (name) => {
  it("was executed from top to bottom by Deno's kernel, and nothing threw", () => {
    const { nbformat, metadata } = read(name);
    expect([nbformat, metadata.kernelspec.name]).toEqual([4, "deno"]);
    const cells = codeOf(name);
    expect(cells.map((cell) => cell.execution_count)).toEqual(cells.map((_, i) => i + 1));
    const kinds = cells.flatMap(({ outputs = [] }) => outputs.map((one) => one.output_type));
    expect(new Set(kinds)).toEqual(new Set(["display_data"]));
  });

  it("every cell that shows something has shown it", () => {
    for (const { source, outputs } of codeOf(name)) {
      const shows = source.filter((line) => /^\s*await (show|table|text)\(/.test(line)).length;
      expect(outputs, source.join("")).toHaveLength(shows);
    }
  });

  it("every figure is a picture too", () => {
    const bundles = codeOf(name).flatMap(({ outputs = [] }) => outputs.map(({ data }) => data));
    const figures = bundles.filter((data) => data?.[PLOTLY]);
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) {
      expect(String(figure?.["image/png"]).slice(0, PNG_START.length)).toBe(PNG_START);
    }
  });

  it("names no place or time of the machine that executed it", () => {
    expect(textOf(name)).not.toMatch(/\/tmp\/|\/home\/|\/root\/|file:|iopub|20\d\d-\d\d-\d\d/);
  });

  it("imports the library's public names and the local helper only", () => {
    const imports = [...sourceOf(codeOf(name)).matchAll(/\bfrom "([^"]+)"|\bimport\(/g)];
    expect(imports.map((match) => match[1])).toEqual(["../dist/index.js", "./show.ts"]);
  });
});

// The kernel strips types without a look at them.
it("the cells have no type errors", () => {
  const place = join(root, "node_modules/.cache/notebooks-types");
  const options = { rootDir: root, types: ["node"], allowImportingTsExtensions: true };
  const extend = { extends: join(root, "tsconfig.json"), compilerOptions: options, include: ["*"] };
  const kernel = "declare const Deno: { readTextFile(path: string): Promise<string> };\n";
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "package.json"), '{"type": "module"}');
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify(extend));
  for (const name of names) {
    const source = sourceOf(codeOf(name))
      .replace('"../dist/', `"${root}dist/`)
      .replace('"./show.ts"', `"${folder}/show.ts"`);
    writeFileSync(join(place, name.replace("ipynb", "ts")), kernel + source);
  }
  const tsc = join(root, "node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["-p", place], { encoding: "utf8" });
  expect(stdout).toBe("");
});

it("all of them execute", { timeout: 600_000 }, async (context) => {
  const { whatIsMissing } = await import(pathToFileURL(runner).href);
  const missing: string | undefined = whatIsMissing();
  if (missing) {
    console.warn(`notebooks not executed: ${missing}`);
    return context.skip(missing);
  }
  const said = execFileSync(process.execPath, [runner, "--check"], { encoding: "utf8" });
  const lines = said.trim().split("\n");
  expect(lines).toHaveLength(names.length);
  const stale = lines.filter((line) => line.includes("differs"));
  if (stale.length > 0) console.warn(`${stale.join("\n")}\nto write them: npm run notebooks`);
});

it("what is missing is said in one line", () => {
  const env = { ...process.env, PYTHON: join(root, "no-such-python") };
  const { status, stderr } = spawnSync(process.execPath, [runner], { encoding: "utf8", env });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^notebooks: Jupyter's nbconvert is missing; install it by: .*\n$/);
});
