import { ScenarioError } from "./problem.js";

/**
 * Sets one value of a scenario's content in place, for `--set path=value`. The path is written as in
 * `training.learningRate` or `data.spikes[1]`; objects on the way are made where they are missing.
 * The value is JSON, or else a string.
 * @throws ScenarioError where the assignment can't be read or the path leads through a plain value
 */
export function setValue(content: unknown, assignment: string): void {
  const equals = assignment.indexOf("=");
  const path = equals < 0 ? "" : assignment.slice(0, equals).trim();
  const keys = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  if (path === "" || keys.some((key) => key === "" || key === "__proto__")) {
    throw new ScenarioError([
      {
        path: "",
        message: `--set "${assignment}": expected path=value, as in training.learningRate=2`,
      },
    ]);
  }
  let target = content as Record<string, unknown>;
  const done: string[] = [];
  for (const key of keys.slice(0, -1)) {
    assertContainer(target, key, done, assignment);
    if (!Object.hasOwn(target, key)) target[key] = {};
    target = target[key] as Record<string, unknown>;
    done.push(key);
  }
  const last = keys[keys.length - 1];
  assertContainer(target, last, done, assignment);
  target[last] = readValue(assignment.slice(equals + 1));
}

function assertContainer(target: unknown, key: string, done: string[], assignment: string): void {
  const where = done.join(".") || "the scenario";
  const fail = (message: string) => {
    throw new ScenarioError([{ path: "", message: `--set "${assignment}": ${message}` }]);
  };
  if (typeof target !== "object" || target === null) fail(`${where} has no parts to set`);
  if (Array.isArray(target) && !(/^\d+$/.test(key) && Number(key) <= target.length)) {
    fail(`${where} has elements 0 to ${target.length - 1}`);
  }
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
