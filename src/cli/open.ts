import { once } from "node:events";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { complain } from "./complain.js";

/** ms after which the desktop's program counts as started. */
const PATIENCE = 1500;

/** Opens a file with the desktop's program for it; where there is none, says so and no more. */
export async function openFile(file: string): Promise<void> {
  try {
    const { default: open } = await import("open");
    const child = await open(resolve(file));
    const started = setTimeout(PATIENCE, [0], { ref: true });
    const [code] = await Promise.race([once(child, "exit"), started]);
    if (code === 0) return;
  } catch {
    // no such program: the same as one that fails
  }
  complain(`can't open a browser; open ${file} by hand`);
}
