import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { integrateBdf } from "../../src/integrate/bdf.js";
import { DenseSystem } from "../../src/integrate/dense-system.js";
import { integrateSeulex } from "../../src/integrate/seulex.js";

interface Reference {
  y0: number[];
  points: { t: number; y: number[] }[];
  published: { source: string; t: number; y: number[] }[];
}
const references = JSON.parse(
  readFileSync(new URL("../fixtures/stiff-problems.json", import.meta.url), "utf8"),
) as Record<string, Reference>;

interface Equations {
  drift(y: Float64Array, dy: Float64Array): void;
  /** writes ∂f_i/∂y_j, row-major */
  jacobian(y: Float64Array, J: Float64Array): void;
}

const EPSILON = 1e-6;
const vanDerPol: Equations = {
  drift([y1, y2], dy) {
    dy[0] = y2;
    dy[1] = ((1 - y1 * y1) * y2 - y1) / EPSILON;
  },
  jacobian([y1, y2], J) {
    J.set([0, 1, (-2 * y1 * y2 - 1) / EPSILON, (1 - y1 * y1) / EPSILON]);
  },
};

const robertson: Equations = {
  drift([y1, y2, y3], dy) {
    dy[0] = -0.04 * y1 + 1e4 * y2 * y3;
    dy[2] = 3e7 * y2 * y2;
    dy[1] = -dy[0] - dy[2];
  },
  jacobian([, y2, y3], J) {
    const first = [-0.04, 1e4 * y3, 1e4 * y2];
    const last = [0, 6e7 * y2, 0];
    J.set([...first, ...first.map((value, j) => -value - last[j]), ...last]);
  },
};

const hires: Equations = {
  drift([y1, y2, y3, y4, y5, y6, y7, y8], dy) {
    const pair = 280 * y6 * y8;
    dy[0] = -1.71 * y1 + 0.43 * y2 + 8.32 * y3 + 0.0007;
    dy[1] = 1.71 * y1 - 8.75 * y2;
    dy[2] = -10.03 * y3 + 0.43 * y4 + 0.035 * y5;
    dy[3] = 8.32 * y2 + 1.71 * y3 - 1.12 * y4;
    dy[4] = -1.745 * y5 + 0.43 * (y6 + y7);
    dy[5] = -pair + 0.69 * y4 + 1.71 * y5 - 0.43 * y6 + 0.69 * y7;
    dy[6] = pair - 1.81 * y7;
    dy[7] = -dy[6];
  },
  jacobian(y, J) {
    const [by6, by8] = [280 * y[7], 280 * y[5]];
    J.set([
      ...[-1.71, 0.43, 8.32, 0, 0, 0, 0, 0],
      ...[1.71, -8.75, 0, 0, 0, 0, 0, 0],
      ...[0, 0, -10.03, 0.43, 0.035, 0, 0, 0],
      ...[0, 8.32, 1.71, -1.12, 0, 0, 0, 0],
      ...[0, 0, 0, 0, -1.745, 0.43, 0.43, 0],
      ...[0, 0, 0, 0.69, 1.71, -0.43 - by6, 0.69, -by8],
      ...[0, 0, 0, 0, 0, by6, -1.81, by8],
      ...[0, 0, 0, 0, 0, -by6, 1.81, -by8],
    ]);
  },
};

/** Largest error of any variable at any point, relative to the variable then. */
function solveTo(
  points: Reference["points"],
  { y0 }: Reference,
  equations: Equations,
  relTol: number,
  absTol: number,
  method: "seulex" | "bdf" = "seulex",
) {
  const problem = {
    start: Float64Array.from(y0),
    drift: equations.drift,
    system: new DenseSystem(y0.length, equations.jacobian),
    cost: y0.length,
  };
  const times = Float64Array.from(points, ({ t }) => t);
  let count = 0;
  let worst = 0;
  const integrate = method === "bdf" ? integrateBdf : integrateSeulex;
  const result = integrate(problem, times, { relTol, absTol, maxSteps: 100_000 }, (t, y) => {
    const point = points[count++];
    expect(t).toBe(point.t);
    point.y.forEach((exact, i) => {
      worst = Math.max(worst, Math.abs(y[i] / exact - 1));
    });
  });
  expect([result.status, count]).toEqual(["ok", points.length]);
  return { worst, result };
}

/* `smallest` is below every variable, `multiple` the largest error in relTol, `rounding` what is left of a
 * tight one: Robertson's rates balance to 25/t of their terms, so that their own rounding is 10⁻⁶ of the
 * slow decay at t = 10¹¹, the mean of which over all steps is a hundredth of it. */
const PROBLEMS = [
  {
    name: "van-der-pol",
    title: "Van der Pol's oscillator",
    equations: vanDerPol,
    smallest: 1e-3,
    multiple: 1,
    rounding: 0,
  },
  {
    name: "robertson",
    title: "Robertson's reactions",
    equations: robertson,
    smallest: 1e-13,
    multiple: 5,
    rounding: 1e-8,
  },
  { name: "hires", title: "HIRES", equations: hires, smallest: 1e-5, multiple: 1, rounding: 0 },
];

describe.each(PROBLEMS)("$title", ({ name, equations, smallest, multiple, rounding }) => {
  const reference = references[name];

  it("has the differences of its equations as its Jacobian by hand", () => {
    for (const { y } of [{ y: reference.y0 }, reference.points[0]]) {
      const n = y.length;
      const J = new Float64Array(n * n);
      equations.jacobian(Float64Array.from(y), J);
      const rate = (j: number, shift: number) => {
        const dy = new Float64Array(n);
        equations.drift(
          Float64Array.from(y, (value, i) => value + (i === j ? shift : 0)),
          dy,
        );
        return dy;
      };
      const scale = J.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      for (let j = 0; j < n; j++) {
        const [up, down] = [rate(j, 1e-3), rate(j, -1e-3)];
        // equations of degree two have exact central differences, Van der Pol's third degree 1e-6 of 1/ε
        for (let i = 0; i < n; i++) {
          expect(Math.abs((up[i] - down[i]) / 2e-3 - J[i * n + j])).toBeLessThan(2e-6 * scale);
        }
      }
    }
  });

  it.each([1e-4, 1e-6, 1e-8, 1e-10])("is solved by SEULEX to relTol %d", (relTol) => {
    const { points } = reference;
    const { worst, result } = solveTo(points, reference, equations, relTol, relTol * smallest);
    expect(worst).toBeLessThan(multiple * relTol + rounding);
    // an explicit method would take a step for each 1/|J|
    expect(result.work.evaluations).toBeLessThan(100_000);
  });

  it("agrees with what others have published", () => {
    const at = (t: number) => reference.points.find((point) => point.t === t)?.y;
    for (const { t, y, source } of reference.published) {
      const points = [{ t, y }];
      const { worst } = solveTo(points, reference, equations, 1e-8, 1e-8 * smallest);
      // the digits that are printed, and how far those sources are from quadruple precision
      const apart = y.map((value, i) => Math.abs(value / (at(t)?.[i] as number) - 1));
      expect(worst, source).toBeLessThan(multiple * 1e-8 + rounding + 2 * Math.max(...apart));
      expect(Math.max(...apart), source).toBeLessThan(1e-6);
    }
  });
});

/* GMRES of bdf has no preconditioner: it is for large systems whose stiffness is spread, with a few dozen
 * directions at a time. Van der Pol's 1/ε = 10⁶ in one fast direction, as large as the state is small, is
 * none of it, nor are later times of Robertson's, where differences of f round to more than its slow rates. */
describe("bdf, where it is meant for it", () => {
  it.each([1e-4, 1e-6, 1e-8])("solves HIRES at relTol %d", (relTol) => {
    const { hires: reference } = references;
    const { worst } = solveTo(reference.points, reference, hires, relTol, relTol * 1e-5, "bdf");
    // steps' errors add up: 700 of them
    expect(worst).toBeLessThan(50 * relTol);
  });

  it.each([1e-4, 1e-6, 1e-8])(
    "solves the beginning of Robertson's reactions at relTol %d",
    (relTol) => {
      const { robertson: reference } = references;
      const points = reference.points.filter(({ t }) => t <= 1e4);
      const { worst } = solveTo(points, reference, robertson, relTol, relTol * 1e-13, "bdf");
      expect(worst).toBeLessThan(50 * relTol);
    },
  );
});
