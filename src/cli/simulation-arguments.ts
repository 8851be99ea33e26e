import type { Argv } from "yargs";
import type { ResultArguments } from "./output.js";
import { UsageError } from "./usage-error.js";

/** What `dyn simulate` and `dyn compare` take besides what every verb does. */
export interface SimulationArguments extends ResultArguments {
  readonly workers?: number;
  readonly checkpoint?: string;
  readonly checkpointEvery: number;
  readonly resume?: string;
}

/** Their options on the command line. */
export function simulationOptions<T>(options: Argv<T>) {
  return options.options({
    dimension: {
      type: "string",
      requiresArg: true,
      describe: "input dimension D, or several: 100,1000",
    },
    seeds: { type: "string", requiresArg: true, describe: "one run each: 1,2,5 or 1-10" },
    engine: {
      type: "string",
      requiresArg: true,
      describe: "exact (cost independent of D), direct, or auto",
    },
    workers: {
      type: "string",
      requiresArg: true,
      describe: "threads; results don't depend on them (default: one a processor)",
    },
    checkpoint: {
      type: "string",
      requiresArg: true,
      describe: "file that keeps how far the runs have got",
    },
    "checkpoint-every": {
      type: "string",
      requiresArg: true,
      default: "30",
      describe: "seconds between two checkpoints",
    },
    resume: {
      type: "string",
      requiresArg: true,
      describe: "go on from a checkpoint, and keep it up to date",
    },
    progress: {
      type: "boolean",
      default: true,
      describe: "show a progress bar (on a terminal only)",
    },
  });
}

/** The options as yargs gives them. */
interface RawArguments extends Omit<SimulationArguments, "set" | "workers" | "checkpointEvery"> {
  readonly set?: string | string[];
  readonly dimension?: string;
  readonly seeds?: string;
  readonly engine?: string;
  readonly workers?: string;
  readonly checkpointEvery: string;
}

const ONCE = [
  "dimension",
  "seeds",
  "engine",
  "workers",
  "checkpoint",
  "checkpoint-every",
  "resume",
];

/**
 * The arguments with numbers read, and --dimension, --seeds and --engine as assignments.
 * @throws UsageError for what is no number, and for options given twice
 */
export function readSimulationArguments(args: RawArguments): SimulationArguments {
  for (const name of ONCE) {
    const given = (args as unknown as Record<string, unknown>)[name];
    if (Array.isArray(given)) throw new UsageError(`give --${name} once`);
  }
  const { dimension, seeds, engine, workers } = args;
  const set = [args.set ?? []].flat();
  if (dimension !== undefined) {
    const list = numbers("--dimension", dimension);
    const value = list.length === 1 ? list[0] : list;
    set.push(`simulation.dimension=${JSON.stringify(value)}`);
  }
  if (seeds !== undefined) {
    set.push(`simulation.seeds=${JSON.stringify(numbers("--seeds", seeds))}`);
  }
  if (engine !== undefined) set.push(`simulation.engine=${JSON.stringify(engine)}`);
  return {
    ...args,
    set,
    workers: workers === undefined ? undefined : numberOption("--workers", workers, 1, true),
    checkpointEvery: numberOption("--checkpoint-every", args.checkpointEvery, 0, false),
  };
}

const MOST = 1_000_000;

/** Numbers as in 1,2,5 or 1-10. */
function numbers(option: string, text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [, from, to = from] = /^\s*(\d+(?:e\d+)?)(?:-(\d+))?\s*$/i.exec(part) ?? [];
    const count = Number(to) - Number(from) + 1;
    if (!(count >= 1 && count <= MOST)) {
      throw new UsageError(`${option} ${text}: expected numbers, as in 1,2,5 or 1-10`);
    }
    return Array.from({ length: count }, (_, i) => Number(from) + i);
  });
}

/** A number of an option, from `least` to `most`. */
export function numberOption(
  option: string,
  text: string,
  least: number,
  whole: boolean,
  most = MOST,
): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  const what = whole ? "a whole number" : "a number";
  throw new UsageError(`${option} ${text}: expected ${what} from ${least} to ${most}`);
}
