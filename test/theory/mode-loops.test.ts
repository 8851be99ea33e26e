import { describe, expect, it } from "vitest";
import { LOOPS } from "../../src/theory/mode-loops/loops.wasm.js";
import { type ModeLoops, modeLoops } from "../../src/theory/mode-loops/mode-loops.js";
import { PlainLoops } from "../../src/theory/mode-loops/plain-loops.js";
import { WasmLoops } from "../../src/theory/mode-loops/wasm-loops.js";
import type { ModeSystem } from "../../src/theory/mode-system.js";
import { normalSource } from "../support/normals.js";

// Rounding of a sum, relative to the sum of its terms' sizes.
const ROUNDING = 1e-14;

interface Case {
  readonly system: ModeSystem;
  readonly y: Float64Array;
  readonly encoder: Float64Array;
  readonly decoder: Float64Array;
  readonly cross: Float64Array;
}

/** A system whose last three vectors are a bulk as D → ∞: rho = 0, but ω count in Q. */
function systemOf(K: number, count: number, seed: number): Case {
  const normal = normalSource(seed);
  const normals = (n: number) => Float64Array.from({ length: n }, normal);
  const rho = normals(count)
    .map(Math.abs)
    .fill(0, count - 3);
  const qWeight = rho.map((value) => value || 1);
  const system = { K, count, rho, qWeight } as unknown as ModeSystem;
  const [encoder, decoder] = [normals(K * K), normals(K * K)];
  return { system, y: normals(2 * K * count), encoder, decoder, cross: normals(K) };
}

function lowerTriangular({ encoder, decoder, ...rest }: Case): Case {
  const { K } = rest.system;
  const lower = (value: number, i: number) => (i % K <= Math.floor(i / K) ? value : 0);
  return { ...rest, encoder: encoder.map(lower), decoder: decoder.map(lower) };
}

function sums(loops: ModeLoops, K: number, y: Float64Array) {
  const result = [new Float64Array(K * K), new Float64Array(K * K), new Float64Array(K)];
  loops.sumModes(y, result[0], result[1], result[2]);
  return result;
}

function motion(loops: ModeLoops, { y, encoder, decoder, cross }: Case) {
  const dy = new Float64Array(y.length);
  loops.moveModes(y, dy, encoder, decoder, cross);
  return dy;
}

function expectClose(values: Float64Array, expected: Float64Array, sizes: Float64Array) {
  const worst = values.map((value, i) => Math.abs(value - expected[i]) / (sizes[i] + 1e-300));
  expect(Math.max(...worst)).toBeLessThan(ROUNDING);
}

/** The system with all its numbers positive: nothing cancels, sums are the sizes of sums. */
function positive({ system, y, encoder, decoder, cross }: Case): Case {
  return {
    system,
    y: y.map(Math.abs),
    encoder: encoder.map(Math.abs),
    decoder: decoder.map((value) => -Math.abs(value)),
    cross: cross.map(Math.abs),
  };
}

const SIZES = Array.from({ length: 67 }, (_, i) => i + 4);

describe.each(SIZES)("in tiles as one by one, K = %i", (K) => {
  // more vectors than are taken at a time, by 0 to 3
  const some = 4 * Math.ceil(256 / K);
  it.each([4, 5, 6, 7, some + (K % 4), 2 * some + 3 - (K % 4)])("%i vectors", (count) => {
    const full = systemOf(K, count, 100 * K + count);
    for (const weightDecay of [0, 0.3]) {
      for (const truncated of [false, true]) {
        const rule = { weightDecay, truncated };
        const one = truncated ? lowerTriangular(full) : full;
        const sized = positive(one);
        const plain = new PlainLoops(one.system, rule);
        const tiled = new WasmLoops(one.system, rule);
        const scales = sums(plain, K, sized.y);
        const expected = sums(plain, K, one.y);
        sums(tiled, K, one.y).forEach((sum, i) => expectClose(sum, expected[i], scales[i]));
        const all = new PlainLoops(one.system, { weightDecay: -weightDecay, truncated });
        expectClose(motion(tiled, one), motion(plain, one), motion(all, sized));
      }
    }
  });
});

describe("plain loops are the formulas", () => {
  it.each([1, 2, 3, 4, 5])("K = %i", (K) => {
    for (const count of [3, 4, 7]) {
      for (const truncated of [false, true]) {
        const one = systemOf(K, count, K + 10 * count);
        const kappa = 0.3;
        const plain = new PlainLoops(one.system, { weightDecay: kappa, truncated });
        const { rho, qWeight } = one.system;
        const omega = (v: number, k: number) => one.y[2 * K * v + k];
        const nu = (v: number, k: number) => one.y[2 * K * v + K + k];
        const total = (n: number, term: (i: number) => number) =>
          Array.from({ length: n }, (_, i) => term(i)).reduce((sum, value) => sum + value, 0);
        const [Q, T0, R] = sums(plain, K, one.y);
        const dy = motion(plain, one);
        for (let k = 0; k < K; k++) {
          for (let a = 0; a <= k; a++) {
            const q = total(count, (v) => qWeight[v] * omega(v, k) * omega(v, a));
            expect(Q[k * K + a]).toBeCloseTo(q, 12);
            expect(T0[k * K + a]).toBeCloseTo(
              total(count, (v) => nu(v, k) * nu(v, a)),
              12,
            );
          }
          expect(R[k]).toBeCloseTo(
            total(count, (v) => rho[v] * omega(v, k) * nu(v, k)),
            12,
          );
          const last = truncated ? k + 1 : K;
          for (let v = 0; v < count; v++) {
            const C = total(last, (a) => one.encoder[k * K + a] * omega(v, a));
            const B = total(last, (a) => one.decoder[k * K + a] * nu(v, a));
            const dOmega = rho[v] * (C + one.cross[k] * nu(v, k)) - kappa * omega(v, k);
            const dNu = rho[v] * one.cross[k] * omega(v, k) - B - kappa * nu(v, k);
            expect(dy[2 * K * v + k]).toBeCloseTo(dOmega, 12);
            expect(dy[2 * K * v + K + k]).toBeCloseTo(dNu, 12);
          }
        }
      }
    }
  });
});

it("systems that share a memory don't disturb each other", () => {
  const rule = { weightDecay: 0.1, truncated: false };
  const [small, large] = [systemOf(5, 8, 1), systemOf(20, 1000, 2)];
  const loops = [small, large, small].map(({ system }) => new WasmLoops(system, rule));
  const before = [sums(loops[0], 5, small.y), motion(loops[0], small)];
  // what is left of others reaches no result, not even as 0 · NaN
  loops[1].moveModes(
    large.y.map(() => Number.NaN),
    large.y,
    ...matricesOf(large),
  );
  for (const again of [loops[0], loops[2]]) {
    expect([sums(again, 5, small.y), motion(again, small)]).toEqual(before);
  }
});

function matricesOf({ encoder, decoder, cross }: Case) {
  return [encoder, decoder, cross] as const;
}

it("is so short that browsers compile it without waiting: less than 4 kB", () => {
  expect(atob(LOOPS).length).toBeLessThan(4096);
});

it("takes tiles for large systems only", () => {
  const rule = { weightDecay: 0, truncated: false };
  const kind = (K: number, count: number) => modeLoops(systemOf(K, count, 1).system, rule);
  for (const [K, count] of [
    [3, 1000],
    [4, 10],
    [100, 3],
  ]) {
    expect(kind(K, count)).toBeInstanceOf(PlainLoops);
  }
  for (const [K, count] of [
    [4, 20],
    [10, 4],
  ])
    expect(kind(K, count)).toBeInstanceOf(WasmLoops);
});
