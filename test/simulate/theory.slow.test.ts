import { expect, it } from "vitest";
import { dyn } from "../support/command.js";
import { shippedScenarios } from "../support/scenarios.js";

it("scaling-sigmoid-k2 up to D = 10⁶: exponent −0.5 ± 0.1, the limit zero", {
  timeout: 300_000,
}, () => {
  const { code, stdout } = dyn("compare", "scenarios/scaling-sigmoid-k2.json", "--json");
  const { exponent, exponentStandardError, limit } = JSON.parse(stdout).agreement;
  expect(code).toBe(0);
  expect(Math.abs(exponent + 0.5)).toBeLessThan(0.1);
  expect(exponentStandardError).toBeLessThan(0.03);
  expect(Math.abs(limit.value)).toBeLessThan(4 * limit.standardError);
  expect(limit.standardError).toBeLessThan(1e-4);
});

it("from D = 10⁴ to 10⁶ alone too", { timeout: 300_000 }, () => {
  const file = "scenarios/scaling-sigmoid-k2.json";
  const { stdout } = dyn("compare", file, "--json", "--dimension", "10000,100000,1000000");
  const { exponent } = JSON.parse(stdout).agreement;
  expect(Math.abs(exponent + 0.5)).toBeLessThan(0.1);
});

it.each(shippedScenarios().map(({ name }) => name))(
  "%s: theory and simulation agree",
  { timeout: 300_000 },
  (name) => {
    const { code, stderr } = dyn("compare", `scenarios/${name}`);
    expect([code, stderr]).toEqual([0, ""]);
  },
);
