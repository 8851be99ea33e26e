import { closest } from "fastest-levenshtein";
import * as z from "zod";

/*
 * The scenario file: one JSON file that says all about an experiment. Symbols are those of the
 * theory; every bound keeps the arithmetic inside double precision or the memory inside a machine.
 */

const LARGEST = 1e15;

const real = z.number().min(-LARGEST).max(LARGEST);
const nonNegative = z.number().min(0).max(LARGEST);
const positive = z.number().gt(0).max(LARGEST);
const count = (most: number) => z.int().min(1).max(most);
const matrix = z.array(z.array(real)).min(1);

/** A strict object whose unknown keys are answered with the nearest known one. */
function strict<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      const key = issue.keys[0] as string;
      return `unknown key "${key}"; did you mean "${closest(key, Object.keys(shape))}"?`;
    },
  });
}

const model = strict({
  hidden: count(1024).describe("K, the number of hidden neurons"),
  activation: z
    .union([
      z.enum(["sigmoid", "relu", "linear", "tanh", "logistic", "softplus", "gelu", "silu"]),
      strict({ expression: z.string().min(1).max(1000) }),
    ])
    .describe('"sigmoid" is erf(x/√2); an expression is a function of x'),
  weights: z
    .enum(["untied", "tied"])
    .optional()
    .describe("default: untied, but tied with the rules sanger, subspace, oja and hebb"),
  gain: positive.optional().describe("tied weights only: λ = gain · w·x/D"),
  bias: z.enum(["none", "fixed", "trained"]).default("none"),
});

const latents = z.union([
  z.enum(["gaussian", "two-point"]),
  strict({ sparse: z.number().gt(0).max(1) }),
  strict({ points: matrix, weights: z.array(positive).min(1) }),
]);

const spiked = strict({
  kind: z.literal("spiked"),
  spikes: z.array(positive).min(1).max(100_000).describe("outlier eigenvalues over D (rho tilde)"),
  bulk: nonNegative.describe("σ², the bulk eigenvalue"),
  dimension: count(1e9).optional().describe("D; left out: the limit of infinite dimension"),
  latents: latents.default("gaussian").describe("distribution of the latent variables c"),
});

const power = strict({
  kind: z.literal("power"),
  dimension: count(100_000).describe("D"),
  exponent: z.number().min(0).max(100).describe("eigenvalue i is proportional to i^-exponent"),
  trace: positive.describe("trace of the covariance over D"),
});

const spectrum = strict({
  kind: z.literal("spectrum"),
  eigenvalues: z.array(nonNegative).min(1).max(100_000).optional().describe("all D eigenvalues"),
  law: power.optional().describe("the eigenvalues by a formula"),
});

const images = z.looseObject({ kind: z.literal("images") });

const training = strict({
  rule: z.enum(["sgd", "truncated", "sanger", "subspace", "oja", "hebb"]).default("sgd"),
  learningRate: nonNegative.describe("η"),
  weightDecay: nonNegative.default(0).describe("κ, not multiplied by η"),
});

const bias0 = z.union([real, z.array(real)]).optional();

const random = strict({
  kind: z.literal("random"),
  std: nonNegative.default(0.1).describe("standard deviation of the weights"),
  seed: z.int().min(0).max(0xffffffff).default(1),
  bias0,
});

const informed = strict({ kind: z.literal("informed"), bias0 });

const perfect = strict({
  kind: z.literal("perfect"),
  encoder: real.describe("α_w; the decoder starts at its optimum"),
  bias0,
});

const explicit = strict({
  kind: z.literal("explicit"),
  encoder: matrix.describe("ω, K×M"),
  decoder: matrix.optional().describe("ν, K×M; untied weights only"),
  encoderBulk: matrix.optional().describe("Q_bulk, K×K"),
  decoderBulk: matrix.optional().describe("T_bulk, K×K"),
  crossBulk: matrix.optional().describe("w_⊥·v_⊥/D, K×K"),
  bias: z.array(real).optional(),
  bias0,
});

const time = z.union(
  [
    strict({
      end: z.number().min(1e-100).max(LARGEST),
      points: z.int().min(2).max(1_000_000).default(200),
      spacing: z.enum(["log", "linear"]).default("log"),
      start: nonNegative.optional().describe("default: end/10⁴ on a log grid, 0 on a linear one"),
    }),
    strict({ at: z.array(nonNegative).min(1).max(1_000_000).describe("exactly these times") }),
  ],
  {
    error: ({ input }) =>
      typeof input === "object" && input !== null && "at" in input && "end" in input
        ? "give either at or end, points, spacing and start, not both"
        : undefined,
  },
);

const integrator = strict({
  method: z
    .enum(["auto", "odex", "seulex", "bdf"])
    .default("auto")
    .describe("auto: odex, SEULEX where the equations are stiff, bdf for large systems"),
  relTol: z.number().min(1e-13).max(0.1).default(1e-9).describe("relative error allowed"),
  absTol: z.number().gt(0).max(0.1).default(1e-12).describe("absolute error allowed, amplitudes"),
  maxSteps: z.int().min(1).max(1e9).default(1_000_000).describe("steps before giving up"),
});

const simulation = strict({
  dimension: z
    .union([count(1e9), z.array(count(1e9)).min(1).max(1000)])
    .optional()
    .describe("D, or several; default: the dimension that data names"),
  seeds: z
    .array(z.int().min(0).max(0xffffffff))
    .min(1)
    .max(1_000_000)
    .default([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    .describe("one run each; they draw the samples"),
  engine: z
    .enum(["auto", "exact", "direct"])
    .default("auto")
    .describe("auto: exact wherever data have a Gaussian bulk and D ≥ M + 2K + 1"),
});

export type SimulationSettings = z.output<typeof simulation>;

/** What a scenario without `simulation` asks for. */
export function defaultSimulation(): SimulationSettings {
  return simulation.parse({});
}

const comparison = strict({
  sigmas: positive.default(5).describe("standard errors that theory may be off"),
  relativeBias: nonNegative
    .default(10)
    .describe("times theory/D: what the mean of the runs may be off besides"),
});

export const scenarioSchema = strict({
  $schema: z.string().optional(),
  title: z.string().min(1),
  description: z.string().optional(),
  citation: z.string().optional(),
  model,
  data: z.discriminatedUnion("kind", [spiked, spectrum, images]),
  training,
  initial: z
    .discriminatedUnion("kind", [random, informed, perfect, explicit])
    .default({ kind: "random", std: 0.1, seed: 1 }),
  time,
  integrator: integrator.prefault({}),
  simulation: simulation.optional(),
  comparison: comparison.prefault({}),
});

/** A scenario as it is written in a file. */
export type ScenarioInput = z.input<typeof scenarioSchema>;
/** A scenario with its defaults filled in, its initial state still as it was written. */
export type Scenario = z.output<typeof scenarioSchema>;
export type ExplicitState = z.output<typeof explicit>;

/** The JSON Schema (draft 7) of scenario files, generated from the schema that loads them. */
export function scenarioJsonSchema(): object {
  return {
    ...z.toJSONSchema(scenarioSchema, { io: "input", target: "draft-7" }),
    title: "autoencoder-dynamics scenario",
  };
}
