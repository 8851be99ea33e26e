import { describe, expect, it } from "vitest";
import type { Solution } from "../../src/integrate/solve.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { normalMatrix, normalSource } from "../support/normals.js";
import { solveWith } from "../support/scenarios.js";
import { validateTrajectory } from "../support/validate-trajectory.js";

type Explicit = Extract<ScenarioInput["initial"], { kind: "explicit" }>;
type Matrix = number[][];

const K = 3;
const SPIKES = [1, 0.5, 0.5, 0.2];
const DIMENSION = 40;

/** A random state in full: 2K vectors in DIMENSION directions, rotated within the bulk at will. */
function fullState(seed: number): { w: Matrix; v: Matrix } {
  const normal = normalSource(seed);
  return {
    w: normalMatrix(normal, K, DIMENSION, 0.3),
    v: normalMatrix(normal, K, DIMENSION, 0.1),
  };
}

/** Its macroscopic state for spiked data with bulk eigenvalue σ². */
function groupedState({ w, v }: { w: Matrix; v: Matrix }, variance: number): Explicit {
  const M = SPIKES.length;
  const gram = (a: Matrix, b: Matrix, scale: number) =>
    a.map((x) => b.map((y) => scale * x.slice(M).reduce((sum, xi, i) => sum + xi * y[M + i], 0)));
  return {
    kind: "explicit",
    encoder: w.map((row) => row.slice(0, M)),
    decoder: v.map((row) => row.slice(0, M)),
    // ω = w·ψ/√D and ν = v·ψ/D are the amplitudes: v·v/D = Σ ν ν, w·v/D = Σ ω ν/√D
    encoderBulk: gram(w, w, variance / DIMENSION),
    decoderBulk: gram(v, v, 1),
    crossBulk: gram(w, v, 1 / Math.sqrt(DIMENSION)),
  };
}

function spiked(initial: Explicit, activation: string, rule: string, relTol = 1e-9): Solution {
  return solveWith({
    model: { hidden: K, activation: activation as "relu" },
    data: { kind: "spiked", spikes: SPIKES, bulk: 0.2, dimension: DIMENSION },
    training: { learningRate: 1, rule: rule as "sgd", weightDecay: 0.001 },
    initial,
    time: { end: 30, points: 12 },
    integrator: { relTol },
  });
}

function spectrum(
  { w, v }: { w: Matrix; v: Matrix },
  order: number[],
  eigenvalue: (mode: number) => number,
  relTol = 1e-9,
): Solution {
  return solveWith({
    model: { hidden: K, activation: "sigmoid" },
    data: { kind: "spectrum", eigenvalues: order.map(eigenvalue) },
    training: { learningRate: 1, weightDecay: 0.001 },
    initial: {
      kind: "explicit",
      encoder: w.map((row) => order.map((mode) => row[mode])),
      decoder: v.map((row) => order.map((mode) => row[mode])),
    },
    time: { end: 30, points: 12 },
    integrator: { relTol },
  });
}

const eigenvalueOf = (mode: number) => (mode < SPIKES.length ? SPIKES[mode] * DIMENSION : 0.2);
const inOrder = Array.from({ length: DIMENSION }, (_, mode) => mode);

function largestDifference(one: Solution, other: Solution): number {
  const a = one.trajectory.pmse;
  return Math.max(...a.map((x, i) => Math.abs(x / other.trajectory.pmse[i] - 1)));
}

describe("hidden units", () => {
  const state = groupedState(fullState(5), 0.2);

  it.each(["sigmoid", "relu", "linear"])("may be permuted: %s", (activation) => {
    const solution = spiked(state, activation, "sgd");
    const order = [2, 0, 1];
    const rows = (matrix: Matrix) => order.map((k) => matrix[k]);
    const both = (matrix: Matrix) => rows(matrix).map((row) => order.map((l) => row[l]));
    const permuted = spiked(
      {
        kind: "explicit",
        encoder: rows(state.encoder),
        decoder: rows(state.decoder ?? []),
        encoderBulk: both(state.encoderBulk ?? []),
        decoderBulk: both(state.decoderBulk ?? []),
        crossBulk: both(state.crossBulk ?? []),
      },
      activation,
      "sgd",
    );
    expect(largestDifference(permuted, solution)).toBeLessThan(1e-12);
    for (const name of ["Q", "R", "T0", "T1"] as const) {
      const last = solution.trajectory[name].subarray(-K * K);
      const other = permuted.trajectory[name].subarray(-K * K);
      order.forEach((k, i) => {
        order.forEach((l, j) => {
          expect(Math.abs(other[i * K + j] - last[k * K + l])).toBeLessThan(1e-12);
        });
      });
    }
  });

  it.each(["sigmoid", "linear"])("may flip their signs: %s", (activation) => {
    const sign = [1, -1, 1];
    const rows = (matrix: Matrix) => matrix.map((row, k) => row.map((x) => sign[k] * x));
    const both = (matrix: Matrix) => rows(matrix).map((row) => row.map((x, l) => sign[l] * x));
    const flipped = {
      kind: "explicit" as const,
      encoder: rows(state.encoder),
      decoder: rows(state.decoder ?? []),
      encoderBulk: both(state.encoderBulk ?? []),
      decoderBulk: both(state.decoderBulk ?? []),
      crossBulk: both(state.crossBulk ?? []),
    };
    for (const rule of ["sgd", "truncated"]) {
      const plain = spiked(state, activation, rule);
      expect(largestDifference(spiked(flipped, activation, rule), plain)).toBeLessThan(1e-12);
    }
  });
});

describe("groups of equal eigenvalues", () => {
  const full = fullState(8);

  it("give what the full spectrum gives, mode by mode, to 1e-9", () => {
    const grouped = spiked(groupedState(full, 0.2), "sigmoid", "sgd");
    const byMode = spectrum(full, inOrder, eigenvalueOf);
    expect(largestDifference(grouped, byMode)).toBeLessThan(1e-9);
    // and when no two eigenvalues are equal, so that every mode has its own vector
    const distinct = spectrum(full, inOrder, (mode) => eigenvalueOf(mode) * (1 + mode * 4e-16));
    expect(distinct.trajectory.amplitudes?.encoder.length).toBe(12 * K * DIMENSION);
    expect(largestDifference(grouped, distinct)).toBeLessThan(1e-9);
  });

  it("may be listed in any order and in parts", () => {
    const order = [...inOrder.slice(20), ...inOrder.slice(0, 20)];
    const solution = spectrum(full, inOrder, eigenvalueOf);
    const reordered = spectrum(full, order, eigenvalueOf);
    expect(largestDifference(reordered, solution)).toBeLessThan(1e-12);
    const modes = solution.trajectory.amplitudes?.decoder.subarray(-DIMENSION) ?? [];
    const moved = reordered.trajectory.amplitudes?.decoder.subarray(-DIMENSION) ?? [];
    order.forEach((mode, i) => {
      expect(Math.abs(moved[i] - modes[mode])).toBeLessThan(1e-12);
    });
  });

  it("may be split in two", () => {
    // one half's eigenvalue is the next double: for the solver two groups, for physics one
    const split = (mode: number) => eigenvalueOf(mode) * (mode >= 20 ? 1 + 2 ** -52 : 1);
    const whole = spectrum(full, inOrder, eigenvalueOf, 1e-13);
    const parts = spectrum(full, inOrder, split, 1e-13);
    expect(largestDifference(whole, parts)).toBeLessThan(1e-12);
  });

  it("keep each mode's amplitudes at the start to rounding", () => {
    const { amplitudes } = solveWith({
      model: { hidden: K, activation: "sigmoid" },
      data: { kind: "spectrum", eigenvalues: inOrder.map(eigenvalueOf) },
      initial: { kind: "explicit", encoder: full.w, decoder: full.v },
      time: { at: [0] },
    }).trajectory;
    full.w.flat().forEach((x, i) => {
      expect(Math.abs((amplitudes?.encoder[i] ?? Number.NaN) - x)).toBeLessThan(1e-14);
    });
    full.v.flat().forEach((x, i) => {
      expect(Math.abs((amplitudes?.decoder[i] ?? Number.NaN) - x)).toBeLessThan(1e-14);
    });
  });
});

describe("conserved quantities of the gradient flow", () => {
  const conserved = (activation: "linear" | "relu") => {
    const { trajectory } = solveWith({
      model: { hidden: K, activation },
      data: { kind: "spectrum", law: { kind: "power", dimension: 30, exponent: 1, trace: 2 } },
      initial: { kind: "random", std: 0.5, seed: 3 },
      time: { at: [0, 1, 10, 100] },
    });
    validateTrajectory(trajectory, [0, 1, 10, 100]);
    const { encoder = [], decoder = [] } = trajectory.amplitudes ?? {};
    const M = trajectory.modes;
    const sums = Array.from(trajectory.t, (_, i) => {
      const matrix: number[] = [];
      for (let k = 0; k < K; k++) {
        for (let l = 0; l < K; l++) {
          let sum = 0;
          for (let m = 0; m < M; m++) {
            const a = (i * K + k) * M + m;
            const b = (i * K + l) * M + m;
            sum += encoder[a] * encoder[b] - decoder[a] * decoder[b];
          }
          matrix.push(sum);
        }
      }
      return matrix;
    });
    return { sums, moved: trajectory.pmse[3] / trajectory.pmse[0] };
  };

  it("linear: Σ ω ωᵀ − Σ ν νᵀ stays", () => {
    const { sums, moved } = conserved("linear");
    expect(moved).toBeLessThan(0.9);
    for (const matrix of sums) {
      matrix.forEach((x, i) => {
        expect(Math.abs(x - sums[0][i])).toBeLessThan(1e-9 * Math.abs(sums[0][0]));
      });
    }
  });

  it("ReLU: its diagonal stays, the rest does not", () => {
    const { sums, moved } = conserved("relu");
    expect(moved).toBeLessThan(0.9);
    for (const matrix of sums) {
      for (let k = 0; k < K; k++) {
        const i = k * K + k;
        expect(Math.abs(matrix[i] - sums[0][i])).toBeLessThan(1e-9 * Math.abs(sums[0][0]));
      }
    }
    expect(Math.abs(sums[3][1] - sums[0][1])).toBeGreaterThan(1e-3);
  });
});
