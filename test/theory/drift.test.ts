import { describe, expect, it } from "vitest";
import { EquationsOfMotion } from "../../src/theory/equations-of-motion.js";
import { ModeSystem } from "../../src/theory/mode-system.js";
import { normalMatrix, normalSource } from "../support/normals.js";
import { experimentWith } from "../support/scenarios.js";

/*
 * The drift against the mean of one true SGD step (theory §1), written here from the update rules
 * alone. In coordinates along the eigenvectors ψ_τ = √D e_τ: ω = w, ν = v/√D, x_τ = √(D rho_τ) n_τ.
 */

type Gate = { value: (x: number) => number; slope: (x: number) => number };

const GATES: Record<string, Gate> = {
  // erf(x/√2) by Abramowitz & Stegun 7.1.26: its error, 1e-7, is far below the standard errors
  sigmoid: {
    value: (x) => erf(x * Math.SQRT1_2),
    slope: (x) => Math.sqrt(2 / Math.PI) * Math.exp((-x * x) / 2),
  },
  relu: { value: (x) => Math.max(x, 0), slope: (x) => (x > 0 ? 1 : 0) },
  linear: { value: (x) => x, slope: () => 1 },
};

function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}

interface Step {
  gate: Gate;
  truncated: boolean;
  eta: number;
  kappa: number;
}

/** One step of SGD on the sample x: the increments of w and v, [K][D]. */
function sgdStep(w: number[][], v: number[][], x: Float64Array, step: Step) {
  const { gate, truncated, eta, kappa } = step;
  const D = x.length;
  const K = w.length;
  const fields = w.map((row) => row.reduce((sum, wi, i) => sum + wi * x[i], 0) / Math.sqrt(D));
  const outputs = fields.map(gate.value);
  return Array.from({ length: K }, (_, k) => {
    const delta = Float64Array.from(x);
    for (let l = 0; l < (truncated ? k + 1 : K); l++) {
      for (let i = 0; i < D; i++) delta[i] -= v[l][i] * outputs[l];
    }
    let overlap = 0;
    for (let i = 0; i < D; i++) overlap += v[k][i] * delta[i];
    const encoder = (eta / D ** 2 / Math.sqrt(D)) * gate.slope(fields[k]) * overlap;
    return {
      dv: delta.map((d, i) => (eta / D) * outputs[k] * d - (kappa / D) * v[k][i]),
      dw: x.map((xi, i) => encoder * xi - (kappa / D) * w[k][i]),
    };
  });
}

const CASES = ["sigmoid", "relu", "linear"].flatMap((activation) =>
  (["sgd", "truncated"] as const).flatMap((rule) =>
    [0, 0.3].map((weightDecay) => ({ activation, rule, weightDecay })),
  ),
);

describe.each(CASES)(
  "$activation, $rule, κ = $weightDecay",
  ({ activation, rule, weightDecay }) => {
    it("drifts as the mean of one SGD step", () => {
      const K = 3;
      const D = 6;
      const samples = 60_000;
      const normal = normalSource(4711);
      const eigenvalues = [6, 3, 2, 1, 0.5, 0];
      const w = normalMatrix(normal, K, D, 0.7);
      const v = normalMatrix(normal, K, D, 0.9);
      const {
        scenario,
        spectrum,
        activation: g,
      } = experimentWith({
        model: { hidden: K, activation: activation as "relu" },
        data: { kind: "spectrum", eigenvalues },
        initial: {
          kind: "explicit",
          encoder: w,
          decoder: v.map((row) => row.map((vi) => vi / Math.sqrt(D))),
        },
      });
      const system = new ModeSystem(spectrum, scenario.initial);
      const truncated = rule === "truncated";
      const learningRate = 1.3;
      const dy = new Float64Array(system.start.length);
      new EquationsOfMotion(system, g, { learningRate, weightDecay, truncated }).drift(
        system.start,
        dy,
      );

      const step = { gate: GATES[activation], truncated, eta: learningRate, kappa: weightDecay };
      const sum = new Float64Array(dy.length);
      const squares = new Float64Array(dy.length);
      const x = new Float64Array(D);
      for (let sample = 0; sample < samples; sample++) {
        for (let i = 0; i < D; i++) x[i] = Math.sqrt(eigenvalues[i]) * normal();
        sgdStep(w, v, x, step).forEach(({ dw, dv }, k) => {
          for (let i = 0; i < D; i++) {
            const rates = [D * dw[i], (D * dv[i]) / Math.sqrt(D)];
            rates.forEach((rate, part) => {
              const place = 2 * K * i + part * K + k;
              sum[place] += rate;
              squares[place] += rate * rate;
            });
          }
        });
      }
      const z = Array.from(dy, (exact, i) => {
        const mean = sum[i] / samples;
        const error = Math.sqrt(Math.max(0, squares[i] / samples - mean * mean) / samples);
        // along the eigenvalue zero there is no noise, only rounding of the sum
        return error < 1e-9 ? (mean - exact) / 1e-9 : (mean - exact) / error;
      });
      // 36 amplitudes a case, 12 cases: the largest of 432 normals stays below 4.5 in 99.7 % of trials
      expect(Math.max(...z.map(Math.abs))).toBeLessThan(4.5);
      // and their mean square, 1 ± 0.24, would show a small error in all of them
      expect(z.reduce((total, zi) => total + zi * zi, 0) / z.length).toBeLessThan(2);
    });
  },
);

it("moves T0 and the bulk as one step does at large D", () => {
  const K = 2;
  const D = 1000;
  const samples = 8000;
  const spikes = [1, 0.4];
  const sigma = Math.sqrt(0.3);
  const normal = normalSource(99);
  const w = normalMatrix(normal, K, D, 0.8);
  const v = normalMatrix(normal, K, D, 0.6);
  const M = spikes.length;
  const overlap = (a: number[][], b: number[][], scale: number) =>
    a.map((row) =>
      b.map((other) => {
        let sum = 0;
        for (let i = M; i < D; i++) sum += row[i] * other[i];
        return (scale * sum) / D;
      }),
    );
  const { scenario, spectrum, activation } = experimentWith({
    data: { kind: "spiked", spikes, bulk: sigma ** 2, dimension: D },
    initial: {
      kind: "explicit",
      encoder: w.map((row) => row.slice(0, M)),
      decoder: v.map((row) => row.slice(0, M).map((vi) => vi / Math.sqrt(D))),
      encoderBulk: overlap(w, w, sigma ** 2),
      decoderBulk: overlap(v, v, 1),
      crossBulk: overlap(w, v, 1),
    },
  });
  const system = new ModeSystem(spectrum, scenario.initial);
  const rule = { learningRate: 1, weightDecay: 0, truncated: false };
  const dy = new Float64Array(system.start.length);
  new EquationsOfMotion(system, activation, rule).drift(system.start, dy);
  const theory = [0, 0, 0, 0];
  for (let i = 0; i < dy.length; i += 2 * K) {
    for (let k = 0; k < K; k++) {
      for (let l = 0; l < K; l++) {
        theory[k * K + l] +=
          dy[i + K + k] * system.start[i + K + l] + system.start[i + K + k] * dy[i + K + l];
      }
    }
  }

  const step = { gate: GATES.sigmoid, truncated: false, eta: 1, kappa: 0 };
  const x = new Float64Array(D);
  const sums = theory.map(() => [0, 0]);
  for (let sample = 0; sample < samples; sample++) {
    for (let i = 0; i < D; i++) x[i] = (i < M ? Math.sqrt(spikes[i] * D) : sigma) * normal();
    const steps = sgdStep(w, v, x, step);
    sums.forEach((entry, kl) => {
      const [k, l] = [Math.floor(kl / K), kl % K];
      let rate = 0;
      for (let i = 0; i < D; i++) rate += steps[k].dv[i] * v[l][i] + v[k][i] * steps[l].dv[i];
      entry[0] += rate;
      entry[1] += rate * rate;
    });
  }
  sums.forEach(([sum, squares], kl) => {
    const mean = sum / samples;
    const error = Math.sqrt((squares / samples - mean * mean) / samples);
    expect(Math.abs(mean - theory[kl]) / error).toBeLessThan(4);
  });
});
