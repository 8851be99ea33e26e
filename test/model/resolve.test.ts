import { describe, expect, it } from "vitest";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { experimentWith, scenarioWith } from "../support/scenarios.js";

const K = 2;
const diagonal = (x: number) => [
  [x, 0],
  [0, x],
];
const spiked = (dimension?: number, bulk = 0.1) => ({
  kind: "spiked" as const,
  spikes: [1, 0.4],
  bulk,
  dimension,
});
const random = (seed: number, std = 0.3) => ({ kind: "random" as const, std, seed });
const initialOf = (parts: Partial<ScenarioInput>) => experimentWith(parts).scenario.initial;

describe("a resolved scenario", () => {
  it.each([undefined, 50])("is a scenario that resolves to itself, D = %s", (dimension) => {
    const { scenario } = experimentWith({ data: spiked(dimension), initial: random(4) });
    expect(scenario.initial.kind).toBe("explicit");
    const again = resolveScenario(parseScenario(JSON.parse(JSON.stringify(scenario)))).scenario;
    expect(JSON.stringify(again)).toBe(JSON.stringify(scenario));
  });

  it("knows where its grid starts", () => {
    expect(experimentWith({ time: { end: 100 } }).scenario.time).toMatchObject({ start: 0.01 });
    const linear = experimentWith({ time: { end: 100, spacing: "linear" } });
    expect(linear.scenario.time).toMatchObject({ start: 0 });
  });
});

describe("random starts", () => {
  it("as D → ∞ have no decoder amplitudes and Gram matrices std² 1", () => {
    const state = initialOf({ initial: random(1) });
    expect(state.decoder.flat()).toEqual([0, 0, 0, 0]);
    expect(state.encoderBulk).toEqual(diagonal(0.1 * 0.3 ** 2));
    expect(state.decoderBulk).toEqual(diagonal(0.3 ** 2));
  });

  it("draw the same encoder amplitudes for every D and another for every seed", () => {
    const encoder = (dimension: number | undefined, seed: number) =>
      initialOf({ data: spiked(dimension), initial: random(seed) }).encoder;
    expect(encoder(100, 5)).toEqual(encoder(undefined, 5));
    expect(encoder(undefined, 6)).not.toEqual(encoder(undefined, 5));
  });

  it.each([5, 30, 1_000_000])("have the law of D-dimensional normals, D = %i", (dimension) => {
    const runs = 4000;
    const std = 0.7;
    const n = dimension - 2;
    const entries: Record<string, number[]> = {
      ww: [],
      vv: [],
      wv: [],
      w12: [],
      omega: [],
      nu: [],
    };
    for (let seed = 0; seed < runs; seed++) {
      const state = initialOf({ data: spiked(dimension, 0.5), initial: random(seed, std) });
      entries.ww.push((state.encoderBulk?.[1][1] ?? 0) / 0.5);
      entries.vv.push(state.decoderBulk?.[1][1] ?? 0);
      entries.wv.push(state.crossBulk?.[0][1] ?? 0);
      entries.w12.push((state.encoderBulk?.[0][1] ?? 0) / 0.5);
      entries.omega.push(state.encoder[1][0]);
      entries.nu.push(state.decoder[0][1]);
    }
    // means and variances of w·w/D and w·v/D for n components N(0, std²); five standard errors
    const square = {
      mean: (std ** 2 * n) / dimension,
      variance: (2 * std ** 4 * n) / dimension ** 2,
    };
    const cross = { mean: 0, variance: (std ** 4 * n) / dimension ** 2 };
    const expected = {
      ww: square,
      vv: square,
      wv: cross,
      w12: cross,
      omega: { mean: 0, variance: std ** 2 },
      nu: { mean: 0, variance: std ** 2 / dimension },
    };
    for (const [name, { mean, variance }] of Object.entries(expected)) {
      const values = entries[name];
      const average = values.reduce((sum, x) => sum + x, 0) / runs;
      const spread = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / (runs - 1);
      expect(Math.abs(average - mean), name).toBeLessThan(5 * Math.sqrt(variance / runs));
      // kurtosis is at most 3 + 12/n: χ²; for D = 5 the variance's own error is 2.2 times larger
      const error = variance * Math.sqrt((2 + 12 / n) / runs);
      expect(Math.abs(spread - variance), name).toBeLessThan(5 * error);
    }
  });

  it("fit into few bulk directions: rank at most D − M", () => {
    expect(() => initialOf({ data: spiked(3), initial: random(2) })).not.toThrow();
  });

  it("without bulk noise have no encoder bulk", () => {
    const state = initialOf({ data: spiked(20, 0), initial: random(2) });
    expect(state.encoderBulk).toEqual(diagonal(0));
    expect(state.crossBulk).toEqual(diagonal(0));
    expect(state.decoderBulk?.[0][0]).toBeGreaterThan(0);
  });
});

describe("explicit starts", () => {
  const explicit = (parts: object, dimension?: number, bulk = 0.1) =>
    initialOf({
      data: spiked(dimension, bulk),
      initial: { kind: "explicit", encoder: diagonal(1), decoder: diagonal(1), ...parts },
    });

  it("have zero bulk matrices and biases where these are left out", () => {
    const state = explicit({});
    expect([state.encoderBulk, state.decoderBulk, state.crossBulk]).toEqual(
      new Array(3).fill(diagonal(0)),
    );
    expect(state.bias).toEqual(new Array(K).fill(0));
  });

  it("refuse bulk matrices that no weights have", () => {
    const indefinite = [
      [1, 2],
      [2, 1],
    ];
    const skew = [
      [1, 0.5],
      [0.4, 1],
    ];
    expect(() => explicit({ encoderBulk: indefinite })).toThrow(
      "initial.encoderBulk: not positive semi-definite: its correlations have the eigenvalue -1.000",
    );
    expect(() => explicit({ decoderBulk: skew })).toThrow("initial.decoderBulk: not symmetric");
    expect(() => explicit({ decoderBulk: diagonal(-1) })).toThrow("diagonal 1 is -1");
    expect(() => explicit({ crossBulk: diagonal(0.1) })).toThrow("initial.crossBulk: not positive");
    const zero = { encoderBulk: diagonal(0.1) };
    expect(() => explicit(zero, undefined, 0)).toThrow("must be zero where data.bulk is 0");
  });

  it("accept matrices that are semi-definite to rounding", () => {
    const ones = [
      [1 / 3, 1 / 3],
      [1 / 3, (1 / 3) * (1 - 1e-15)],
    ];
    expect(() => explicit({ decoderBulk: ones })).not.toThrow();
  });

  it("refuse more bulk vectors than there are bulk directions", () => {
    const full = { encoderBulk: diagonal(0.1), decoderBulk: diagonal(1) };
    expect(() => explicit(full, 5)).toThrow("rank 4 don't fit into 3 bulk directions");
    expect(() => explicit(full, 6)).not.toThrow();
  });
});

it("says what cannot be solved yet", () => {
  const problem = (parts: Partial<ScenarioInput>) => {
    try {
      experimentWith(parts);
    } catch (error) {
      return (error as Error).message;
    }
    return "none";
  };
  const K = 2;
  expect(problem({ model: { hidden: K, activation: "tanh" } })).toBe(
    'model.activation: "tanh" is not available yet; use "sigmoid", "relu" or "linear"',
  );
  expect(problem({ model: { hidden: K, activation: "relu", bias: "trained" } })).toContain(
    'model.bias: "trained" is not available yet',
  );
  expect(problem({ data: { ...spiked(), latents: "two-point" } })).toContain("data.latents");
  expect(problem({ data: { kind: "images" } })).toContain("data.kind");
  expect(
    problem({
      model: { hidden: K, activation: "linear", weights: "tied" },
      initial: { kind: "informed" },
    }),
  ).toContain("model.weights");
  expect(problem(scenarioWith())).toBe("none");
});
