import { accessSync, constants, existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  explainFileError,
  makeDirectory,
  type Pieces,
  removeDirectories,
  writeWholeFiles,
} from "./files.js";
import { UsageError } from "./usage-error.js";

const RUN_FILES = [
  "run.json",
  "trajectory.csv",
  "amplitudes.csv",
  "theory.csv",
  "theory-amplitudes.csv",
  "agreement.csv",
  "report.html",
] as const;

/** What a run directory holds; all verbs write the first two and the last, amplitudes where trajectory.csv has no room for them. */
export type RunFiles = Partial<Record<(typeof RUN_FILES)[number], Pieces>>;

/** Files without those that there is nothing for. */
export function present(files: Record<string, Pieces | undefined>): RunFiles {
  return Object.fromEntries(Object.entries(files).filter(([, pieces]) => pieces !== undefined));
}

/**
 * Makes sure before the work begins that a run can be written to `directory`, and leaves no trace.
 * @throws UsageError where it holds a run already (unless forced) or can't be written
 */
export function prepareRunDirectory(directory: string, force: boolean): void {
  const found = RUN_FILES.find((name) => existsSync(join(directory, name)));
  if (found && !force) {
    throw new UsageError(`--out ${directory}: holds a run (${found}); --force overwrites it`);
  }
  try {
    const made = makeDirectory(resolve(directory));
    accessSync(directory, constants.W_OK);
    removeDirectories(made);
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

/** Writes all files of a run, and takes away those that an overwritten run had besides. */
export function writeRunDirectory(directory: string, files: RunFiles): void {
  try {
    writeWholeFiles(directory, files as Record<string, Pieces>);
    for (const name of RUN_FILES) if (!files[name]) rmSync(join(directory, name), { force: true });
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

function cannotWrite(directory: string, error: unknown): UsageError {
  return new UsageError(`--out ${directory}: ${explainFileError(error)}`);
}
