import { checkScenario } from "./check.js";
import { describeIssue, ScenarioError, unknownKeysFirst } from "./problem.js";
import { type Scenario, scenarioSchema } from "./schema.js";

/**
 * A scenario from the content of its file: checked, with defaults filled in.
 * @throws ScenarioError with one line that names path and value, and what is wrong
 */
export function parseScenario(content: unknown): Scenario {
  const result = scenarioSchema.safeParse(content);
  if (!result.success) {
    const issues = unknownKeysFirst(result.error.issues);
    throw new ScenarioError(issues.map((issue) => describeIssue(issue, content)));
  }
  const problems = checkScenario(result.data);
  if (problems.length > 0) throw new ScenarioError(problems);
  return result.data;
}

/**
 * The JSON value in a scenario file's text.
 * @throws ScenarioError for an empty text, or with line and column where it isn't JSON
 */
export function parseJson(text: string): unknown {
  const body = text.replace(/^\uFEFF/, "");
  if (body.trim() === "") {
    throw new ScenarioError([{ path: "", message: "is empty; expected a scenario in JSON" }]);
  }
  try {
    return JSON.parse(body);
  } catch (error) {
    const message = `is not JSON: ${explainSyntaxError(error as SyntaxError, body)}`;
    throw new ScenarioError([{ path: "", message }]);
  }
}

function explainSyntaxError(error: SyntaxError, text: string): string {
  const [line] = error.message.split("\n");
  const match = /^(.*?) (?:in JSON )?at position (\d+)/.exec(line) ?? locate(error.message, text);
  if (!match) return line;
  const before = text.slice(0, Number(match[2])).split("\n");
  return `${match[1]} at line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/** V8 quotes ten characters on either side of an unexpected token, and tells no position. */
function locate(message: string, text: string): [string, string, string] | undefined {
  const match = /^(Unexpected token .*?), (\.\.\.)?"([\s\S]*)"(\.\.\.)? is not valid JSON$/.exec(
    message,
  );
  if (!match) return undefined;
  const position = match[2] ? text.indexOf(match[3]) + 10 : firstNonSpace(text);
  return ["", match[1], String(position)];
}

function firstNonSpace(text: string): number {
  return text.length - text.trimStart().length;
}
