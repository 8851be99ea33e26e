import { describe, expect, it } from "vitest";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { DirectEngine } from "../../src/simulate/direct.js";
import { streamOf } from "../../src/simulate/random/stream.js";
import { sampleSpectrum } from "../../src/simulate/sample-spectrum.js";
import { scenarioWith } from "../support/scenarios.js";

const KINDS: Record<string, ScenarioInput["data"]> = {
  spikes: { kind: "spiked", spikes: [1, 0.4], bulk: 0.3, dimension: 24 },
  "two-point latents": {
    kind: "spiked",
    spikes: [1, 0.4],
    bulk: 0.3,
    dimension: 24,
    latents: "two-point",
  },
  "a full spectrum": {
    kind: "spectrum",
    law: { kind: "power", dimension: 24, exponent: 1, trace: 1 },
  },
};

const experimentOf = (data: ScenarioInput["data"], parts: Partial<ScenarioInput> = {}) =>
  resolveScenario(parseScenario(scenarioWith({ data, ...parts })), "simulation");

/** The samples x themselves, [N][D]. */
function samplesOf(data: ScenarioInput["data"], seed: number, count: number): number[][] {
  const experiment = experimentOf(data);
  const stream = streamOf({ seed, dimension: 24, engine: "direct" });
  const engine = new DirectEngine(experiment, stream);
  return Array.from({ length: count }, () => {
    engine.advance(1);
    return [...engine.sample.subarray(0, 24)].map((value) => Math.sqrt(24) * value);
  });
}

describe.each(Object.keys(KINDS))("eigenvalues of sampled covariances, %s", (kind) => {
  const data = KINDS[kind];

  it("have the sum and the sum of squares of the samples' own traces", () => {
    const { eigenvalues } = sampleSpectrum(experimentOf(data), 3, 50);
    const samples = samplesOf(data, 3, 50);
    const squares = samples.map((x) => x.reduce((sum, value) => sum + value * value, 0));
    const trace = squares.reduce((sum, value) => sum + value, 0) / 50;
    // tr S² = Σ_{n,n'} (x_n·x_n')²/N²: no covariance matrix is needed
    let square = 0;
    for (const x of samples) {
      for (const y of samples) square += x.reduce((sum, value, i) => sum + value * y[i], 0) ** 2;
    }
    const sum = eigenvalues.reduce((total, value) => total + value, 0);
    const sumOfSquares = eigenvalues.reduce((total, value) => total + value * value, 0);
    expect(sum / trace).toBeCloseTo(1, 12);
    expect(sumOfSquares / (square / 2500)).toBeCloseTo(1, 12);
  });

  it("fall, are D and not negative, and vanish beyond as many as there are samples", () => {
    const { eigenvalues, ...rest } = sampleSpectrum(experimentOf(data), 3, 10);
    expect(rest).toEqual({ dimension: 24, seed: 3, samples: 10 });
    expect(eigenvalues).toHaveLength(24);
    eigenvalues.forEach((value, i) => {
      if (i > 0) expect(value).toBeLessThanOrEqual(eigenvalues[i - 1]);
    });
    // two-point latents leave at least the bulk's directions
    expect(eigenvalues[9]).toBeGreaterThan(1e-6);
    expect(Math.abs(eigenvalues[10])).toBeLessThan(1e-13 * eigenvalues[0]);
    expect(Math.abs(eigenvalues[23])).toBeLessThan(1e-13 * eigenvalues[0]);
  });

  it("approach those of the covariance with many samples", () => {
    const { eigenvalues } = sampleSpectrum(experimentOf(data), 1, 40_000);
    const { rho, bulk } = experimentOf(data).spectrum;
    const exact = [...rho, ...new Array(bulk?.multiplicity ?? 0).fill((bulk?.variance ?? 0) / 24)];
    eigenvalues.forEach((value, i) => {
      // spread over (1 ± √(D/N))² = 1 ± 5 %, and a single one scatters by √(2/N) = 0.7 %
      expect(Math.abs(value / (24 * exact[i]) - 1)).toBeLessThan(0.08);
    });
  });
});

it("depend on the seed and on nothing else", () => {
  const experiment = experimentOf(KINDS.spikes);
  const spectrum = sampleSpectrum(experiment, 5, 30);
  expect(sampleSpectrum(experiment, 5, 30)).toEqual(spectrum);
  const other = sampleSpectrum(experiment, 6, 30);
  expect(other.eigenvalues).not.toEqual(spectrum.eigenvalues);
  const learning = experimentOf(KINDS.spikes, {
    training: { learningRate: 0.1, rule: "truncated" },
    model: { hidden: 1, activation: "relu" },
  });
  expect(sampleSpectrum(learning, 5, 30)).toEqual(spectrum);
});
