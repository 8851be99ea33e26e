import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { shippedScenarios, solveWith } from "../support/scenarios.js";

/*
 * What every method costs on the shipped scenarios, in evaluations of the right-hand side, which don't
 * depend on the machine. RENEW=1 npx vitest run test/integrate/evaluations.test.ts writes the counts anew.
 */
const file = new URL("../fixtures/evaluations.json", import.meta.url);
const counts: Record<string, number> = JSON.parse(readFileSync(file, "utf8"));

const METHODS = ["auto", "odex", "seulex", "bdf"] as const;
/** These take seconds. */
const LEFT_OUT = ["full-spectrum-k4 by odex", "full-spectrum-k4 by seulex"];

const shipped = shippedScenarios().map(({ name, content }): [string, ScenarioInput] => [
  name.replace(".json", ""),
  content,
]);
const [, longTime] = shipped.find(([name]) => name === "long-time-k1") ?? [];
const toTheEnd = METHODS.filter((method) => method !== "odex").map(
  (method) =>
    ({
      name: `long-time-k1 to t = 1e9 by ${method}`,
      content: { ...longTime, time: { end: 1e9, points: 200 } } as ScenarioInput,
      method,
    }) as const,
);
const cases = shipped
  .flatMap(([name, content]) =>
    METHODS.map((method) => ({ name: `${name} by ${method}`, content, method })),
  )
  .filter(({ name }) => !LEFT_OUT.includes(name))
  .concat(toTheEnd);

const found: Record<string, number> = {};

it.each(cases)("$name takes about as many evaluations as ever", ({ name, content, method }) => {
  const { status, stats } = solveWith({ ...content, integrator: { method } });
  expect(status).toBe("ok");
  found[name] = stats.evaluations;
  if (process.env.RENEW) return;
  expect(stats.evaluations).toBeLessThanOrEqual(1.1 * counts[name]);
  // far fewer: better, or no longer to the tolerance; renew the counts once it is known which
  expect(stats.evaluations).toBeGreaterThanOrEqual(0.7 * counts[name]);
});

it("has counts of these cases and no others", () => {
  if (process.env.RENEW) writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`);
  else expect(Object.keys(counts)).toEqual(cases.map(({ name }) => name));
});
