import { inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import type { ModeSystem } from "../../src/theory/mode-system.js";
import { ValleyCoordinates } from "../../src/theory/valley-coordinates.js";
import { normalSource } from "../support/normals.js";

/*
 * The coordinates by the formulas of their docstring, written here with matrices [K][vectors] of the vectors
 * with rho > 0.
 */

interface Case {
  K: number;
  /** with rho > 0 */
  modes: number;
  /** with rho = 0 */
  still: number;
  /** decoders against encoders */
  growth: number;
}

function systemOf({ K, modes, still }: Case): ModeSystem {
  const rho = Float64Array.from({ length: modes + still }, (_, v) => (v < modes ? 1 / (v + 1) : 0));
  // one of the vectors that stay is in between
  if (still > 1) rho.copyWithin(1, 0, modes).fill(0, 0, 1);
  return { K, count: rho.length, rho } as unknown as ModeSystem;
}

type Halves = { W: Matrix; N: Matrix };

/** Encoders and decoders of a state, or of its rates. */
function halves({ K, rho }: ModeSystem, y: Float64Array): Halves {
  const moving = [...rho.keys()].filter((v) => rho[v] > 0);
  const part = (from: number) =>
    new Matrix(Array.from({ length: K }, (_, k) => moving.map((v) => y[2 * K * v + from + k])));
  return { W: part(0), N: part(K) };
}

/** The state of these halves; vectors with rho = 0 as in `rest`. */
function joined({ K, rho }: ModeSystem, { W, N }: Halves, rest: Float64Array): Float64Array {
  const y = rest.slice();
  let column = 0;
  rho.forEach((value, v) => {
    if (!(value > 0)) return;
    for (let k = 0; k < K; k++) {
      y[2 * K * v + k] = W.get(k, column);
      y[2 * K * v + K + k] = N.get(k, column);
    }
    column++;
  });
  return y;
}

const shifted = (c: number, A: Matrix) => Matrix.add(A, Matrix.eye(A.rows).mul(c));

/** Whether decoders are so much larger that there is a valley; before it x is the state. */
function isValley({ W, N }: Halves): boolean {
  return N.norm() ** 2 > 10 * W.norm() ** 2;
}

/** M and N − n of a state (W, N) with n: W = M and N = n where the formulas hold and M, n are its x. */
function formulas(start: Halves, n: Matrix, { W, N }: Halves) {
  const c = start.W.norm() ** 2 / start.W.rows;
  const T = (A: Matrix) => shifted(c, start.N.mmul(A.transpose()));
  const M = inverse(T(start.N)).mmul(T(N)).mmul(W);
  const toW = inverse(T(n)).mmul(T(start.N));
  const V = toW.mmul(start.W);
  const Z = toW.mmul(Matrix.sub(M, start.W));
  const X = shifted(c, n.mmul(n.transpose()));
  const Phi = V.mmul(Z.transpose()).mmul(inverse(X)).mmul(n);
  return isValley(start) ? { M, Phi } : { M: W, Phi: Phi.mul(0) };
}

const largest = (values: Iterable<number>) =>
  [...values].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const distance = (a: Float64Array, b: Float64Array) => largest(a.map((value, i) => value - b[i]));

const cases: Case[] = [1, 2, 3, 4].flatMap((K) =>
  [
    { modes: K, still: 0 },
    { modes: K + 2, still: 2 },
    { modes: Math.max(1, K - 1), still: 1 },
  ].flatMap((size) => [0.5, 3, 30].map((growth) => ({ K, growth, ...size }))),
);

describe.each(cases)(
  "K = $K, $modes vectors that move and $still that don't, decoders $growth times as large",
  (one) => {
    const system = systemOf(one);
    const { K, count, rho } = system;
    const normal = normalSource(K + 10 * one.modes);
    const vectorOf = (i: number) => Math.floor(i / (2 * K));
    const isDecoder = (i: number) => i % (2 * K) >= K;
    const random = (size: number) =>
      Float64Array.from(
        { length: 2 * K * count },
        (_, i) => size * normal() * (isDecoder(i) ? one.growth : 1),
      );
    // a random part beside one that keeps matrices away from singular ones
    const start = random(0.3).map((value, i) => {
      const k = i % K;
      return value + (vectorOf(i) % K === k ? (isDecoder(i) ? one.growth : 1) : 0);
    });
    const near = random(0.03).map((value, i) => start[i] + value);
    const coordinates = new ValleyCoordinates(system);
    coordinates.center(start);
    const stateOf = (x: Float64Array) => {
      const y = new Float64Array(x.length).fill(Number.NaN);
      expect(coordinates.state(x, y)).toBe(true);
      return y;
    };
    const pushed = (x: Float64Array, dy: Float64Array) => {
      const rate = dy.slice();
      coordinates.push(stateOf(x), rate);
      return rate;
    };

    it("agree with the state at the start", () => {
      expect(distance(stateOf(start), start)).toBeLessThan(1e-13 * one.growth + 1e-14);
    });

    it("obey their formulas elsewhere", () => {
      const x = halves(system, near);
      const y = halves(system, stateOf(near));
      const { M, Phi } = formulas(halves(system, start), x.N, y);
      // rounding times the condition of T, some 10 growth²
      expect(Matrix.sub(M, x.W).norm()).toBeLessThan(1e-13 * (1 + one.growth ** 2));
      expect(Matrix.sub(Matrix.sub(y.N, x.N), Phi).norm()).toBeLessThan(
        1e-13 * (1 + one.growth ** 2),
      );
      // and in the valley the map is none that does nothing
      const moved = distance(stateOf(near), near);
      if (isValley(halves(system, start))) expect(moved).toBeGreaterThan(1e-4);
      else expect(moved).toBe(0);
    });

    it("push rates as differences of the state", () => {
      for (const x of [start, near]) {
        const y = stateOf(x);
        const dy = random(1);
        const rate = pushed(x, dy);
        const h = 1e-4;
        const at = (step: number) => stateOf(x.map((value, i) => value + step * rate[i]));
        const [far, farther] = [h, 2 * h].map((step) => {
          const [up, down] = [at(step), at(-step)];
          return up.map((value, i) => (value - down[i]) / (2 * step));
        });
        const slope = far.map((value, i) => (4 * value - farther[i]) / 3);
        // differences err by h⁴ and by rounding/h
        expect(distance(slope, dy)).toBeLessThan(1e-8 * largest(dy));
        expect(distance(stateOf(x), y)).toBe(0);
      }
    });

    it("push rates at the start as elsewhere", () => {
      const dy = random(1);
      const rate = dy.slice();
      coordinates.pushStart(rate);
      expect(distance(rate, pushed(start, dy))).toBeLessThan(1e-12 * largest(rate));
      if (isValley(halves(system, start))) expect(distance(rate, dy)).toBeGreaterThan(1e-3);
    });

    it("pull back what they push at the start", () => {
      const dy = random(1);
      const rate = dy.slice();
      coordinates.pushStart(rate);
      coordinates.pullStart(rate);
      expect(distance(rate, dy)).toBeLessThan(1e-12 * largest(dy));
      coordinates.pullStart(rate);
      coordinates.pushStart(rate);
      expect(distance(rate, dy)).toBeLessThan(1e-12 * largest(dy));
    });

    it("leave vectors with rho = 0 as they are", () => {
      const [y, dy] = [stateOf(near), random(1)];
      const rate = pushed(near, dy);
      const [pushedStart, pulled] = [dy.slice(), dy.slice()];
      coordinates.pushStart(pushedStart);
      coordinates.pullStart(pulled);
      near.forEach((value, i) => {
        if (rho[vectorOf(i)] > 0) return;
        expect([y[i], rate[i], pushedStart[i], pulled[i]]).toEqual([value, dy[i], dy[i], dy[i]]);
      });
    });

    it("are made anew for another start", () => {
      const other = new ValleyCoordinates(system);
      other.center(near);
      other.center(start);
      const y = new Float64Array(near.length);
      other.state(near, y);
      expect(y).toEqual(stateOf(near));
    });
  },
);

describe.each([
  { K: 1, modes: 1, still: 0 },
  { K: 1, modes: 3, still: 1 },
  { K: 2, modes: 2, still: 0 },
  { K: 3, modes: 4, still: 0 },
  { K: 3, modes: 2, still: 0 },
])("far in the valley, K = $K with $modes modes", (size) => {
  const GROWTH = 1000;
  const system = systemOf({ ...size, growth: GROWTH });
  const { K } = system;
  const normal = normalSource(5);
  const matrix = (rows: number, columns: number, scale: number) =>
    new Matrix(rows, columns).apply(function set(this: Matrix, i: number, j: number) {
      this.set(i, j, (i === j ? scale : 0) + 0.3 * scale * normal());
    });
  const start: Halves = { W: matrix(K, size.modes, 1), N: matrix(K, size.modes, GROWTH) };
  const rest = new Float64Array(2 * K * system.count);
  const y0 = joined(system, start, rest);
  const coordinates = new ValleyCoordinates(system);
  coordinates.center(y0);
  // c against decoders squared, times conditions
  const SMALL = 100 / GROWTH ** 2;

  /** The state S⁻¹ W₀, Sᵀ N₀. */
  function moved(S: Matrix): Halves {
    return { W: inverse(S).mmul(start.W), N: S.transpose().mmul(start.N) };
  }

  /** Rates at x = (W₀, n), which is on the valley. */
  function pushedAt(n: Matrix, rates: (y: Halves) => Halves): Halves {
    const y = new Float64Array(y0.length);
    expect(coordinates.state(joined(system, { W: start.W, N: n }, rest), y)).toBe(true);
    const dy = joined(system, rates(halves(system, y)), rest);
    coordinates.push(y, dy);
    return halves(system, dy);
  }

  const along = [Matrix.eye(K), shifted(1, matrix(K, K, 0.2)), shifted(0.5, matrix(K, K, 0.1))];

  it("N → SᵀN, W → S⁻¹W changes n alone", () => {
    // with fewer modes than neurons parts of S that do nothing to N would move W
    for (const S of size.modes >= K ? along : along.slice(0, 1)) {
      const { W, N } = moved(S);
      const y = new Float64Array(y0.length);
      coordinates.state(joined(system, { W: start.W, N }, rest), y);
      const reached = halves(system, y);
      expect(Matrix.sub(reached.N, N).norm()).toBeLessThan(SMALL * N.norm());
      expect(Matrix.sub(reached.W, W).norm()).toBeLessThan(SMALL * W.norm());
    }
  });

  it("rates along it change n alone", () => {
    for (const S of along) {
      const A = matrix(K, K, 1);
      const { N: n } = moved(S);
      const rates = pushedAt(n, ({ W, N }) => ({
        W: A.mmul(W).mul(-1),
        N: A.transpose().mmul(N),
      }));
      if (size.modes >= K) expect(rates.W.norm()).toBeLessThan(SMALL * start.W.norm());
      const exact = A.transpose().mmul(n);
      expect(Matrix.sub(rates.N, exact).norm()).toBeLessThan(SMALL * exact.norm());
    }
  });

  it("forces across it, Ẇ = N F, Ṅ = W Fᵀ, change M alone", () => {
    for (const S of along) {
      const { N: n } = moved(S);
      // of F only what decoders see
      const F = n.transpose().mmul(matrix(K, size.modes, 1 / GROWTH));
      let decoderRate = 0;
      const rates = pushedAt(n, ({ W, N }) => {
        const force = { W: N.mmul(F), N: W.mmul(F.transpose()) };
        decoderRate = force.N.norm();
        return force;
      });
      expect(rates.N.norm()).toBeLessThan(SMALL * decoderRate);
      expect(rates.W.norm()).toBeGreaterThan(1);
    }
  });
});

describe("at special starts", () => {
  const one = { K: 1, count: 1, rho: Float64Array.of(1) } as unknown as ModeSystem;

  it("nothing is changed where decoders are zero, or all amplitudes", () => {
    for (const start of [
      [0, 0],
      [0.5, 0],
    ]) {
      const coordinates = new ValleyCoordinates(one);
      coordinates.center(Float64Array.from(start));
      const y = new Float64Array(2);
      expect(coordinates.state(Float64Array.of(0.25, 0.75), y)).toBe(true);
      expect([...y]).toEqual([0.25, 0.75]);
    }
  });

  it("encoders of zero make no map of their size", () => {
    const coordinates = new ValleyCoordinates(one);
    coordinates.center(Float64Array.of(0, 4));
    const y = new Float64Array(2);
    expect(coordinates.state(Float64Array.of(0.1, 5), y)).toBe(true);
    // c = 1: W = (1 + 16)/(1 + 20) M
    expect(y[0]).toBeCloseTo((0.1 * 17) / 21, 15);
    expect(y[1]).toBeCloseTo(5, 15);
  });

  it("a state beyond the map is refused: T(n) = 0, and NaN", () => {
    const coordinates = new ValleyCoordinates(one);
    coordinates.center(Float64Array.of(1, 4));
    const y = new Float64Array(2);
    expect(coordinates.state(Float64Array.of(1, -0.25), y)).toBe(false);
    expect(coordinates.state(Float64Array.of(1, Number.NaN), y)).toBe(false);
    expect(coordinates.state(Float64Array.of(1, 4.5), y)).toBe(true);
  });

  it("before the valley every state is its own", () => {
    const coordinates = new ValleyCoordinates(one);
    coordinates.center(Float64Array.of(1, 2));
    const y = new Float64Array(2);
    expect(coordinates.state(Float64Array.of(1, -0.5), y)).toBe(true);
    expect([...y]).toEqual([1, -0.5]);
  });
});
