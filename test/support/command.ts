import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
const command = join(root, "dist/bin/dyn.js");

/** Runs the built `dyn` as a user would, from the project's folder. */
export function dyn(...args: string[]) {
  return run(command, args);
}

/** Runs another build of it. */
export function run(file: string, args: string[], stdout: number | "pipe" = "pipe") {
  const result = spawnSync(process.execPath, [file, ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" },
    maxBuffer: 1 << 28,
    stdio: ["ignore", stdout, "pipe"],
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** Runs `dyn` with its standard output in a file. */
dyn.to = (file: string, ...args: string[]) => {
  const descriptor = openSync(file, "w");
  try {
    return run(command, args, descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** A fresh folder that is removed after `use`. */
export function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "dyn-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same for work that takes its time. */
export async function inFolderAsync<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "dyn-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
