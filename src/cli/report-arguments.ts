import type { Argv } from "yargs";
import { checkOut } from "./output-arguments.js";

/** What `dyn report` takes. */
export interface ReportArguments {
  /** a run directory, its run.json, or a scenario file */
  readonly target: string;
  readonly set: string[];
  readonly out?: string;
  readonly force: boolean;
  readonly open: boolean;
  /** of a scenario: train the networks of its `simulation` too */
  readonly simulation: boolean;
  readonly progress: boolean;
}

/** Its options on the command line. */
export function reportOptions<T>(options: Argv<T>) {
  return options
    .positional("target", {
      type: "string",
      demandOption: true,
      describe: "folder that --out has written, or a scenario file",
    })
    .options({
      out: {
        type: "string",
        requiresArg: true,
        describe: "HTML file, or the folder of report.html (default: in the run's folder)",
      },
      force: { type: "boolean", default: false, describe: "overwrite that file" },
      open: { type: "boolean", default: false, describe: "open it in the browser" },
      simulation: {
        type: "boolean",
        default: true,
        describe: "train the networks of the scenario's simulation; not with --no-simulation",
      },
      set: {
        type: "string",
        requiresArg: true,
        describe: "change a value of the scenario, as in training.learningRate=2",
      },
      progress: {
        type: "boolean",
        default: true,
        describe: "show a progress bar (on a terminal only)",
      },
    })
    .check(checkOut);
}
