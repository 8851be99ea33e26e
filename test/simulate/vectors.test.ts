import { describe, expect, it } from "vitest";
import { heapSpace } from "../../src/simulate/vectors/heap-space.js";
import { wasmSpace } from "../../src/simulate/vectors/wasm-space.js";
import { normalSource } from "../support/normals.js";

const LENGTHS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 100, 1001];

describe.each([
  ["heap", () => heapSpace],
  ["wasm", (n: number) => wasmSpace([n, n, n, 3, 2, 2])],
] as const)("vectors in the %s space", (name, spaceFor) => {
  it.each(LENGTHS)("obey their formulas, n = %i, and touch nothing beyond", (n) => {
    const space = spaceFor(n + 1);
    const normal = normalSource(n);
    const [x, y, z] = [0, 1, 2].map(() => {
      const vector = space.allocate(n + 1);
      expect(vector.every((value) => value === 0)).toBe(true);
      return vector.map(() => normal()).reduce((v, value, i) => ((v[i] = value), v), vector);
    });
    const [x0, y0, z0] = [x, y, z].map((vector) => [...vector]);
    const out = space.allocate(3);
    space.dot(out, 1, x, y, n);
    let sum = 0;
    let size = 0;
    for (let i = 0; i < n; i++) {
      sum += x0[i] * y0[i];
      size += Math.abs(x0[i] * y0[i]);
    }
    expect(out[0]).toBe(0);
    expect(Math.abs(out[1] - sum)).toBeLessThan(1e-14 * size + 1e-300);

    const factors = space.allocate(2);
    const step = space.allocate(2);
    factors[1] = 0.7;
    step.set([0.3, 0.9]);
    space.subtract(y, factors, 1, x, n);
    space.learn(z, step, factors, 1, x, n);
    for (let i = 0; i < n; i++) {
      expect(y[i]).toBe(y0[i] - 0.7 * x0[i]);
      expect(z[i]).toBe(0.9 * z0[i] + 0.3 * 0.7 * x0[i]);
    }
    const kept = [...z];
    space.scale(z, y, n);
    for (let i = 0; i < n; i++) expect(z[i]).toBe(kept[i] * y[i]);
    space.copy(x, y, n);
    expect([...x.subarray(0, n)]).toEqual([...y.subarray(0, n)]);
    expect([x[n], y[n], z[n]]).toEqual([x0[n], y0[n], z0[n]]);
  });

  it.each(LENGTHS)("do for rows what they do for each, n = %i", (n) => {
    const space = name === "heap" ? heapSpace : wasmSpace([...new Array(8).fill(n), 3, 3, 3, 2]);
    const normal = normalSource(n + 1);
    const fill = (vector: Float64Array) => vector.set(vector.map(() => normal()));
    const [rows, same] = [space.allocateRows(3, n), space.allocateRows(3, n)];
    const [x, y] = [space.allocate(n), space.allocate(n)];
    const [out, each, factors] = [0, 1, 2].map(() => space.allocate(3));
    const step = space.allocate(2);
    step.set([0.3, 0.9]);
    for (const vector of [...rows, x, factors]) fill(vector);
    same.forEach((row, k) => row.set(rows[k]));

    space.dotRows(out, rows, x, n);
    same.forEach((row, k) => space.dot(each, k, row, x, n));
    expect([...out]).toEqual([...each]);
    space.learnRows(rows, step, factors, x, n);
    same.forEach((row, k) => space.learn(row, step, factors, k, x, n));
    expect(rows.map((row) => [...row])).toEqual(same.map((row) => [...row]));
    y.set(x);
    space.subtractRows(x, factors, rows, n);
    same.forEach((row, k) => space.subtract(y, factors, k, row, n));
    expect([...x]).toEqual([...y]);
  });
});
