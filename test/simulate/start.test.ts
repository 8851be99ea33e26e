import { describe, expect, it } from "vitest";
import type { Experiment } from "../../src/model/resolve.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { DirectEngine } from "../../src/simulate/direct.js";
import { ExactEngine } from "../../src/simulate/exact.js";
import { Measurement } from "../../src/simulate/measure.js";
import { streamOf } from "../../src/simulate/random/stream.js";
import { emptyTrajectory } from "../../src/trajectory.js";
import { scenarioWith } from "../support/scenarios.js";

const SIGMA = 0.8;

function experimentAt(dimension: number, initial: ScenarioInput["initial"]): Experiment {
  const data = { kind: "spiked" as const, spikes: [1, 0.4], bulk: SIGMA, dimension };
  return resolveScenario(parseScenario(scenarioWith({ data, initial })), "simulation");
}

/** Order parameters that the engine's weights have at the start. */
function measured(experiment: Experiment, engine: "direct" | "exact") {
  const { dimension } = experiment.spectrum;
  const random = streamOf({ seed: 1, dimension, engine });
  const Engine = engine === "direct" ? DirectEngine : ExactEngine;
  const trajectory = emptyTrajectory(1, 2, 2, true);
  new Measurement(experiment).record(new Engine(experiment, random), trajectory, 0);
  return trajectory;
}

const PARALLEL = {
  kind: "explicit" as const,
  encoder: [
    [1, 0.2],
    [0, 0.5],
  ],
  decoder: [
    [0.3, 0],
    [0.1, 0.2],
  ],
  // all four bulk vectors along one direction
  encoderBulk: [
    [0.4, 0.2],
    [0.2, 0.1],
  ],
  decoderBulk: [
    [2, 1],
    [1, 0.5],
  ],
  crossBulk: [
    [1, 0.5],
    [0.5, 0.25],
  ],
};

const CASES = [
  { name: "random at D = 1000", dimension: 1000, initial: { kind: "random" as const, std: 0.7 } },
  { name: "random at D = 7", dimension: 7, initial: { kind: "random" as const, std: 0.7 } },
  // fewer bulk directions than bulk vectors
  { name: "random at D = 4", dimension: 4, initial: { kind: "random" as const, std: 0.7 } },
  { name: "random at D = 3", dimension: 3, initial: { kind: "random" as const, std: 0.7 } },
  { name: "no bulk at all", dimension: 2, initial: { kind: "random" as const, std: 0.7 } },
  { name: "parallel bulk vectors", dimension: 50, initial: PARALLEL },
  { name: "one bulk direction", dimension: 3, initial: PARALLEL },
  { name: "informed", dimension: 20, initial: { kind: "informed" as const } },
];

describe.each(CASES)("the start, $name", ({ dimension, initial }) => {
  const experiment = experimentAt(dimension, initial);
  const engines = dimension >= 7 ? (["direct", "exact"] as const) : (["direct"] as const);

  it.each(engines)("has exactly the amplitudes and bulk Gram matrices asked for, %s", (engine) => {
    const { Q, R, T0, T1, amplitudes } = measured(experiment, engine);
    const { encoder, decoder, ...bulk } = experiment.scenario.initial;
    const rho = experiment.spectrum.rho;
    expect([...(amplitudes?.encoder ?? [])]).toEqual(encoder.flat());
    expect([...(amplitudes?.decoder ?? [])]).toEqual(decoder.flat());
    const sum = (a: number[], b: number[], weight: (m: number) => number) =>
      a.reduce((total, value, m) => total + weight(m) * value * b[m], 0);
    const D = dimension;
    for (let k = 0; k < 2; k++) {
      for (let l = 0; l < 2; l++) {
        const { encoderBulk = [], decoderBulk = [], crossBulk = [] } = bulk;
        const i = 2 * k + l;
        const one = () => 1;
        const of = (m: number) => rho[m];
        // theory §2 with the bulk as the group of eigenvalue σ²/D: R_bulk = σ² v_⊥·w_⊥/D^(3/2)
        const cross = (SIGMA * crossBulk[l][k]) / Math.sqrt(D);
        expect(Q[i]).toBeCloseTo(sum(encoder[k], encoder[l], of) + encoderBulk[k][l], 12);
        expect(R[i]).toBeCloseTo(sum(decoder[k], encoder[l], of) + cross, 12);
        expect(T0[i]).toBeCloseTo(sum(decoder[k], decoder[l], one) + decoderBulk[k][l], 12);
        const T1bulk = (SIGMA * decoderBulk[k][l]) / D;
        expect(T1[i]).toBeCloseTo(sum(decoder[k], decoder[l], of) + T1bulk, 12);
      }
    }
  });
});
