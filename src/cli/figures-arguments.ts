import type { Argv } from "yargs";
import { checkOut } from "./output-arguments.js";
import { numberOption } from "./simulation-arguments.js";
import { UsageError } from "./usage-error.js";

/** What `dyn figures` takes. */
export interface FiguresArguments {
  /** none: all */
  readonly names: readonly string[];
  readonly out: string;
  readonly quick: boolean;
  readonly formats: readonly Format[];
  /** mm */
  readonly width: number;
  readonly dotsPerInch: number;
  readonly force: boolean;
  readonly open: boolean;
  readonly workers?: number;
  readonly progress: boolean;
}

export const PRINT_FORMATS = ["svg", "png", "pdf"] as const;
export type PrintFormat = (typeof PRINT_FORMATS)[number];
const FORMATS = ["html", "json", ...PRINT_FORMATS] as const;
export type Format = (typeof FORMATS)[number];

/** Its options on the command line. */
export function figuresOptions<T>(options: Argv<T>) {
  return options
    .positional("names", {
      type: "string",
      array: true,
      describe: "figure-2 …; default: all",
    })
    .options({
      out: { type: "string", requiresArg: true, describe: "folder (default: figures)" },
      quick: {
        type: "boolean",
        default: false,
        describe: "fewer seeds and smaller D, within a minute",
      },
      format: {
        type: "string",
        requiresArg: true,
        describe: "besides pages: svg,png,pdf for print, json for the data",
      },
      width: {
        type: "string",
        requiresArg: true,
        default: "two",
        describe: "in print: one column (85 mm), two (178 mm), or a number of mm",
      },
      dpi: { type: "string", requiresArg: true, default: "300", describe: "of PNG" },
      force: { type: "boolean", default: false, describe: "overwrite files in the folder" },
      open: { type: "boolean", default: false, describe: "open the page in the browser" },
      workers: {
        type: "string",
        requiresArg: true,
        describe: "threads (default: one a processor)",
      },
      progress: {
        type: "boolean",
        default: true,
        describe: "show progress (on a terminal only)",
      },
    })
    .check(checkOut);
}

/** The options of `dyn figures` as the command line gives them. */
interface Given {
  readonly names?: readonly string[];
  readonly out?: string;
  readonly quick: boolean;
  readonly format?: string;
  readonly width: string;
  readonly dpi: string;
  readonly force: boolean;
  readonly open: boolean;
  readonly workers?: string;
  readonly progress: boolean;
}

/** Widths of one and two columns of a journal, mm. */
const WIDTHS: Record<string, number> = { one: 85, two: 178 };

/** @throws UsageError for values that can't be meant */
export function readFiguresArguments(given: Given): FiguresArguments {
  const { names = [], out = "figures", format = "", width, dpi, workers } = given;
  return {
    ...given,
    names: names.map(String),
    out,
    formats: format === "" ? [] : format.split(",").map((name) => formatOf(name.trim())),
    width: WIDTHS[width] ?? numberOption("--width", width, 50, false, 1000),
    dotsPerInch: numberOption("--dpi", dpi, 36, false, 2400),
    workers: workers === undefined ? undefined : numberOption("--workers", workers, 1, true),
  };
}

function formatOf(name: string): Format {
  const found = FORMATS.find((one) => one === name.toLowerCase());
  if (found) return found;
  throw new UsageError(`--format ${name}: expected some of ${FORMATS.join(", ")}`);
}
