import { once } from "node:events";
import { complain } from "./complain.js";

const CHUNK = 1 << 16;

/** Writes pieces of text to standard output at the speed of its reader. */
export async function writeOutput(pieces: Iterable<string>): Promise<void> {
  let chunk = "";
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    if (!process.stdout.write(chunk)) await once(process.stdout, "drain");
    chunk = "";
  }
  process.stdout.write(chunk);
}

/** A reader that has seen enough, as `head` does, ends the program without a complaint. */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    complain(`standard output: ${error.code === "ENOSPC" ? "the disk is full" : error.message}`);
    process.exit(1);
  });
}
