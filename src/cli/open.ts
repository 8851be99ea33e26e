import { complain } from "./complain.js";

/** Opens a file with the desktop's program for it; where there is none, says so and no more. */
export async function openFile(file: string): Promise<void> {
  try {
    const { default: open } = await import("open");
    const child = await open(file);
    child.once("error", () => complain(`can't open a browser; open ${file} by hand`));
  } catch {
    complain(`can't open a browser; open ${file} by hand`);
  }
}
