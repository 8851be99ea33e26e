import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closest } from "fastest-levenshtein";
import { reportPage } from "../report/page/page.js";
import { figureJson } from "../report/paper/figure-json.js";
import { figureReport } from "../report/paper/figure-report.js";
import { indexPage, type Made } from "../report/paper/index-page.js";
import type { Drawing, PaperFigure, Results } from "../report/paper/paper-figure.js";
import { PAPER_FIGURES } from "../report/paper/registry.js";
import { resultsOf } from "../report/paper/results.js";
import { loadScenario } from "../scenario/load.js";
import { complain } from "./complain.js";
import {
  type FiguresArguments,
  type Format,
  PRINT_FORMATS,
  type PrintFormat,
} from "./figures-arguments.js";
import { type Contents, explainFileError, writeWholeFiles } from "./files.js";
import { openFile } from "./open.js";
import { plotlySource } from "./plotly.js";
import { provenanceOf } from "./provenance.js";
import { INTERRUPTED, runSimulation } from "./run-simulation.js";
import { writeOutput } from "./standard-output.js";
import { UsageError } from "./usage-error.js";

/** Exit code where a claim doesn't hold: theory or simulation and the paper are apart. */
const APART = 3;
const INDEX = "index.html";

/** `dyn figures`: returns the exit code. */
export async function runFigures(args: FiguresArguments): Promise<number> {
  const figures = args.names.length === 0 ? PAPER_FIGURES : args.names.map(figureOf);
  const formats = [...new Set<Format>(["html", ...args.formats])];
  // a page of some figures doesn't replace the index of all
  const withIndex = args.names.length === 0 || !existsSync(join(args.out, INDEX));
  refuseOverwriting(args, [
    ...figures.flatMap(({ name }) => formats.map((format) => `${name}.${format}`)),
    ...(withIndex ? [INDEX] : []),
  ]);
  const made: Made[] = [];
  let code = 0;
  for (const [i, figure] of figures.entries()) {
    announce(`${figure.name}, ${i + 1} of ${figures.length}`, args.progress);
    const results = await resultsOf(figure, meansOf(args), args.quick ? figure.quick : undefined);
    if (!results) return INTERRUPTED;
    const failures = failuresOf(results);
    if (failures.length > 0) {
      for (const failure of failures) complain(`${figure.name}: ${failure}`);
      code = 2;
      continue;
    }
    const drawing = figure.draw(results);
    const files = await filesOf(figure, drawing, results, { ...args, formats });
    write(args.out, files);
    made.push({ figure, claims: drawing.claims, files: Object.keys(files) });
    await writeOutput([`${lineOf(figure, drawing)}: ${join(args.out, `${figure.name}.html`)}\n`]);
    for (const claim of drawing.claims.filter(({ holds }) => !holds)) {
      complain(`${figure.name}: does not hold: ${claim.statement}: ${claim.measured}`);
      if (code === 0) code = APART;
    }
  }
  process.exitCode = code;
  if (withIndex && made.length > 0) {
    write(args.out, { [INDEX]: indexPage(made, args.quick ? QUICK : undefined) });
    await writeOutput([`${join(args.out, INDEX)}\n`]);
  }
  const first = withIndex ? INDEX : made[0]?.files[0];
  if (args.open && first) await openFile(join(args.out, first));
  return code;
}

const QUICK = "Quick version: fewer seeds and smaller D than the full one.";

/** A figure by its name, or by what follows "figure-". */
function figureOf(name: string): PaperFigure {
  const found = PAPER_FIGURES.find((one) => one.name === name || one.name === `figure-${name}`);
  if (found) return found;
  const names = PAPER_FIGURES.map((one) => one.name);
  throw new UsageError(
    `unknown figure "${name}"; did you mean "${closest(name, names)}"? There are ${names.join(", ")}`,
  );
}

function refuseOverwriting({ out, force }: FiguresArguments, names: readonly string[]): void {
  const found = names.find((name) => existsSync(join(out, name)));
  if (found && !force)
    throw new UsageError(`${join(out, found)}: is there already; --force overwrites it`);
}

/** Which figure is being made, on a terminal. */
function announce(text: string, wanted: boolean): void {
  if (wanted && process.stderr.isTTY) process.stderr.write(`${text}\n`);
}

/** Scenarios come with the program; runs go to its workers. */
function meansOf({ workers, progress }: FiguresArguments) {
  return {
    load: (name: string) =>
      loadScenario(fileURLToPath(new URL(`../../scenarios/figures/${name}.json`, import.meta.url))),
    simulate: (
      scenario: Parameters<typeof runSimulation>[0],
      plan: Parameters<typeof runSimulation>[1],
    ) => runSimulation(scenario, plan, true, { workers, progress }),
  };
}

/** What went wrong numerically in any of a figure's parts. */
function failuresOf({ theory, comparison }: Results): string[] {
  const solutions = [
    ...Object.entries(theory),
    ...Object.entries(comparison).flatMap(([name, { theories }]) =>
      theories.map(({ solution }) => [name, solution] as const),
    ),
  ];
  const runs = Object.entries(comparison).map(
    ([name, { simulation }]) => [name, simulation] as const,
  );
  return [...solutions, ...runs]
    .filter(([, { status }]) => status !== "ok")
    .map(([name, { status, message }]) => `${name}: ${status}: ${message}`);
}

async function filesOf(
  figure: PaperFigure,
  drawing: Drawing,
  results: Results,
  { formats, width, dotsPerInch }: FiguresArguments,
): Promise<Record<string, Contents>> {
  const { name } = figure;
  const files: Record<string, Contents> = {};
  const report = figureReport(figure, drawing, results, provenanceOfAll(results));
  files[`${name}.html`] = reportPage(report, plotlySource());
  if (formats.includes("json")) files[`${name}.json`] = [figureJson(figure, drawing)];
  const printed = formats.filter((one): one is PrintFormat =>
    (PRINT_FORMATS as readonly string[]).includes(one),
  );
  if (printed.length > 0) {
    const { printFigure } = await import("./print.js");
    const prints = await printFigure(drawing, { formats: printed, width, dotsPerInch });
    for (const [format, content] of Object.entries(prints)) files[`${name}.${format}`] = [content];
  }
  return files;
}

function provenanceOfAll({ theory, comparison }: Results): object {
  const scenarios = {
    ...Object.fromEntries(Object.entries(theory).map(([name, { scenario }]) => [name, scenario])),
    ...Object.fromEntries(
      Object.entries(comparison).map(([name, { simulation }]) => [name, simulation.scenario]),
    ),
  };
  return Object.fromEntries(
    Object.entries(scenarios).map(([name, scenario]) => [name, provenanceOf(scenario)]),
  );
}

function write(directory: string, files: Record<string, Contents>): void {
  try {
    writeWholeFiles(directory, files);
  } catch (error) {
    throw new UsageError(`--out ${directory}: ${explainFileError(error)}`);
  }
}

function lineOf({ name }: PaperFigure, { claims }: Drawing): string {
  const holding = claims.filter(({ holds }) => holds).length;
  return `${name}: ${holding} of ${claims.length} claims hold`;
}
