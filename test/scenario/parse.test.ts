import { describe, expect, it } from "vitest";
import { parseJson, parseScenario } from "../../src/scenario/parse.js";
import type { Scenario } from "../../src/scenario/schema.js";
import { scenarioWith } from "../support/scenarios.js";

/** The message of the error that this content makes. */
function problemOf(content: unknown): string {
  try {
    parseScenario(content);
  } catch (error) {
    expect((error as Error).name).toBe("ScenarioError");
    expect((error as Error).message).not.toContain("\n");
    return (error as Error).message;
  }
  throw new Error("no problem found");
}

/** A valid scenario with a value put at a path. */
function withValue(path: string, value: unknown): unknown {
  const content = structuredClone(scenarioWith()) as unknown as Record<string, unknown>;
  const keys = path.split(".");
  let target = content;
  for (const key of keys.slice(0, -1)) {
    target[key] ??= {};
    target = target[key] as Record<string, unknown>;
  }
  target[keys[keys.length - 1]] = value;
  return content;
}

const explicit = (parts: object) => ({
  kind: "explicit",
  encoder: [
    [1, 0],
    [0, 1],
  ],
  decoder: [
    [1, 0],
    [0, 1],
  ],
  ...parts,
});

it("fills in the contract's defaults", () => {
  const scenario = parseScenario({
    title: "t",
    model: { hidden: 1, activation: "relu" },
    data: { kind: "spiked", spikes: [1], bulk: 0 },
    training: { learningRate: 1 },
    time: { end: 10, points: 5 },
  });
  expect(scenario).toEqual({
    title: "t",
    model: { hidden: 1, activation: "relu", bias: "none" },
    data: { kind: "spiked", spikes: [1], bulk: 0, latents: "gaussian" },
    training: { rule: "sgd", learningRate: 1, weightDecay: 0 },
    initial: { kind: "random", std: 0.1, seed: 1 },
    time: { end: 10, points: 5, spacing: "log" },
    integrator: { method: "auto", relTol: 1e-9, absTol: 1e-12, maxSteps: 1_000_000 },
    comparison: { sigmas: 5, relativeBias: 10 },
  } satisfies Scenario);
});

describe("problems are one line with path and value", () => {
  it.each([
    [
      "training.lerningRate",
      1,
      'training: unknown key "lerningRate"; did you mean "learningRate"?',
    ],
    ["titel", "x", 'unknown key "titel"; did you mean "title"?'],
    ["title", undefined, "title: missing; must be a string"],
    ["model.hidden", 2.5, "model.hidden: must be an integer, got 2.5"],
    ["model.hidden", 0, "model.hidden: must be at least 1, got 0"],
    ["model.hidden", 1e9, "model.hidden: must be at most 1024, got 1000000000"],
    ["model.hidden", "3", 'model.hidden: must be a finite number, got "3"'],
    [
      "model.activation",
      "sigmod",
      /^model.activation: must be one of "sigmoid", .*, got "sigmod"$/,
    ],
    ["model.activation", { expresion: "x" }, /unknown key "expresion"; did you mean "expression"/],
    ["model", null, "model: must be an object, got null"],
    ["model.gain", 2, "model.gain: is for tied weights only; leave it out"],
    [
      "data.kind",
      "spike",
      /^data.kind: must be one of "spiked", "spectrum", "images", got "spike"$/,
    ],
    ["data.spikes", [], "data.spikes: must have at least 1 elements, got []"],
    ["data.spikes", [1, Number.NaN], "data.spikes[1]: must be a finite number, got NaN"],
    ["data.spikes", [1, Infinity], "data.spikes[1]: must be a finite number, got Infinity"],
    ["data.spikes", [1, -1], "data.spikes[1]: must be greater than 0, got -1"],
    ["data.spikes", [1, 1e200], "data.spikes[1]: must be at most 1000000000000000, got 1e+200"],
    ["data.spikes", [1, "a"], 'data.spikes[1]: must be a finite number, got "a"'],
    ["data.bulk", -0.1, "data.bulk: must be at least 0, got -0.1"],
    ["data.dimension", 1, "data.dimension: must be at least 2, the number of spikes, got 1"],
    ["data.latents", "gausian", /^data.latents: must be one of "gaussian", "two-point"/],
    ["training.learningRate", "1", 'training.learningRate: must be a finite number, got "1"'],
    ["training.learningRate", undefined, "training.learningRate: missing; must be a finite number"],
    ["training.rule", "truncate", /^training.rule: must be one of "sgd", "truncated"/],
    [
      "training.rule",
      "oja",
      /^model.activation: must be "linear" with the rule "oja", got "sigmoid"/,
    ],
    ["initial", { std: 1 }, /^initial.kind: missing; must be one of "random"/],
    ["initial", { kind: "random", std: -1 }, "initial.std: must be at least 0, got -1"],
    ["initial", { kind: "random", seed: -1 }, "initial.seed: must be at least 0, got -1"],
    ["initial", { kind: "informed", std: 1 }, /^initial: unknown key "std"; did you mean "/],
    [
      "initial",
      { kind: "perfect", encoder: 0 },
      "initial.encoder: must not be 0: the decoder diverges",
    ],
    ["initial", explicit({ encoder: [[1, 0]] }), "initial.encoder: must be 2×2, got 1 rows"],
    [
      "initial",
      explicit({ encoder: [[1, 0], [0]] }),
      "initial.encoder[1]: must have 2 elements, got 1",
    ],
    ["initial", explicit({ decoder: undefined }), "initial.decoder: missing; must be a K×M matrix"],
    ["initial", explicit({ encoderBulk: [[1]] }), "initial.encoderBulk: must be 2×2, got 1 rows"],
    [
      "initial",
      explicit({ bias: [0, 1] }),
      'initial.bias: must be 0 while model.bias is "none", got [0,1]',
    ],
    [
      "initial",
      explicit({ bias: [0] }),
      "initial.bias: must have 2 elements, one per neuron, got 1",
    ],
    ["time", { end: 10, at: [1] }, /^time: give either at or end, .*, not both/],
    ["time", { at: [1, 3, 2] }, "time.at[2]: times must increase, got 2 after 3"],
    ["time", { at: [1, 1] }, "time.at[1]: times must increase, got 1 after 1"],
    ["time", { at: [-1] }, "time.at[0]: must be at least 0, got -1"],
    ["time", { end: 10, points: 1 }, "time.points: must be at least 2, got 1"],
    ["time", { end: 10, points: 1e12 }, "time.points: must be at most 1000000, got 1000000000000"],
    ["time", { end: 10, start: 10 }, "time.start: must be before time.end = 10, got 10"],
    ["time", { end: 10, start: 0 }, "time.start: must be greater than 0 on a log grid, got 0"],
    ["time", { end: 5, start: 4.999999999999999 }, /^time: 200 points .* lie too close/],
    ["$schem", "x", 'unknown key "$schem"; did you mean "$schema"?'],
    ["time", { end: -1 }, "time.end: must be at least 1e-100, got -1"],
    ["integrator", { relTol: 1e-20 }, "integrator.relTol: must be at least 1e-13, got 1e-20"],
    [
      "integrator",
      { method: "rk4" },
      'integrator.method: must be one of "auto", "odex", "seulex", "bdf", got "rk4"',
    ],
    ["simulation", { seeds: [-1] }, /^simulation.seeds\[0\]: /],
  ])("%s = %j", (path, value, expected) => {
    const message = problemOf(withValue(path, value));
    if (typeof expected === "string") expect(message.replace(/ \(and .*/, "")).toBe(expected);
    else expect(message).toMatch(expected);
  });

  it("says how many more there are", () => {
    const content = {
      ...scenarioWith(),
      data: { kind: "spiked", spikes: ["a", "b", "c"], bulk: 0 },
    };
    expect(problemOf(content)).toMatch(/^data.spikes\[0\]: .* \(and 2 more\)$/);
  });

  it.each([null, 3, "text", []])("the whole file is %j", (content) => {
    expect(problemOf(content)).toMatch(/must be an object, got /);
  });

  it("a problem too large for any memory", () => {
    const content = scenarioWith({
      model: { hidden: 100, activation: "relu" },
      time: { end: 1, points: 100_000 },
    });
    expect(problemOf(content)).toContain("time.points: 100000 times of 4·100² order parameters");
  });

  it("a value that is nested without end", () => {
    let nested: unknown = 1;
    for (let i = 0; i < 20_000; i++) nested = [nested];
    expect(problemOf(withValue("title", nested))).toContain("got a deeply nested value");
  });

  it("cuts a value that is long", () => {
    const message = problemOf(withValue("title", new Array(100).fill(1)));
    expect(message.length).toBeLessThan(110);
  });
});

describe("settings that depend on each other", () => {
  it("informed starts need a mode per neuron", () => {
    const content = scenarioWith({
      model: { hidden: 3, activation: "linear" },
      initial: { kind: "informed" },
    });
    expect(problemOf(content)).toContain("3 neurons, 2 modes");
  });

  it("perfect starts need an odd activation", () => {
    const content = scenarioWith({
      model: { hidden: 2, activation: "relu" },
      initial: { kind: "perfect", encoder: 0.1 },
    });
    expect(problemOf(content)).toContain("odd activations");
  });

  it("a spectrum has eigenvalues or a law, and no bulk", () => {
    const law = { kind: "power", dimension: 2, exponent: 1, trace: 1 } as const;
    const both = { kind: "spectrum" as const, eigenvalues: [1, 2], law };
    expect(problemOf(scenarioWith({ data: both }))).toContain("either eigenvalues or law");
    const bulk = [
      [0, 0],
      [0, 0],
    ];
    const initial = explicit({ decoderBulk: bulk }) as ReturnType<typeof scenarioWith>["initial"];
    const content = scenarioWith({ data: { kind: "spectrum", eigenvalues: [1, 2] }, initial });
    expect(problemOf(content)).toBe("initial.decoderBulk: a spectrum has no bulk; leave it out");
  });

  it("simulations have the data's dimension", () => {
    const content = scenarioWith({
      data: { kind: "spiked", spikes: [1], bulk: 0.1, dimension: 100 },
      simulation: { dimension: [100, 200], seeds: [1] },
    });
    expect(problemOf(content)).toContain("simulation.dimension: must agree with the data's");
  });

  it("tied weights from a random start need a dimension", () => {
    const content = scenarioWith({ model: { hidden: 2, activation: "linear", weights: "tied" } });
    expect(problemOf(content)).toContain("data.dimension: random tied weights need it");
  });

  it("tied weights have neither a decoder nor bulk matrices of their own", () => {
    const initial = explicit({}) as ReturnType<typeof scenarioWith>["initial"];
    const model = { hidden: 2, activation: "linear", weights: "tied" } as const;
    expect(problemOf(scenarioWith({ model, initial }))).toContain("initial.decoder: is for untied");
  });

  it("latents given as points have zero mean and unit covariance", () => {
    const data = (points: number[][], weights: number[]) =>
      scenarioWith({
        data: { kind: "spiked", spikes: [1], bulk: 0, latents: { points, weights } },
      });
    expect(() => parseScenario(data([[1], [-1]], [1, 1]))).not.toThrow();
    expect(problemOf(data([[1], [-1]], [2, 1]))).toContain("zero mean, got 0.33333");
    expect(problemOf(data([[2], [-2]], [1, 1]))).toContain("unit covariance, got 4");
    expect(problemOf(data([[2], [-2]], [1]))).toContain("one weight per point");
  });

  it("PCA rules imply tied weights", () => {
    const model = { hidden: 1, activation: "linear" } as const;
    const training = { rule: "oja", learningRate: 1 } as const;
    const data = { kind: "spiked" as const, spikes: [1], bulk: 0, dimension: 10 };
    expect(() => parseScenario(scenarioWith({ model, training, data }))).not.toThrow();
    const untied = scenarioWith({ model: { ...model, weights: "untied" }, training, data });
    expect(problemOf(untied)).toContain('model.weights: must be "tied"');
  });
});

describe("text", () => {
  it("may start with a byte order mark", () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 });
  });

  it.each([
    ["", "is empty"],
    [" \n", "is empty"],
    ["{\n  a: 1\n}", /^is not JSON: .*line 2, column 3/],
    ['{"a": 1', /^is not JSON: /],
    ['{\n  "model": nan,\n  "longer": 1\n}', /^is not JSON: Unexpected token .* line 2, column 13/],
    ["hello", /^is not JSON: /],
  ])("%j is refused", (text, message) => {
    expect(() => parseJson(text)).toThrow(message);
  });
});
