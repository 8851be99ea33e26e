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
  expect(exponentStandardError).toBeLessThan(0.06);
  expect(Math.abs(limit.value)).toBeLessThan(4 * limit.standardError);
  expect(limit.standardError).toBeLessThan(1e-4);
});

// Squares of single runs scatter like χ² with one degree of freedom: n seeds give the logarithm of a root
// mean square to 0.7/√n, and the slope over two decades to 0.22/√n. 40 seeds: 0.035.
it("from D = 10⁴ to 10⁶ alone too, over 40 seeds", { timeout: 400_000 }, () => {
  const dimensions = ["--dimension", "10000,100000,1000000", "--seeds", "1-40"];
  const { code, stdout } = dyn(
    "compare",
    "scenarios/scaling-sigmoid-k2.json",
    "--json",
    ...dimensions,
  );
  const { exponent, limit } = JSON.parse(stdout).agreement;
  expect(code).toBe(0);
  expect(Math.abs(exponent + 0.5)).toBeLessThan(0.1);
  expect(Math.abs(limit.value)).toBeLessThan(4 * limit.standardError);
});

it.each(shippedScenarios().map(({ name }) => name))(
  "%s: theory and simulation agree",
  { timeout: 300_000 },
  (name) => {
    const { code, stderr } = dyn("compare", `scenarios/${name}`);
    expect([code, stderr]).toEqual([0, ""]);
  },
);
