import { readFileSync } from "node:fs";
import { checkExpression } from "./expression.js";
import { parseJson, parseScenario } from "./parse.js";
import { ScenarioError } from "./problem.js";
import type { Scenario } from "./schema.js";
import { setValue } from "./set-value.js";

const READ_ERRORS: Record<string, string> = {
  ENOENT: "no such file",
  EISDIR: "is a directory, expected a scenario file",
  EACCES: "permission denied",
  ERR_ENCODING_INVALID_ENCODED_DATA: "is not text in UTF-8",
  ENOTDIR: "part of the path is a file",
};

/**
 * Reads a scenario file, applies the assignments of `--set`, and checks the result.
 * @throws ScenarioError where the file can't be read or is no valid scenario
 */
export async function loadScenario(file: string, assignments: string[] = []): Promise<Scenario> {
  const content = parseJson(readText(file));
  for (const assignment of assignments) setValue(content, assignment);
  const scenario = parseScenario(content);
  const { activation } = scenario.model;
  if (typeof activation !== "string") await checkExpression(activation.expression);
  return scenario;
}

function readText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ScenarioError([{ path: "", message: READ_ERRORS[code ?? ""] ?? message }]);
  }
}
