import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "./usage-error.js";

const RUN_FILES = ["run.json", "trajectory.csv", "report.html"] as const;

/** What a run directory holds, as pieces of text. */
export type RunFiles = Record<(typeof RUN_FILES)[number], Iterable<string>>;

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

/**
 * Makes a folder and those above it, and returns those that were missing; Node's own recursion never
 * returns below /proc.
 */
function makeDirectory(directory: string): string[] {
  if (existsSync(directory)) {
    if (!statSync(directory).isDirectory()) throw Object.assign(new Error(), { code: "EEXIST" });
    return [];
  }
  const made = makeDirectory(dirname(directory));
  mkdirSync(directory);
  return [...made, directory];
}

function removeDirectories(made: readonly string[]): void {
  for (const directory of [...made].reverse()) {
    if (readdirSync(directory).length === 0) rmdirSync(directory);
  }
}

/** Writes all files of a run under temporary names, then puts them in place. */
export function writeRunDirectory(directory: string, files: RunFiles): void {
  // one name, so that the next run clears up after one that was killed
  const temporary = (name: string) => join(directory, `.${name}.tmp`);
  let made: string[] = [];
  try {
    made = makeDirectory(resolve(directory));
    for (const name of RUN_FILES) writePieces(temporary(name), files[name]);
    for (const name of RUN_FILES) renameSync(temporary(name), join(directory, name));
  } catch (error) {
    for (const name of RUN_FILES) rmSync(temporary(name), { force: true });
    removeDirectories(made);
    throw cannotWrite(directory, error);
  }
}

function writePieces(file: string, pieces: Iterable<string>): void {
  const descriptor = openSync(file, "w");
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

const WRITE_ERRORS: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EEXIST: "is a file, expected a directory",
  ENOTDIR: "part of the path is a file",
  ENOENT: "can't be made",
};

function cannotWrite(directory: string, error: unknown): UsageError {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new UsageError(`--out ${directory}: ${WRITE_ERRORS[code] ?? message}`);
}
