import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Solution, solve } from "../../src/integrate/solve.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { rescalingLaws } from "../../src/theory/rescaling-laws.js";

interface Reference {
  scenario: ScenarioInput;
  t: number[];
  pmse: number[];
  excess: number[];
  /** at the last time, [K][M] */
  encoder: number[][];
  decoder: number[][];
}
/** In quadruple precision, by Radau IIA of order 15. */
const references = JSON.parse(
  readFileSync(new URL("../fixtures/long-time.json", import.meta.url), "utf8"),
) as Record<string, Reference>;
const names = Object.keys(references);

function solveFor(name: string, at: number[], relTol = 1e-9): Solution {
  const content = {
    ...references[name].scenario,
    time: { at },
    integrator: { method: "seulex" as const, relTol },
  };
  const solution = solve(resolveScenario(parseScenario(content)));
  expect(solution.status).toBe("ok");
  return solution;
}

const excessOf = ({ trajectory }: Solution) => trajectory.excess as Float64Array;

function worstOf(values: ArrayLike<number>, exact: readonly number[]): number {
  expect(values.length).toBe(exact.length);
  return exact.reduce((most, value, i) => Math.max(most, Math.abs(values[i] / value - 1)), 0);
}

describe.each(names)("%s", (name) => {
  const reference = references[name];
  const end = reference.t.at(-1) as number;
  const tight = solveFor(name, reference.t);

  it("has the excess of quadruple precision at every time, to 1e-8 at relTol 1e-9", () => {
    // excess is quadratic in what is left: some relTol times its sensitivity at the jumps between plateaus
    expect(worstOf(excessOf(tight), reference.excess)).toBeLessThan(1e-8);
    expect(worstOf(tight.trajectory.pmse, reference.pmse)).toBeLessThan(1e-8);
  });

  it("has it to relTol at looser tolerances", () => {
    for (const relTol of [1e-5, 1e-6, 1e-7]) {
      const solution = solveFor(name, reference.t, relTol);
      expect(worstOf(excessOf(solution), reference.excess)).toBeLessThan(2 * relTol);
      expect(solution.stats.evaluations).toBeLessThan(tight.stats.evaluations);
    }
  });

  it("ends at the amplitudes of quadruple precision, with no more output than that", () => {
    const { trajectory } = solveFor(name, [end]);
    const { encoder, decoder } = trajectory.amplitudes as {
      encoder: Float64Array;
      decoder: Float64Array;
    };
    const scale = (rows: number[][]) => Math.max(...rows.flat().map(Math.abs));
    for (const [ours, exact] of [
      [encoder, reference.encoder],
      [decoder, reference.decoder],
    ] as const) {
      exact.flat().forEach((value, i) => {
        expect(Math.abs(ours[i] - value)).toBeLessThan(1e-8 * scale(exact));
      });
    }
  });

  it("takes at most twice the evaluations to the end that it takes to t = 10⁴", () => {
    const toMiddle = solveFor(name, [1e4]).stats.evaluations;
    const toEnd = solveFor(name, [end]).stats.evaluations;
    expect(toEnd).toBeLessThan(2 * toMiddle);
  });
});

describe("the laws of rescaling at t = 10⁹", () => {
  it.each(["k1-random", "k1-informed", "k3-informed"])(
    "%s: the excess, summed over neurons",
    (name) => {
      const { scenario } = references[name];
      const { spikes } = scenario.data as { spikes: number[] };
      const law = spikes.reduce((sum, rho) => sum + rescalingLaws(rho, 1).excess(1e9), 0);
      const excess = excessOf(solveFor(name, [1e9]))[0];
      // the next term is ∝ t^(-1/3): 1e-3 at t = 10⁹
      expect(Math.abs(excess / law - 1)).toBeLessThan(1e-3);
    },
  );

  it("k3-informed: the amplitudes of each neuron", () => {
    const { trajectory } = solveFor("k3-informed", [1e9]);
    const { encoder, decoder } = trajectory.amplitudes as {
      encoder: Float64Array;
      decoder: Float64Array;
    };
    [1, 0.4, 0.1].forEach((rho, k) => {
      const laws = rescalingLaws(rho, 1);
      const place = 3 * k + k;
      // the next term of α_w is q/2, q = (4ηt/π)^(-1/3) = 9e-4; that of α_v is smaller
      expect(Math.abs(encoder[place] / laws.encoder(1e9) - 1)).toBeLessThan(6e-4);
      expect(Math.abs(decoder[place] / laws.decoder(1e9) - 1)).toBeLessThan(6e-5);
    });
  });

  it("the power −2/3 between t = 10⁷ and 10⁹, for a start that is not aligned too", () => {
    for (const name of ["k1-random", "k3-random"]) {
      const [early, late] = excessOf(solveFor(name, [1e7, 1e9]));
      expect(Math.abs(Math.log10(late / early) / 2 + 2 / 3)).toBeLessThan(2e-4);
    }
  });
});

describe("what can be asked for", () => {
  it("output as often as one likes: 200 times take at most thrice the evaluations of none", () => {
    const at = Array.from({ length: 200 }, (_, i) => 10 ** (-1 + (10 * i) / 199));
    const often = solveFor("k3-informed", at);
    const once = solveFor("k3-informed", [1e9]);
    expect(often.stats.evaluations).toBeLessThan(3 * once.stats.evaluations);
    expect(excessOf(often)[199] / excessOf(once)[0]).toBeCloseTo(1, 8);
    expect([...excessOf(often)]).toEqual([...excessOf(often)].sort((a, b) => b - a));
  });

  it("the same numbers every time", () => {
    const [one, other] = [1, 2].map(() => solveFor("k3-random", [10, 1e9]));
    expect(one.trajectory).toEqual(other.trajectory);
    expect(one.stats.evaluations).toBe(other.stats.evaluations);
  });
});
