#!/usr/bin/env node
import yargs, { type Argv } from "yargs";
import { hideBin } from "yargs/helpers";
import packageJson from "../../package.json" with { type: "json" };
import { complain } from "./complain.js";
import { figuresOptions, readFiguresArguments } from "./figures-arguments.js";
import { checkOut } from "./output-arguments.js";
import { reportOptions } from "./report-arguments.js";
import { readSimulationArguments, simulationOptions } from "./simulation-arguments.js";
import { endWithReader } from "./standard-output.js";
import { UsageError } from "./usage-error.js";

/** Runs the command line given; verbs load their code only when they are called. */
async function main(): Promise<void> {
  endWithReader();
  await yargs(hideBin(process.argv))
    .scriptName("dyn")
    .usage("$0 <verb>\n\nThe dynamics of learning in shallow autoencoders, from theory.")
    .command(
      "solve <scenario>",
      "solve the order-parameter equations of a scenario",
      (options) =>
        resultOptions(options, "the trajectory").options({
          progress: { type: "boolean", default: false, describe: "show a progress bar" },
          reduced: {
            type: "boolean",
            default: false,
            describe: "solve the equations of aligned neurons, for starts that are aligned",
          },
        }),
      async (args) => {
        const { runSolve } = await import("./solve.js");
        await finish(() => runSolve({ ...args, set: [args.set ?? []].flat() }), args.scenario);
      },
    )
    .command(
      "simulate <scenario>",
      "train networks of a scenario by online SGD at finite dimension",
      (options) => simulationOptions(resultOptions(options, "all runs")),
      async (args) => {
        const { runSimulate } = await import("./simulate.js");
        await finish(() => runSimulate(readSimulationArguments(args)), args.scenario);
      },
    )
    .command(
      "compare <scenario>",
      "simulate, and say in numbers how far theory is from it",
      (options) => simulationOptions(resultOptions(options, "the comparison")),
      async (args) => {
        const { runCompare } = await import("./compare.js");
        await finish(() => runCompare(readSimulationArguments(args)), args.scenario);
      },
    )
    .command(
      "report <target>",
      "make the page of a finished run, or of a scenario",
      reportOptions,
      async (args) => {
        const { runReport } = await import("./report.js");
        await finish(() => runReport({ ...args, set: [args.set ?? []].flat() }), args.target);
      },
    )
    .command(
      "figures [names..]",
      "make the paper's figures anew, and check its claims",
      figuresOptions,
      async (args) => {
        const { runFigures } = await import("./figures.js");
        await finish(() => runFigures(readFiguresArguments(args)));
      },
    )
    .command(
      "validate <files..>",
      "check scenario files",
      (options) => options.positional("files", { type: "string", array: true, demandOption: true }),
      async ({ files }) => {
        const { runValidate } = await import("./validate.js");
        await finish(() => runValidate(files));
      },
    )
    .command(
      "schema",
      "print the JSON Schema of scenario files",
      () => {},
      async () => {
        const { scenarioJsonSchema } = await import("../scenario/schema.js");
        process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
      },
    )
    .version(packageJson.version)
    .strict()
    .recommendCommands()
    .demandCommand(
      1,
      "say what to do: dyn solve, simulate, compare, report, figures, validate or schema (dyn --help)",
    )
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .fail((message, error) => {
      if (error && error.name !== "YError") throw error;
      throw new UsageError(inOurWords(message ?? error.message));
    })
    .parseAsync();
}

/** What verbs take that have a scenario and a result. */
function resultOptions<T>(options: Argv<T>, table: string) {
  return options
    .positional("scenario", { type: "string", demandOption: true, describe: "scenario file" })
    .options({
      set: {
        type: "string",
        requiresArg: true,
        describe: "change a value, as in training.learningRate=2; can be repeated",
      },
      json: { type: "boolean", default: false, describe: "print everything as JSON" },
      csv: { type: "boolean", default: false, describe: `print ${table} as CSV` },
      out: {
        type: "string",
        requiresArg: true,
        describe: "directory for run.json, tables as CSV and report.html",
      },
      force: { type: "boolean", default: false, describe: "overwrite a run in --out" },
      open: {
        type: "boolean",
        default: false,
        describe: "open the report of --out in the browser",
      },
      amplitudes: {
        type: "boolean",
        default: false,
        describe: "keep all amplitudes in --json, however many",
      },
    })
    .check(checkOut)
    .check(({ json, csv, out, open }) => {
      if (json && csv) throw new UsageError("give --json or --csv, not both");
      if (open && out === undefined)
        throw new UsageError("--open needs --out: it shows its report");
      return true;
    });
}

/** What yargs finds wrong, for people. */
function inOurWords(message: string): string {
  return message
    .replace(/^Not enough non-option arguments.*/, "a file is missing; see dyn --help")
    .replace(/^Not enough arguments following: (.*)/, "--$1 needs a value")
    .replace(/^Unknown arguments?: /, "can't make anything of: ")
    .replace(/\n+/g, "; ");
}

/** Runs a verb; what is wrong with its scenario is one line that starts with the file's name. */
async function finish(verb: () => Promise<number>, file?: string): Promise<void> {
  try {
    process.exitCode = await verb();
  } catch (error) {
    if ((error as Error).name !== "ScenarioError") throw error;
    throw new UsageError(`${file}: ${(error as Error).message}`);
  }
}

main().catch((error: Error) => {
  if (error.name === "UsageError") complain(error.message);
  else process.stderr.write(`dyn: ${error.stack ?? error}\n`);
  process.exitCode = 1;
});
