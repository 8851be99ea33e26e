import { type FiguresArguments, FORMATS, type Format } from "./figures.js";
import { numberOption } from "./simulation-arguments.js";
import { UsageError } from "./usage-error.js";

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
