import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

/* Files that appear whole or not at all. */

/** A file as pieces of text. */
export type Pieces = Iterable<string>;
/** A file as pieces of text or bytes. */
export type Contents = Iterable<string | Uint8Array>;

/**
 * Writes files of one folder under temporary names, then puts them all in place. The folder is made
 * where it is missing; where writing fails nothing is left behind.
 */
export function writeWholeFiles(
  directory: string,
  files: Readonly<Record<string, Contents>>,
): void {
  // one name a file, so that the next run clears up after one that was killed
  const temporary = (name: string) => join(directory, `.${name}.tmp`);
  const names = Object.keys(files);
  let made: string[] = [];
  try {
    made = makeDirectory(resolve(directory));
    for (const name of names) writePieces(temporary(name), files[name]);
    for (const name of names) renameSync(temporary(name), join(directory, name));
  } catch (error) {
    for (const name of names) rmSync(temporary(name), { force: true });
    removeDirectories(made);
    throw error;
  }
}

/** Writes one file in the same way. */
export function writeWholeFile(file: string, pieces: Pieces): void {
  writeWholeFiles(dirname(file), { [basename(file)]: pieces });
}

/**
 * Makes a folder and those above it, and returns those that were missing; Node's own recursion never
 * returns below /proc.
 */
export function makeDirectory(directory: string): string[] {
  if (existsSync(directory)) {
    if (!statSync(directory).isDirectory()) throw Object.assign(new Error(), { code: "EEXIST" });
    return [];
  }
  const made = makeDirectory(dirname(directory));
  mkdirSync(directory);
  return [...made, directory];
}

/** Removes folders that {@link makeDirectory} made, as far as they are empty. */
export function removeDirectories(made: readonly string[]): void {
  for (const directory of [...made].reverse()) {
    if (readdirSync(directory).length === 0) rmdirSync(directory);
  }
}

function writePieces(file: string, pieces: Contents): void {
  const descriptor = openSync(file, "w");
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
  } finally {
    closeSync(descriptor);
  }
}

const CHUNK = 1 << 20;

/** The lines of a text file, one after another: a whole file can be longer than a string may be. */
export function* readLines(file: string): Generator<string> {
  const descriptor = openSync(file, "r");
  const decoder = new TextDecoder();
  const chunk = new Uint8Array(CHUNK);
  let rest = "";
  try {
    for (;;) {
      const size = readSync(descriptor, chunk, 0, CHUNK, null);
      if (size === 0) break;
      const lines = (rest + decoder.decode(chunk.subarray(0, size), { stream: true })).split("\n");
      rest = lines.pop() as string;
      yield* lines;
    }
  } finally {
    closeSync(descriptor);
  }
  if (rest !== "") yield rest;
}

const ERRORS: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EEXIST: "is a file, expected a directory",
  EISDIR: "is a directory, expected a file",
  ENOTDIR: "part of the path is a file",
  ENOENT: "can't be made",
};

/** What went wrong with a file, for people. */
export function explainFileError(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return ERRORS[code] ?? message;
}
