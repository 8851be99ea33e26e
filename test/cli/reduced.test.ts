import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dyn, inFolder } from "../support/command.js";

const INFORMED = [
  "solve",
  "scenarios/sigmoid-k3.json",
  "--set",
  'initial={"kind":"informed"}',
  "--set",
  'time={"at":[0,1,30]}',
];

describe("dyn solve --reduced", () => {
  it("prints the same object as the full equations, and says that it was reduced", () => {
    const { code, stdout, stderr } = dyn(...INFORMED, "--reduced", "--json");
    expect([code, stderr]).toEqual([0, ""]);
    const reduced = JSON.parse(stdout);
    const full = JSON.parse(dyn(...INFORMED, "--json").stdout);
    expect(Object.keys(reduced)).toEqual(Object.keys(full));
    expect([reduced.stats.reduced, full.stats.reduced]).toEqual([true, undefined]);
    expect(reduced.scenario).toEqual(full.scenario);
    full.pmse.forEach((value: number, i: number) => {
      expect(Math.abs(reduced.pmse[i] / value - 1)).toBeLessThan(1e-8);
    });
    expect(reduced.excess[2]).toBeCloseTo(full.excess[2], 9);
  });

  it("shows what sigmoids without decay have reached beside their laws", () => {
    const { stdout } = dyn(...INFORMED, "--reduced");
    expect(stdout).toMatch(/^align, then rescale: at t = 30\n neuron, ρ̃ .*of its law\n {7}1, 1 /m);
    expect(stdout).toMatch(/^odex, reduced equations: \d+ steps/m);
    const laws = /align, then rescale/;
    expect(dyn(...INFORMED).stdout).not.toMatch(laws);
    expect(dyn(...INFORMED, "--reduced", "--set", "training.weightDecay=0.1").stdout).not.toMatch(
      laws,
    );
    const linear = dyn(...INFORMED, "--reduced", "--set", 'model.activation="linear"');
    expect(linear.stdout).not.toMatch(laws);
  });

  it("writes runs whose report is made anew from them", () => {
    inFolder((folder) => {
      const out = join(folder, "run");
      expect(dyn(...INFORMED, "--reduced", "--out", out).code).toBe(0);
      const written = readFileSync(join(out, "report.html"), "utf8");
      expect(written).toContain("odex, reduced equations");
      expect(dyn("report", out).code).toBe(0);
      expect(readFileSync(join(out, "report.html"), "utf8")).toBe(written);
    });
  });

  it("answers a start that isn't aligned in one line, with code 1", () => {
    const { code, stdout, stderr } = dyn("solve", "scenarios/sigmoid-k3.json", "--reduced");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^dyn: scenarios\/sigmoid-k3\.json: initial\.encoder: neuron 1 has ω = \S+ on mode 1 besides mode 2: --reduced needs every neuron on a mode of its own; use "informed" or "perfect"\n$/,
    );
  });
});
