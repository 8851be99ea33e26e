/** A command line that can't be carried out; its message is one line for the user. Exit code 1. */
export class UsageError extends Error {
  override name = "UsageError";
}
