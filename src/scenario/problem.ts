import type * as z from "zod";

/** One thing wrong with a scenario: where, and what to do about it. */
export interface Problem {
  /** such as `data.spikes[2]`; empty for the file as a whole */
  readonly path: string;
  readonly message: string;
}

/** A scenario that can't be used. Its message is one line: the first problem, and how many more. */
export class ScenarioError extends Error {
  override name = "ScenarioError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const more = problems.length - 1;
    super(formatProblem(problems[0]) + (more > 0 ? ` (and ${more} more)` : ""));
    this.problems = problems;
  }
}

export function formatProblem({ path, message }: Problem): string {
  return path === "" ? message : `${path}: ${message}`;
}

/** The problem that zod's issue stands for, in words that name the value found. */
export function describeIssue(issue: z.core.$ZodIssue, input: unknown): Problem {
  const found = lookUp(input, issue.path);
  if (issue.code === "invalid_union") {
    const branch = nearestBranch(issue.errors);
    if (branch && issue.message === "Invalid input") {
      const inner = branch[0];
      return describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, input);
    }
  }
  const missing = found === undefined ? "missing; " : "";
  const message = explain(issue);
  const quote = found === undefined || issue.code === "unrecognized_keys";
  return {
    path: formatPath(issue.path),
    message: quote ? message : `${message}, got ${quoteValue(found)}`,
  };

  function explain(issue: z.core.$ZodIssue): string {
    switch (issue.code) {
      case "invalid_type":
        return `${missing}must be ${withArticle(issue.expected)}`;
      case "invalid_value":
        return `${missing}must be ${oneOf(issue.values)}`;
      case "invalid_union":
        if (!("options" in issue)) return issue.message;
        return `${missing}must be ${oneOf(issue.options ?? [])}`;
      case "too_small":
        return tooSmall(issue.origin, Number(issue.minimum), issue.inclusive !== false);
      case "too_big":
        return issue.origin === "number" || issue.origin === "int"
          ? `must be at most ${issue.maximum}`
          : `must have at most ${issue.maximum} ${unitOf(issue.origin)}`;
      default:
        return issue.message;
    }
  }
}

/** `got "abc"`: a value as JSON, cut where it is long. */
export function quoteValue(value: unknown): string {
  const text = typeof value === "number" ? String(value) : jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "a deeply nested value";
  }
}

function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else text += text === "" ? String(part) : `.${String(part)}`;
  }
  return text;
}

/** Of a union's branches the one that comes closest to the value. */
function nearestBranch(branches: readonly z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  const isOther = ({ code, path }: z.core.$ZodIssue) =>
    path.length === 0 && (code === "invalid_type" || code === "invalid_value");
  const distance = (issues: z.core.$ZodIssue[]) => issues.length + (isOther(issues[0]) ? 10 : 0);
  const nearest = [...branches].sort((a, b) => distance(a) - distance(b))[0];
  return nearest && unknownKeysFirst(nearest);
}

/** A mistyped key also counts as missing; what was typed is the better message. */
export function unknownKeysFirst(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  const isUnknownKey = ({ code }: z.core.$ZodIssue) => code === "unrecognized_keys";
  return [...issues].sort((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)));
}

function tooSmall(origin: string, minimum: number, inclusive: boolean): string {
  if (origin === "string") return "must not be empty";
  if (origin === "array") return `must have at least ${minimum} ${unitOf(origin)}`;
  return inclusive ? `must be at least ${minimum}` : `must be greater than ${minimum}`;
}

function unitOf(origin: string): string {
  return origin === "string" ? "characters" : "elements";
}

function withArticle(type: string): string {
  const names: Record<string, string> = {
    int: "an integer",
    object: "an object",
    array: "an array",
    number: "a finite number",
  };
  return names[type] ?? `a ${type}`;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value));
  return names.length === 1 ? names[0] : `one of ${names.join(", ")}`;
}

function lookUp(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
