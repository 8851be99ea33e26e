import { join } from "node:path";
import { reportPage } from "../report/page/page.js";
import type { Report } from "../report/page/report.js";
import type { Pieces } from "./files.js";
import { openFile } from "./open.js";
import { plotlySource } from "./plotly.js";
import { type RunFiles, writeRunDirectory } from "./run-directory.js";
import { writeOutput } from "./standard-output.js";

/** What a verb has to show, in every form that it can be asked for. */
export interface Output {
  json(): Pieces;
  csv(): Pieces;
  /** lines for a terminal */
  summary(): string[];
  /** run.json without timestamps */
  header(): object;
  /** @param record what run.json says */
  report(record: object): Report;
  /** tables of a run directory */
  tables: Omit<RunFiles, "run.json" | "report.html">;
}

/** What every verb takes that has a scenario and a result. */
export interface ResultArguments {
  readonly scenario: string;
  readonly set: string[];
  readonly json: boolean;
  readonly csv: boolean;
  readonly out?: string;
  readonly force: boolean;
  readonly amplitudes: boolean;
  readonly progress: boolean;
  /** show the report that --out writes */
  readonly open: boolean;
}

/** Prints a result as asked, then writes its run directory: a disk that is full loses nothing. */
export async function show(output: Output, args: ResultArguments, started: Date): Promise<void> {
  const finished = new Date();
  if (args.json) await writeOutput(withNewline(output.json()));
  else if (args.csv) await writeOutput(output.csv());
  else await writeOutput([`${output.summary().join("\n")}\n`]);
  if (args.out === undefined) return;
  const times = { started: started.toISOString(), finished: finished.toISOString() };
  const record = { ...output.header(), ...times };
  writeRunDirectory(args.out, {
    "run.json": [`${JSON.stringify(record, null, 2)}\n`],
    ...output.tables,
    "report.html": reportPage(output.report(record), plotlySource()),
  });
  if (args.open) await openFile(join(args.out, "report.html"));
}

function* withNewline(pieces: Pieces): Generator<string> {
  yield* pieces;
  yield "\n";
}
