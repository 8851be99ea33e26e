import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { scenarioJsonSchema } from "../../src/scenario/schema.js";
import { scenarioWith, shippedScenarios } from "../support/scenarios.js";

const validate = new Ajv({ strict: false }).compile(scenarioJsonSchema());

it.each(shippedScenarios())("accepts $name", ({ content }) => {
  validate(content);
  expect(validate.errors).toBeNull();
});

it("refuses what the loader refuses", () => {
  const { title, ...untitled } = scenarioWith();
  expect(validate(untitled)).toBe(false);
  expect(validate({ title, ...untitled, typo: 1 })).toBe(false);
  expect(validate({ title, ...untitled, time: { end: -1 } })).toBe(false);
  expect(validate({ title, ...untitled })).toBe(true);
});

it("lets an editor complete keys with their meaning", () => {
  const text = JSON.stringify(scenarioJsonSchema());
  expect(text).toContain("number of hidden neurons");
  expect(text).toContain('"default":1e-9');
});
