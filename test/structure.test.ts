import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

/*
 * Data flows one way, and everything but the command line and the file loader runs in a browser.
 * The simulator stands beside theory/ on model/, and never imports it: agreement is evidence only
 * between two that don't share their equations.
 */
const ALLOWED: Record<string, string[]> = {
  scenario: [],
  model: ["scenario"],
  trajectory: ["model"],
  theory: ["model"],
  integrate: ["scenario", "model", "theory", "trajectory"],
  simulate: ["scenario", "model", "trajectory"],
  analyse: ["scenario", "model", "trajectory", "integrate", "simulate"],
  report: ["scenario", "model", "theory", "trajectory", "integrate", "simulate", "analyse"],
  cli: ["scenario", "model", "integrate", "simulate", "trajectory", "analyse", "report"],
  index: [
    "scenario",
    "model",
    "theory",
    "trajectory",
    "integrate",
    "simulate",
    "analyse",
    "report",
  ],
};
const WITH_NODE = ["scenario/load.ts"];
/** Figures for print are drawn in Node, where there is no browser. */
const IN_NODE = /^(cli|report\/static)\//;

const source = fileURLToPath(new URL("../src/", import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .sort();

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), "utf8");
  const pattern = /(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)["']([^"']+)["']/gm;
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

/** The folder, or for a file at the top its name. */
function layerOf(file: string): string {
  return file.includes("/") ? file.split("/")[0] : file.replace(/\.ts$/, "");
}

function localImports(file: string): string[] {
  return importsOf(file)
    .filter((name) => name.startsWith("."))
    .map((name) => relative(source, join(source, dirname(file), name)).replace(/\.js$/, ".ts"))
    .filter((name) => !name.startsWith(".."));
}

function isOfNode(name: string): boolean {
  return name.startsWith("node:") || builtinModules.includes(name);
}

it("knows every layer", () => {
  expect(files.length).toBeGreaterThan(30);
  for (const file of files) expect(ALLOWED, file).toHaveProperty(layerOf(file));
});

describe.each(files)("%s", (file) => {
  const layer = layerOf(file);

  it("imports only from layers before its own", () => {
    for (const other of localImports(file).map(layerOf)) {
      if (other !== layer) expect(ALLOWED[layer]).toContain(other);
    }
  });

  if (!IN_NODE.test(file) && !WITH_NODE.includes(file)) {
    it("uses nothing of Node", () => {
      expect(importsOf(file).filter(isOfNode)).toEqual([]);
      const text = readFileSync(join(source, file), "utf8");
      expect(text).not.toMatch(/\bprocess\.|\bconsole\.|\bBuffer\b|\brequire\(/);
    });
  }
});

it("the library, all that its index reaches, runs in a browser", () => {
  const reached = new Set<string>();
  const visit = (file: string) => {
    if (reached.has(file)) return;
    reached.add(file);
    localImports(file).forEach(visit);
  };
  visit("index.ts");
  expect(reached.size).toBeGreaterThan(20);
  for (const file of WITH_NODE) expect([...reached]).not.toContain(file);
  expect([...reached].filter((file) => IN_NODE.test(file))).toEqual([]);
  expect([...reached].flatMap(importsOf).filter(isOfNode)).toEqual([]);
});

it("heavy packages are loaded lazily, yargs only by the command line", () => {
  const staticImports = (file: string) => {
    const text = readFileSync(join(source, file), "utf8");
    return [...text.matchAll(/^import (?!type)[^;]*?from "([^".]+[^"]*)";/gm)].map((m) => m[1]);
  };
  for (const file of files) {
    for (const name of staticImports(file)) {
      expect(name, file).not.toMatch(/^(mathjs|piscina|plotly)/);
      if (layerOf(file) !== "cli") expect(name, file).not.toMatch(/^yargs/);
    }
  }
});
