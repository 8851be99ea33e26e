import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { solve } from "../../src/integrate/solve.js";
import { PopulationError } from "../../src/model/population-error.js";
import { type Experiment, resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { ErrorMeasure } from "../../src/theory/excess.js";
import { measureState } from "../../src/theory/measure-state.js";
import { ModeSystem } from "../../src/theory/mode-system.js";
import { emptyTrajectory } from "../../src/trajectory.js";
import {
  experimentWith,
  figureScenarios,
  scenarioWith,
  shippedScenarios,
  solveWith,
} from "../support/scenarios.js";

type StateCase = Pick<ScenarioInput, "data" | "initial"> & {
  activation: "sigmoid" | "relu" | "linear";
  delta: number;
  excess: string;
};
const { states } = JSON.parse(
  readFileSync(new URL("../fixtures/excess.json", import.meta.url), "utf8"),
) as { states: StateCase[] };

function experimentOf({ activation, data, initial }: StateCase): Experiment {
  const hidden = (initial as { encoder: number[][] }).encoder.length;
  return experimentWith({ model: { hidden, activation }, data, initial, time: { at: [0] } });
}

function excessOf(one: StateCase): number {
  return (solve(experimentOf(one)).trajectory.excess as Float64Array)[0];
}

/** pmse − PCA error as it was calculated before. */
function plainExcess({ scenario, spectrum, activation }: Experiment, pca: number[]): number {
  const system = new ModeSystem(spectrum, scenario.initial);
  const state = emptyTrajectory(1, system.K, 0, false);
  measureState(system, system.start, state, 0);
  const error = new PopulationError(activation, system.K, spectrum.trace);
  return error.at(state.Q, state.R, state.T0) - pca[system.K];
}

describe.each(["linear", "sigmoid", "relu"])("the excess of %s states", (name) => {
  const cases = states.filter(({ activation }) => activation === name);

  it("agrees with 50 digits wherever the decoders stand", () => {
    for (const one of cases) {
      const exact = Number(one.excess);
      const error = Math.abs(excessOf(one) - exact);
      // what rounding of the amplitudes themselves changes: first order in the misfit
      const rounding = 1e-12 * exact + 5e-14 * Math.sqrt(exact);
      expect(error, JSON.stringify(one)).toBeLessThan(rounding);
    }
  });
});

it("has digits where the difference of the two errors has none", () => {
  const aligned = states.filter(({ delta }) => delta === 1e-9);
  expect(aligned.length).toBe(48);
  for (const one of aligned) {
    const exact = Number(one.excess);
    expect(exact).toBeLessThan(1e-14);
    expect(Math.abs(excessOf(one) / exact - 1)).toBeLessThan(1e-4);
  }
  const lost = aligned.filter((one) => {
    const experiment = experimentOf(one);
    return !(Math.abs(plainExcess(experiment, solve(experiment).pca) / Number(one.excess) - 1) < 1);
  });
  expect(lost.length).toBeGreaterThan(40);
});

it("agrees with the difference of the two errors where both have digits", () => {
  for (const one of states.filter(({ delta }) => delta === 1e-3)) {
    const experiment = experimentOf(one);
    const { pca, trajectory } = solve(experiment);
    const { excess = [] } = trajectory;
    expect(excess[0]).toBeLessThan(1e-2);
    expect(Math.abs(excess[0] - plainExcess(experiment, pca))).toBeLessThan(1e-14);
    expect(trajectory.pmse[0] - pca[pca.length - 1]).toBeCloseTo(excess[0], 14);
  }
});

describe("over whole solutions", () => {
  it.each([...shippedScenarios(), ...figureScenarios()])(
    "$name: the excess is not negative",
    ({ content }) => {
      const given = content.time;
      const end = "end" in given ? Math.min(given.end, 1000) : 0;
      const time = "at" in given ? given : { ...given, points: 60, end };
      const { trajectory, pca } = solve(resolveScenario(parseScenario({ ...content, time })));
      const excess = trajectory.excess as Float64Array;
      expect(excess.length).toBe(trajectory.t.length);
      excess.forEach((value, i) => {
        expect(value).toBeGreaterThanOrEqual(0);
        const plain = trajectory.pmse[i] - (pca.at(-1) as number);
        expect(Math.abs(value - plain)).toBeLessThan(1e-14 * trajectory.pmse[0]);
      });
    },
  );

  it("a linear network on noiseless data goes on falling far below rounding of tr Ω/D", () => {
    const { trajectory } = solveWith({
      model: { hidden: 2, activation: "linear" },
      data: { kind: "spiked", spikes: [1, 0.4], bulk: 0 },
      time: { at: [60, 80, 100] },
    });
    const excess = trajectory.excess as Float64Array;
    expect([...trajectory.pmse]).toEqual([...excess]);
    expect(excess.every((value) => value > 0 && value < 1e-16)).toBe(true);
  });

  it("follows the law of a rescaling sigmoid with a decoder on noisy data", () => {
    const at = 4000;
    const { trajectory } = solveWith({
      model: { hidden: 1, activation: "sigmoid" },
      data: { kind: "spiked", spikes: [1], bulk: 0.3 },
      initial: { kind: "informed" },
      time: { at: [at] },
    });
    const law = ((4 * at) / Math.PI) ** (-2 / 3) / 6;
    expect((trajectory.excess as Float64Array)[0] / law).toBeCloseTo(1, 1);
  });
});

describe("where the terms without cancellation don't hold", () => {
  const excessAt = (parts: Partial<ScenarioInput>) =>
    (solveWith({ ...parts, time: { at: [0] } }).trajectory.excess as Float64Array)[0];

  it("decoders that are parallel or zero leave the plain difference", () => {
    const parallel = {
      kind: "explicit" as const,
      encoder: [
        [1, 0, 0],
        [0, 0, 0],
      ],
      decoder: [
        [1, 0, 0],
        [0, 0, 0],
      ],
    };
    const data = { kind: "spiked" as const, spikes: [1, 1e-6, 1e-7], bulk: 0.1 };
    const model = { hidden: 2, activation: "linear" as const };
    expect(excessAt({ model, data, initial: parallel })).toBeCloseTo(1e-6, 14);
  });

  it("a network on another of two equal modes misses nothing", () => {
    const initial = {
      kind: "explicit" as const,
      encoder: [[0.6, 0.8 + 1e-8, 1e-7]],
      decoder: [[0.6, 0.8, 0]],
    };
    const data = { kind: "spiked" as const, spikes: [1, 1, 0.5], bulk: 0.1 };
    const value = excessAt({ model: { hidden: 1, activation: "linear" }, data, initial });
    // rho (u² along the decoder and across it) = 1e-16 and 0.5·1e-14
    expect(value).toBeCloseTo(5.1e-15, 17);
  });

  it("equal eigenvalues carried by a factor", () => {
    const others = Array.from({ length: 6 }, () => 7);
    const row = (first: number, rest: number) => [[first, ...others.map(() => rest)]];
    const initial = { kind: "explicit" as const, encoder: row(1, 1e-9), decoder: row(1, 0) };
    const data = { kind: "spectrum" as const, eigenvalues: [7, ...others] };
    const value = excessAt({ model: { hidden: 1, activation: "linear" }, data, initial });
    expect(value / 6e-18).toBeCloseTo(1, 6);
  });
});

it("costs milliseconds a state of 64 neurons on 1024 modes", () => {
  const K = 64;
  const M = 1024;
  const row = (k: number, a: number, b: number) =>
    Array.from({ length: M }, (_, m) => (m === k ? a : 1e-5 * Math.sin(b * m * (k + 1))));
  const { scenario, spectrum, activation } = resolveScenario(
    parseScenario(
      scenarioWith({
        model: { hidden: K, activation: "linear" },
        data: { kind: "spectrum", eigenvalues: Array.from({ length: M }, (_, m) => M / (m + 1)) },
        initial: {
          kind: "explicit",
          encoder: Array.from({ length: K }, (_, k) => row(k, 1, 1.7)),
          decoder: Array.from({ length: K }, (_, k) => row(k, 1, 2.3)),
        },
      }),
    ),
  );
  const system = new ModeSystem(spectrum, scenario.initial);
  const state = emptyTrajectory(1, K, 0, false);
  measureState(system, system.start, state, 0);
  const error = new ErrorMeasure(system, activation, spectrum);
  const began = performance.now();
  for (let i = 0; i < 20; i++) error.measure(system.start, state);
  const seconds = (performance.now() - began) / 1000;
  expect(error.excess).toBeLessThan(1e-4);
  expect(error.excess).toBeGreaterThan(0);
  // some 0.15 s; a machine may be busy
  expect(seconds).toBeLessThan(2);
});
