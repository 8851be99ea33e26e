import { UsageError } from "./usage-error.js";

/** @throws UsageError where --out can't be meant */
export function checkOut({ out }: { out?: unknown }): boolean {
  if (Array.isArray(out)) throw new UsageError("give --out once");
  if (out === "") throw new UsageError("--out needs the name of a directory");
  return true;
}
