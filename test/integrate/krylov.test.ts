import { expect, it } from "vitest";
import { Krylov } from "../../src/integrate/krylov.js";

/** f = A y, not symmetric, with eigenvalues about −1 … −n */
function linear(n: number) {
  let calls = 0;
  const drift = (y: Float64Array, dy: Float64Array) => {
    calls++;
    for (let i = 0; i < n; i++) dy[i] = -(i + 1) * y[i] + (i > 0 ? 0.3 * y[i - 1] : 0);
  };
  return { drift, calls: () => calls };
}

function residual(n: number, c: number, x: Float64Array, r: Float64Array): number {
  const Ax = new Float64Array(n);
  linear(n).drift(x, Ax);
  return Math.hypot(...x.map((xi, i) => xi - c * Ax[i] - r[i]));
}

const n = 12;
const y = Float64Array.from({ length: n }, (_, i) => Math.cos(i));
const r = Float64Array.from({ length: n }, (_, i) => 1e-3 * Math.sin(1 + i));
const slope = new Float64Array(n);
linear(n).drift(y, slope);

it("solves (1 − c J) x = r to the goal, and says how far it is", () => {
  const { drift } = linear(n);
  const x = new Float64Array(n);
  const left = new Krylov(n, 30, drift).solve(0.5, y, slope, r, 1e-8, x);
  expect(left).toBeLessThanOrEqual(1e-8);
  expect(residual(n, 0.5, x, r)).toBeLessThan(2e-8);
});

it("takes an evaluation a vector, and no more vectors than it may", () => {
  const { drift, calls } = linear(n);
  const x = new Float64Array(n);
  const left = new Krylov(n, 3, drift).solve(0.5, y, slope, r, 1e-12, x);
  expect(calls()).toBe(3);
  expect(left).toBeGreaterThan(1e-12);
  expect(left).toBeLessThan(0.1 * Math.hypot(...r));
  expect(residual(n, 0.5, x, r)).toBeCloseTo(left, 8);
});

it("does nothing where the residual is small already", () => {
  const { drift, calls } = linear(n);
  const x = new Float64Array(n);
  const left = new Krylov(n, 30, drift).solve(0.5, y, slope, r, 1, x);
  expect(left).toBeCloseTo(Math.hypot(...r), 15);
  expect(calls()).toBe(0);
  expect(x).toEqual(new Float64Array(n));
});

it("ends early where the Krylov space is exhausted", () => {
  const drift = (state: Float64Array, dy: Float64Array) => {
    for (let i = 0; i < n; i++) dy[i] = -2 * state[i];
  };
  const slopes = new Float64Array(n);
  drift(y, slopes);
  const x = new Float64Array(n);
  const left = new Krylov(n, 30, drift).solve(1, y, slopes, r, 1e-10, x);
  expect(left).toBeLessThanOrEqual(1e-10);
  for (let i = 0; i < n; i++) expect(Math.abs(x[i] - r[i] / 3)).toBeLessThan(1e-10);
});
