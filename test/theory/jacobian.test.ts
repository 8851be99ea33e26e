import { describe, expect, it } from "vitest";
import type { EquationsOfMotion } from "../../src/theory/equations-of-motion.js";
import { theoryOf } from "../../src/theory/theory-of.js";
import { normalSource } from "../support/normals.js";
import { experimentWith } from "../support/scenarios.js";

/** ∂f_i/∂y_j by central differences of two widths and one Richardson step: their error is O(h⁴). */
function differences(equations: EquationsOfMotion, y: Float64Array): Float64Array {
  const n = y.length;
  const J = new Float64Array(n * n);
  const at = (j: number, shift: number) => {
    const moved = y.slice();
    moved[j] += shift;
    const dy = new Float64Array(n);
    equations.drift(moved, dy);
    return dy;
  };
  const h = 1e-3;
  for (let j = 0; j < n; j++) {
    const wide = [at(j, h), at(j, -h)];
    const narrow = [at(j, h / 2), at(j, -h / 2)];
    for (let i = 0; i < n; i++) {
      const coarse = (wide[0][i] - wide[1][i]) / (2 * h);
      const fine = (narrow[0][i] - narrow[1][i]) / h;
      J[i * n + j] = (4 * fine - coarse) / 3;
    }
  }
  return J;
}

const DATA: Record<string, NonNullable<Parameters<typeof experimentWith>[0]>["data"]> = {
  "D → ∞": { kind: "spiked", spikes: [1, 0.5, 0.2, 0.1], bulk: 0.3 },
  "finite D": { kind: "spiked", spikes: [1, 0.5], bulk: 0.3, dimension: 20 },
  spectrum: { kind: "spectrum", eigenvalues: [9, 5, 3, 2, 1, 1] },
};

const cases = (["sigmoid", "relu", "linear"] as const).flatMap((activation) =>
  (["sgd", "truncated"] as const).flatMap((rule) =>
    Object.keys(DATA).flatMap((kind) =>
      [1, 3].map((hidden) => ({ activation, rule, kind, hidden })),
    ),
  ),
);

describe.each(cases)(
  "$activation, $rule, $kind, K = $hidden",
  ({ activation, rule, kind, hidden }) => {
    it("has the differences of the drift as its Jacobian", () => {
      const { system, equations, implicit } = theoryOf(
        experimentWith({
          model: { hidden, activation },
          data: DATA[kind],
          training: { learningRate: 1.3, weightDecay: 0.2, rule },
        }),
      );
      const normal = normalSource(7);
      const n = system.start.length;
      for (let round = 0; round < 3; round++) {
        // 1/√count keeps Q and T0 of order one
        const y = system.start.map(() => (1.5 * normal()) / Math.sqrt(system.count));
        const J = new Float64Array(n * n);
        implicit().jacobian(y, J);
        const exact = differences(equations, y);
        const scale = Math.max(...exact.map(Math.abs));
        const worst = Math.max(...exact.map((x, i) => Math.abs(x - J[i]))) / scale;
        // h⁴ = 1e-12 times fifth derivatives; ReLU's grow near collinear fields
        expect(worst).toBeLessThan(activation === "relu" ? 1e-7 : 1e-9);
      }
    });
  },
);
