import { describe, expect, it } from "vitest";
import { latentPoints, pointCount } from "../../src/model/latents.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { DirectEngine } from "../../src/simulate/direct.js";
import { latentSource } from "../../src/simulate/latent-source.js";
import { Measurement } from "../../src/simulate/measure.js";
import { streamOf } from "../../src/simulate/random/stream.js";
import { emptyTrajectory } from "../../src/trajectory.js";
import { scenarioWith } from "../support/scenarios.js";

const MIXTURE = {
  points: [
    [2, 0],
    [-0.5, Math.SQRT2 * 0.790569415042095],
    [-0.5, -Math.SQRT2 * 0.790569415042095],
  ],
  weights: [1, 2, 2],
};

const LATENTS = ["two-point" as const, { sparse: 0.2 }, { sparse: 1 }, MIXTURE];

describe.each(LATENTS)("latents %j", (latents) => {
  const { points, weights } = latentPoints(latents, 2) ?? { points: [], weights: [] };

  it("have zero mean, unit covariance and weights that add up to one", () => {
    const average = (f: (c: readonly number[]) => number) =>
      points.reduce((sum, c, i) => sum + weights[i] * f(c), 0);
    expect(points).toHaveLength(pointCount(latents, 2));
    expect(average(() => 1)).toBeCloseTo(1, 14);
    for (const [i, j] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ]) {
      expect(average((c) => c[i])).toBeCloseTo(0, 14);
      expect(average((c) => c[i] * c[j])).toBeCloseTo(i === j ? 1 : 0, 14);
    }
  });

  it("are drawn as often as they weigh", () => {
    const random = streamOf({ seed: 1, dimension: 2, engine: "exact" });
    const draw = latentSource(latents, 2);
    const counts = new Map<string, number>();
    const out = new Float64Array(2);
    const n = 200_000;
    for (let i = 0; i < n; i++) {
      draw(random, out, 2);
      counts.set(out.join(), (counts.get(out.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(points.length);
    points.forEach((c, i) => {
      const expected = n * weights[i];
      const count = counts.get(Float64Array.from(c).join()) ?? 0;
      expect(Math.abs(count - expected) / Math.sqrt(expected * (1 - weights[i]))).toBeLessThan(4);
    });
  });
});

/** E|x − x̂|²/D over samples, drawn by the engine itself at a learning rate of zero. */
function sampledError(engine: DirectEngine, n: number): { mean: number; error: number } {
  const { network, sample } = engine;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    engine.advance(1);
    let square = 0;
    for (let j = 0; j < sample.length; j++) {
      let delta = sample[j];
      network.outputs.forEach((g, k) => {
        delta -= g * network.decoder[k][j];
      });
      square += delta * delta;
    }
    sum += square;
    squares += square * square;
  }
  const mean = sum / n;
  return { mean, error: Math.sqrt((squares / n - mean * mean) / n) };
}

describe.each(["sigmoid", "relu", "linear"])("the population error of %s", (activation) => {
  it.each(["gaussian" as const, ...LATENTS])(
    "is the mean error of samples, latents %j",
    (latents) => {
      const scenario = parseScenario(
        scenarioWith({
          model: { hidden: 3, activation: activation as "sigmoid" },
          data: { kind: "spiked", spikes: [1, 0.4], bulk: 2, dimension: 12, latents },
          training: { learningRate: 0 },
          initial: { kind: "random", std: 1.5, seed: 2 },
        }),
      );
      const experiment = resolveScenario(scenario, "simulation");
      const identity = { seed: 1, dimension: 12, engine: "direct" as const };
      const engine = new DirectEngine(experiment, streamOf(identity));
      const trajectory = emptyTrajectory(1, 3, 2, false);
      new Measurement(experiment).record(engine, trajectory, 0);
      const { mean, error } = sampledError(engine, 100_000);
      expect(Math.abs(trajectory.pmse[0] - mean) / error).toBeLessThan(4);
      // the standard error is small enough for an error of one per cent to show
      expect(error / mean).toBeLessThan(0.005);
    },
  );
});

it("Gaussian bulk parts of zero leave fields that the latents fix alone", () => {
  for (const activation of ["sigmoid", "relu", "linear"] as const) {
    const scenario = parseScenario(
      scenarioWith({
        model: { hidden: 2, activation },
        data: { kind: "spiked", spikes: [1, 0.4], bulk: 0, dimension: 9, latents: "two-point" },
        initial: {
          kind: "explicit",
          encoder: [
            [1, 0.2],
            [-0.3, 1],
          ],
          decoder: [
            [0.9, 0.1],
            [0.2, 0.8],
          ],
        },
      }),
    );
    const experiment = resolveScenario(scenario, "simulation");
    const identity = { seed: 1, dimension: 9, engine: "direct" as const };
    const engine = new DirectEngine(experiment, streamOf(identity));
    const trajectory = emptyTrajectory(1, 2, 2, false);
    new Measurement(experiment).record(engine, trajectory, 0);
    const gate = experiment.activation.respond;
    const errors = [-1, 1].flatMap((a) =>
      [-1, 1].map((b) => {
        const x = [a, Math.sqrt(0.4) * b];
        const fields = Float64Array.of(x[0] + 0.2 * x[1], -0.3 * x[0] + x[1]);
        const g = new Float64Array(2);
        gate(fields, g, new Float64Array(2));
        return (x[0] - 0.9 * g[0] - 0.2 * g[1]) ** 2 + (x[1] - 0.1 * g[0] - 0.8 * g[1]) ** 2;
      }),
    );
    const mean = errors.reduce((sum, e) => sum + e, 0) / 4;
    expect(trajectory.pmse[0]).toBeCloseTo(mean, 13);
  }
});
