import { describe, expect, it } from "vitest";
import { DenseSystem } from "../../src/integrate/dense-system.js";
import { normalSource } from "../support/normals.js";

const zeros = (n: number) => new Float64Array(n);

function systemOf(rows: number[][]): DenseSystem {
  const system = new DenseSystem(rows.length, (_, J) => J.set(rows.flat()));
  system.linearise(zeros(rows.length));
  return system;
}

/** x of (1 − hJ) x = b. */
function solved(rows: number[][], h: number, b: number[]): Float64Array {
  const system = systemOf(rows);
  expect(system.decompose(h)).toBe(true);
  const x = Float64Array.from(b);
  system.solve(x);
  return x;
}

/** (1 − hJ) x */
function applied(rows: number[][], h: number, x: ArrayLike<number>): number[] {
  return rows.map((row, i) => x[i] - h * row.reduce((sum, value, j) => sum + value * x[j], 0));
}

describe("(1 − hJ) x = b", () => {
  it("has the solution by hand", () => {
    // 1 − hJ = [[3, 1], [1, 2]]
    const x = solved(
      [
        [-4, -2],
        [-2, -2],
      ],
      0.5,
      [5, 5],
    );
    expect(x[0]).toBeCloseTo(1, 15);
    expect(x[1]).toBeCloseTo(2, 15);
  });

  it.each([1, 2, 5, 12, 30])("is solved for random J of %d rows", (n) => {
    const normal = normalSource(n);
    for (let round = 0; round < 5; round++) {
      const J = Array.from({ length: n }, () => Array.from({ length: n }, () => normal()));
      const exact = Float64Array.from({ length: n }, () => normal());
      const x = solved(J, 0.7, applied(J, 0.7, exact));
      // rounding times condition numbers of some 1000
      for (let i = 0; i < n; i++) expect(Math.abs(x[i] - exact[i])).toBeLessThan(1e-11);
    }
  });

  it("is solved for one J and one h after another", () => {
    const J = [
      [0, 1],
      [-1, 0],
    ];
    const system = systemOf(J);
    for (const h of [1, 0.1, 10, 1]) {
      expect(system.decompose(h)).toBe(true);
      const x = Float64Array.from(applied(J, h, [3, -2]));
      system.solve(x);
      expect(x[0]).toBeCloseTo(3, 14);
      expect(x[1]).toBeCloseTo(-2, 14);
    }
  });

  it("is solved with zeros on the diagonal, by exchanges of rows", () => {
    // 1 − J is a permutation of the rows 2, 3, 4 with a leading zero in each of the first three
    const J = [
      [1, -2, 0, 0],
      [0, 1, -3, 0],
      [0, 0, 1, -4],
      [-5, 0, 0, 1],
    ];
    const x = solved(J, 1, [2, 6, 12, 20]);
    expect([...x]).toEqual([4, 1, 2, 3]);
  });

  it("is solved with a tiny diagonal, which elimination without exchanges would lose", () => {
    const tiny = 1e-20;
    // 1 − J = [[1e-20, 1], [1, 1]]: x = (1, 1) for b = (1, 2)
    const x = solved(
      [
        [1, -1],
        [-1, 0],
      ].map((row, i) => row.map((value, j) => value - (i + j === 0 ? tiny : 0))),
      1,
      [1, 2],
    );
    expect([...x]).toEqual([1, 1]);
  });

  it("takes J where it was linearised last", () => {
    const system = new DenseSystem(1, (y, J) => {
      J[0] = y[0];
    });
    for (const slope of [-1, -3]) {
      system.linearise(Float64Array.of(slope));
      system.decompose(1);
      const x = Float64Array.of(1);
      system.solve(x);
      expect(x[0]).toBeCloseTo(1 / (1 - slope), 15);
    }
  });
});

describe("variables that don't move", () => {
  // the second and the fourth have no rate; others depend on them
  const J = [
    [-1, 7, 2, 3],
    [0, 0, 0, 0],
    [1, 5, -4, 1],
    [0, 0, 0, 0],
  ];

  it("are left out: those that move get what the whole system gives them", () => {
    const exact = [1.5, 0, -2, 0];
    const x = solved(J, 0.3, applied(J, 0.3, exact));
    exact.forEach((value, i) => {
      expect(x[i]).toBeCloseTo(value, 14);
    });
  });

  it("keep their increment of zero", () => {
    const x = solved(J, 0.3, [1, 0, 1, 0]);
    expect([x[1], x[3]]).toEqual([0, 0]);
  });

  it("may be all of them", () => {
    const none = [
      [0, 0],
      [0, 0],
    ];
    expect([...solved(none, 1, [0, 0])]).toEqual([0, 0]);
  });

  it("may change from one state to the next", () => {
    const system = new DenseSystem(2, (y, out) =>
      out.set(y[0] > 0 ? [-1, 0, 0, -3] : [0, 0, 0, -3]),
    );
    const at = (y: number, b: number[]) => {
      system.linearise(Float64Array.of(y, 1));
      system.decompose(1);
      const x = Float64Array.from(b);
      system.solve(x);
      return [...x];
    };
    expect(at(0, [0, 8])).toEqual([0, 2]);
    expect(at(1, [4, 8])).toEqual([2, 2]);
    expect(at(0, [0, 8])).toEqual([0, 2]);
  });
});

describe("decompose says no", () => {
  it.each([
    { what: "a zero", rows: [[1]] },
    {
      what: "parallel rows",
      rows: [
        [0, -2],
        [-2, -3],
      ],
    },
    {
      what: "a column of zeros",
      rows: [
        [1, -1, -1],
        [0, 0, -1],
        [0, -1, 0],
      ],
    },
  ])("to a singular matrix: $what", ({ rows }) => {
    expect(systemOf(rows).decompose(1)).toBe(false);
    expect(systemOf(rows).decompose(0.5)).toBe(true);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "to a diagonal with %d in any row",
    (value) => {
      for (let place = 0; place < 3; place++) {
        const rows = [
          [-1, 0.1, 0],
          [0.1, -1, 0.1],
          [0, 0.1, -1],
        ];
        rows[place][place] = value;
        expect(systemOf(rows).decompose(1)).toBe(false);
      }
    },
  );

  it("or leaves NaN in the solution where it stands above the diagonal", () => {
    const system = systemOf([
      [-1, Number.NaN],
      [0, -1],
    ]);
    const x = Float64Array.of(1, 1);
    if (system.decompose(1)) system.solve(x);
    else x.fill(Number.NaN);
    expect(x[0]).toBeNaN();
  });
});

it("weighs its work in multiplications: a decomposition costs more than a solution from 3 variables on", () => {
  for (const n of [4, 10, 100]) {
    const { work } = new DenseSystem(n, () => {});
    expect(work.decompose).toBeGreaterThan(work.solve);
    expect(work.solve).toBe(n * n);
  }
});
