import { describe, expect, it } from "vitest";
import { DenseSystem } from "../../src/integrate/dense-system.js";
import { ExtrapolationStep, ROWS, SUBSTEPS } from "../../src/integrate/extrapolation.js";
import type { StiffProblem } from "../../src/integrate/integration.js";
import type { LinearSystem } from "../../src/integrate/linear-system.js";
import { integrateSeulex } from "../../src/integrate/seulex.js";
import { CovarianceError } from "../../src/model/activations/determinant.js";
import { collect } from "../support/initial-value.js";

const TOLERANCES = { relTol: 1e-9, absTol: 1e-12, maxSteps: 10_000 };

type Rate = (y: Float64Array, dy: Float64Array) => void;

function problemOf(start: number[], drift: Rate, jacobian: Rate): StiffProblem {
  const system = new DenseSystem(start.length, jacobian);
  return { start: Float64Array.from(start), drift, system, cost: 10 };
}

const scalar = (start: number, f: (y: number) => number, slope: (y: number) => number) =>
  problemOf(
    [start],
    (y, dy) => {
      dy[0] = f(y[0]);
    },
    (y, J) => {
      J[0] = slope(y[0]);
    },
  );

function run(problem: StiffProblem, times: number[], tolerances = TOLERANCES) {
  return collect(integrateSeulex, problem, times, tolerances);
}

/** Kaps' problem: y = (exp(−2t), exp(−t)) for every ε; its slopes are of order 1/ε. */
function kaps(epsilon: number): StiffProblem {
  return problemOf(
    [1, 1],
    (y, dy) => {
      dy[0] = (y[1] * y[1] - y[0]) / epsilon - 2 * y[0];
      dy[1] = y[0] - y[1] - y[1] * y[1];
    },
    (y, J) => {
      J.set([-1 / epsilon - 2, (2 * y[1]) / epsilon, 1, -1 - 2 * y[1]]);
    },
  );
}

function kapsError(t: number, y: ArrayLike<number>): number {
  return Math.max(Math.abs(y[0] - Math.exp(-2 * t)), Math.abs(y[1] - Math.exp(-t)));
}

/** Two variables that turn into each other a thousand times as fast as their sum falls. */
const exchange = (a: number, b: number) =>
  problemOf(
    [a, b],
    (y, dy) => {
      dy[0] = 1000 * (y[1] - y[0]) - y[0];
      dy[1] = 1000 * (y[0] - y[1]) - y[1];
    },
    (_, J) => {
      J.set([-1001, 1000, 1000, -1001]);
    },
  );

describe("a step of fixed length", () => {
  /** Largest error at t = 1 after steps that end in this row, counted from 1. */
  function errorOf(row: number, steps: number, jacobian: Rate): number {
    const { start, drift } = kaps(1);
    const system = new DenseSystem(2, jacobian);
    const step = new ExtrapolationStep(2, drift, system);
    step.scale.fill(1);
    const y = start.slice();
    const slope = new Float64Array(2);
    for (let i = 0; i < steps; i++) {
      drift(y, slope);
      system.linearise(y);
      step.begin(y, slope);
      for (let j = 0; j < row; j++) expect(step.compute(j, 1 / steps)).toBe("ok");
      expect(step.end(y)).toBe(true);
    }
    return kapsError(1, y);
  }

  const exact: Rate = (y, J) => J.set([-3, 2 * y[1], 1, -1 - 2 * y[1]]);
  const wrong: Rate = (_, J) => J.set([-1, 0.5, -0.7, -2]);
  const rows = [2, 3, 4, 5, 6].flatMap((row) => [
    { row, matrix: "the exact Jacobian", jacobian: exact },
    { row, matrix: "a wrong matrix", jacobian: wrong },
  ]);

  it.each(rows)("that ends in row $row has order $row with $matrix", ({ row, jacobian }) => {
    const errors = [8, 16, 32].map((steps) => errorOf(row, steps, jacobian));
    const orders = [0, 1].map((i) => Math.log2(errors[i] / errors[i + 1]));
    // the next term of the error, a power of H higher, takes a part ∝ H from the order measured
    expect(Math.abs(2 * orders[1] - orders[0] - row)).toBeLessThan(0.15);
    // rounding is some 1e-15
    expect(errors[2]).toBeGreaterThan(1e-14);
  });
});

describe("the work of a step", () => {
  it("is n − 1 evaluations, a decomposition and n solutions a row, one more to see that it is stable", () => {
    const { start, drift, system } = kaps(0.1);
    const step = new ExtrapolationStep(2, drift, system);
    step.scale.fill(1);
    const slope = new Float64Array(2);
    drift(start, slope);
    system.linearise(start);
    step.begin(start, slope);
    let [evaluations, solutions] = [0, 0];
    for (let j = 0; j < ROWS; j++) {
      step.compute(j, 0.1);
      evaluations += SUBSTEPS[j] - 1;
      solutions += SUBSTEPS[j] + (j < 2 ? 1 : 0);
      expect([step.evaluations, step.solutions]).toEqual([evaluations, solutions]);
      expect(step.decompositions).toBe(j + 1);
    }
  });

  it.each([0, 1])("ends in row %d where a Newton iteration would diverge", (j) => {
    // J = 0 for a rate of −1000: stable below h = 1/1000
    const fast = scalar(
      1,
      (y) => -1000 * y,
      () => 0,
    );
    const outcome = (H: number) => {
      const step = new ExtrapolationStep(1, fast.drift, fast.system);
      step.scale.fill(1e-6);
      fast.system.linearise(fast.start);
      step.begin(fast.start, Float64Array.of(-1000));
      return step.compute(j, H);
    };
    expect(outcome(0.5e-3 * SUBSTEPS[j])).toBe("ok");
    expect(outcome(2e-3 * SUBSTEPS[j])).toBe("unstable");
  });
});

describe("requested times", () => {
  const times = [0, 1e-7, 0.01, 1 / 30, 0.1, 0.1 + 1e-9, 0.3, 5];
  const { result, t, y } = run(kaps(1e-6), times);

  it("are hit exactly, the first and the last included", () => {
    expect(result.status).toBe("ok");
    expect(t).toEqual(times);
    expect(result.t).toBe(5);
    expect([...result.y]).toEqual(y.at(-1));
  });

  it("have the solution to the tolerance", () => {
    t.forEach((time, k) => {
      expect(kapsError(time, y[k])).toBeLessThan(1e-9);
    });
  });

  it("report their work", () => {
    const { work } = result;
    expect(work.method).toBe("seulex");
    expect(work.steps).toBeGreaterThanOrEqual(times.length - 1);
    expect(work.evaluations).toBeGreaterThan(2 * work.steps);
    // no step ends before row 2
    expect(work.decompositions).toBeGreaterThanOrEqual(2 * work.steps);
    // the largest rate, 10⁶, would take an explicit method millions of evaluations
    expect(work.evaluations).toBeLessThan(3000);
  });
});

it("hits times that t + (goal − t) rounds past", () => {
  const still = scalar(
    3,
    () => 0,
    () => 0,
  );
  const times = Array.from({ length: 60 }, (_, i) => 0.1 * 2.7 ** i);
  const misses = times.filter((goal, i) => i > 0 && times[i - 1] + (goal - times[i - 1]) !== goal);
  expect(misses.length).toBeGreaterThan(0);
  const { result, t } = run(still, times);
  expect([result.status, t]).toEqual(["ok", times]);
  expect(result.work.steps).toBe(times.length);
});

it("goes on as before after two requested times of almost no distance", () => {
  const evaluations = (times: number[]) => run(kaps(1e-6), times).result.work.evaluations;
  // two more steps; once short steps never grew again, which took 49,000 evaluations instead of 174
  expect(evaluations([0.1, 0.1 + 1e-9, 0.3])).toBeLessThan(2 * evaluations([0.1, 0.3]));
});

it("starts at the problem's time", () => {
  const from7 = run({ ...kaps(1e-3), time: 7 }, [7, 7.5, 9]);
  expect([from7.result.status, from7.t]).toEqual(["ok", [7, 7.5, 9]]);
  expect(from7.y[0]).toEqual([1, 1]);
  from7.t.forEach((t, k) => {
    expect(kapsError(t - 7, from7.y[k])).toBeLessThan(1e-9);
  });
});

it("tries the first step that the problem names", () => {
  const ends: number[] = [];
  const problem = { ...kaps(1), step: 1e-3 };
  const watch = (t: number) => ends.push(t) < 1;
  const { rejected } = integrateSeulex(
    problem,
    Float64Array.of(1),
    TOLERANCES,
    () => {},
    undefined,
    watch,
  ).work;
  expect([ends, rejected]).toEqual([[1e-3], 0]);
});

it("ends where its watch says so, with no more output", () => {
  const lengths: number[] = [];
  const seen: number[] = [];
  const result = integrateSeulex(
    kaps(1),
    Float64Array.of(1e-9, 1),
    TOLERANCES,
    (t) => seen.push(t),
    undefined,
    (_, _y, next) => lengths.push(next) < 3,
  );
  expect([result.status, result.work.steps, seen]).toEqual(["ok", 3, [1e-9]]);
  expect(result.t).toBeLessThan(1);
  expect(lengths.every((next) => next > 0)).toBe(true);
});

it("needs nothing but the start where only t = 0 is asked for", () => {
  const { result, t, y } = run(kaps(1e-6), [0]);
  expect([result.status, t, y, result.work.steps]).toEqual(["ok", [0], [[1, 1]], 0]);
});

it("stays where nothing moves, in one step", () => {
  const still = scalar(
    3,
    () => 0,
    () => 0,
  );
  const { result, y } = run(still, [1e9]);
  expect([result.status, y, result.work.steps]).toEqual(["ok", [[3]], 1]);
});

it("leaves zero by a slope", () => {
  const rise = scalar(
    0,
    (y) => 1 - y,
    () => -1,
  );
  const { y } = run(rise, [1]);
  expect(Math.abs(y[0][0] - (1 - Math.exp(-1)))).toBeLessThan(1e-9);
});

it("follows a growing solution", () => {
  const logistic = scalar(
    1e-3,
    (y) => y * (1 - y),
    (y) => 1 - 2 * y,
  );
  const times = [5, 10, 20];
  const { y } = run(logistic, times);
  times.forEach((t, k) => {
    const exact = 1 / (1 + 999 * Math.exp(-t));
    // errors made early grow a hundredfold on the way to 1
    expect(Math.abs(y[k][0] / exact - 1)).toBeLessThan(1e-8);
  });
});

it("follows an oscillation", () => {
  const circle = problemOf(
    [1, 0],
    (y, dy) => {
      dy[0] = y[1];
      dy[1] = -y[0];
    },
    (_, J) => J.set([0, 1, -1, 0]),
  );
  const { y } = run(circle, [10]);
  expect(Math.abs(y[0][0] - Math.cos(10))).toBeLessThan(1e-8);
});

it("errs in proportion to the tolerance", () => {
  const errors = [1e-4, 1e-6, 1e-8, 1e-10].map((relTol) => {
    const { y } = run(kaps(0.1), [1], { ...TOLERANCES, relTol, absTol: relTol / 1000 });
    return kapsError(1, y[0]) / relTol;
  });
  for (const error of errors) {
    expect(error).toBeGreaterThan(1e-4);
    expect(error).toBeLessThan(1);
  }
});

it("takes fewer evaluations at a looser tolerance", () => {
  const evaluations = [1e-3, 1e-6, 1e-9, 1e-12].map((relTol) => {
    const { result } = run(kaps(1e-3), [1], { ...TOLERANCES, relTol, absTol: relTol / 1000 });
    return result.work.evaluations;
  });
  expect(evaluations).toEqual([...evaluations].sort((a, b) => a - b));
});

describe("a rate of 10⁸ towards 1", () => {
  const fast = (start: number) =>
    scalar(
      start,
      (y) => -1e8 * (y - 1),
      () => -1e8,
    );

  it("is gone after the first steps, which become as long as one likes", () => {
    const { result, y } = run(fast(0), [1e-8, 1, 1e6]);
    expect(result.status).toBe("ok");
    expect(Math.abs(y[0][0] - (1 - Math.exp(-1)))).toBeLessThan(1e-9);
    // what is left is the rounding of f: 1e8 y − 1e8 is 1e-8 coarse, which 1/(1 + hJ) takes back
    expect(Math.abs(y[1][0] - 1)).toBeLessThan(1e-14);
    expect(Math.abs(y[2][0] - 1)).toBeLessThan(1e-14);
    // steps grow by √10 at least in row 2: 10¹⁴ of them would be needed by an explicit method
    expect(result.work.steps).toBeLessThan(100);
  });

  it("is damped by every row of a single long step: the method is L-stable", () => {
    const { start, drift, system } = fast(0);
    const step = new ExtrapolationStep(1, drift, system);
    step.scale.fill(1);
    const slope = new Float64Array(1);
    const y = new Float64Array(1);
    drift(start, slope);
    system.linearise(start);
    step.begin(start, slope);
    for (let j = 0; j < ROWS; j++) {
      expect(step.compute(j, 1)).toBe("ok");
      step.end(y);
      // implicit Euler leaves (1 + hλ)⁻², λ = 10⁸ and h ≥ 1/20; weights of the tableau add to some 10⁵
      expect(Math.abs(y[0] - 1)).toBeLessThan(1e-7);
    }
  });

  it("holds in systems with a sum that falls slowly", () => {
    const { y } = run(exchange(2, 0), [1]);
    for (const value of y[0]) expect(Math.abs(value - Math.exp(-1))).toBeLessThan(1e-10);
  });
});

it("gives the same numbers every time", () => {
  const times = [0.1, 0.2, 3];
  expect(run(kaps(1e-3), times)).toEqual(run(kaps(1e-3), times));
});

it("leaves the start as it was given", () => {
  const problem = kaps(1e-3);
  run(problem, [1]);
  expect([...problem.start]).toEqual([1, 1]);
});

it("counts every call of the right-hand side, of the Jacobian and of decompositions", () => {
  const problem = kaps(1e-4);
  const calls = { drift: 0, linearise: 0, decompose: 0, solve: 0 };
  const { system } = problem;
  const counted: StiffProblem = {
    ...problem,
    drift(y, dy) {
      calls.drift++;
      problem.drift(y, dy);
    },
    system: {
      work: system.work,
      linearise(y) {
        calls.linearise++;
        system.linearise(y);
      },
      decompose(h) {
        calls.decompose++;
        return system.decompose(h);
      },
      solve(b) {
        calls.solve++;
        system.solve(b);
      },
    },
  };
  const { work } = run(counted, [0.1, 2]).result;
  expect([work.evaluations, work.decompositions]).toEqual([calls.drift, calls.decompose]);
  // one at the start of every step, and none for a step tried again
  expect(calls.linearise).toBe(work.steps);
  expect(calls.solve).toBeGreaterThan(calls.drift);
});

it("tells of its progress", () => {
  const seen: number[] = [];
  const result = integrateSeulex(
    kaps(1e-3),
    Float64Array.of(0.1),
    TOLERANCES,
    () => {},
    (t) => seen.push(t),
  );
  expect(seen).toHaveLength(result.work.steps + 1);
  expect([seen[0], seen.at(-1)]).toEqual([0, 0.1]);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

describe("trouble ends in a named status with advice", () => {
  it("non-finite: a right-hand side that is NaN from some state on", () => {
    const { result, t } = run(
      scalar(
        0,
        (y) => (y > 1 ? Number.NaN : 1),
        () => 0,
      ),
      [0.1, 0.5, 2, 3],
    );
    expect(result.status).toBe("non-finite");
    expect(result.message).toMatch(/^stopped at t = [\d.]+: .*not finite.*initial/);
    // f is asked at the beginnings of substeps, so that a step may end beyond
    expect(result.t).toBeGreaterThan(0.99);
    expect(result.t).toBeLessThan(1.5);
    expect([...result.y]).toEqual([expect.closeTo(result.t, 12)]);
    expect(t).toEqual([0.1, 0.5]);
  });

  it("non-finite: at the very start", () => {
    const { result, t } = run(
      scalar(
        Number.NaN,
        (y) => y,
        () => 1,
      ),
      [0, 1],
    );
    expect([result.status, result.t, t]).toEqual(["non-finite", 0, []]);
    expect(result.work).toMatchObject({ steps: 0, evaluations: 1 });
  });

  it("non-finite: a covariance that left the numbers' range, at the start or later", () => {
    const thrown = (from: number) =>
      run(
        scalar(
          0,
          (y) => {
            if (y >= from) throw new CovarianceError("not a covariance");
            return 1;
          },
          () => 0,
        ),
        [0, 0.5, 2],
      );
    const later = thrown(1);
    expect([later.result.status, later.t]).toEqual(["non-finite", [0, 0.5]]);
    expect(later.result.t).toBeGreaterThan(0.99);
    expect(thrown(0).result.status).toBe("non-finite");
    expect(thrown(0).t).toEqual([]);
  });

  it("diverged: blow-up in finite time", () => {
    const { result, t } = run(
      scalar(
        1,
        (y) => y * y,
        (y) => 2 * y,
      ),
      [0.5, 0.99, 1.5],
    );
    expect(result.status).toBe("diverged");
    expect(result.message).toContain("learningRate");
    expect(result.t).toBeCloseTo(1, 6);
    expect(t).toEqual([0.5, 0.99]);
  });

  it("diverged: exponential growth", () => {
    const { result, t } = run(
      scalar(
        1,
        (y) => 100 * y,
        () => 100,
      ),
      [1, 10],
    );
    expect([result.status, t]).toEqual(["diverged", [1]]);
  });

  it("step-limit: more steps than allowed", () => {
    const { result, t } = run(kaps(1e-6), [1e-9, 100], { ...TOLERANCES, maxSteps: 7 });
    expect(result.status).toBe("step-limit");
    expect(result.work.steps).toBe(7);
    expect(result.message).toContain("integrator.maxSteps");
    expect(t).toEqual([1e-9]);
  });

  it("step-underflow: a slope that the solution cannot pass", () => {
    const { result, t } = run(
      scalar(
        0,
        (y) => 1 / (1 - y),
        (y) => (1 - y) ** -2,
      ),
      [0.1, 1],
    );
    expect(result.status).toBe("step-underflow");
    expect(result.message).toMatch(/^stopped at t = 0.5: steps became too small/);
    expect(t).toEqual([0.1]);
  });

  /** Kaps' problem, whose decompositions fail where `fails` says so. */
  const failing = (fails: (call: number, h: number) => boolean, time?: number): StiffProblem => {
    const problem = kaps(1e-3);
    const { system } = problem;
    let calls = 0;
    return {
      ...problem,
      time,
      system: {
        work: system.work,
        linearise: (y) => system.linearise(y),
        decompose: (h) => !fails(calls++, h) && system.decompose(h),
        solve: (b) => system.solve(b),
      },
    };
  };

  it.each([0, 3])("step-underflow: 1 − hJ singular for every step from t = %d", (time) => {
    const { result, t } = run(
      failing(() => true, time),
      [time, time + 1],
    );
    expect([result.status, result.t, t]).toEqual(["step-underflow", time, [time]]);
    expect(result.message).toMatch(/^stopped at t = [03]: 1 − hJ is singular .* use odex$/);
  });

  it("none: 1 − hJ singular now and then is passed by shorter steps", () => {
    const { result, y } = run(
      failing((call) => call % 7 === 3),
      [1],
    );
    expect(result.status).toBe("ok");
    expect(result.work.rejected).toBeGreaterThan(0);
    expect(kapsError(1, y[0])).toBeLessThan(1e-9);
  });

  it("none: 1 − hJ singular for long steps", () => {
    const { result, y } = run(
      failing((_, h) => h > 2e-3),
      [1],
    );
    expect(result.status).toBe("ok");
    expect(kapsError(1, y[0])).toBeLessThan(1e-9);
  });
});

describe("a Jacobian that is not finite", () => {
  const broken = (J: number[], from: number) =>
    problemOf(
      [0, 1],
      (_, dy) => {
        dy[0] = 1;
        dy[1] = -1;
      },
      (y, out) => out.set(y[0] < from ? [0, 1e-3, 1e-3, 0] : J),
    );
  const places = [0, 1, 2, 3].flatMap((place) =>
    [Number.NaN, Number.POSITIVE_INFINITY].map((value) => {
      const J = [1, 0, 0, 1];
      J[place] = value;
      return { place, value, J };
    }),
  );

  it.each(places)("($value at $place) ends in a status at the start", ({ J }) => {
    const { result, t } = run(broken(J, 0), [0, 1]);
    expect([result.t, t]).toEqual([0, [0]]);
    expect(["non-finite", "step-underflow"]).toContain(result.status);
  });

  it.each(places)("($value at $place) ends in a status later", ({ J }) => {
    const { result, t } = run(broken(J, 0.2), [0, 0.1, 1]);
    expect(t).toEqual([0, 0.1]);
    expect(["non-finite", "step-underflow"]).toContain(result.status);
    expect(result.y.every(Number.isFinite)).toBe(true);
  });
});

it("lets a programming error through, of f and of J", () => {
  const throws = () => {
    throw new TypeError("broken");
  };
  const identity = (y: number) => y;
  expect(() => run(scalar(1, throws, identity), [1])).toThrow("broken");
  expect(() => run(scalar(1, identity, throws), [1])).toThrow("broken");
  const later = (y: number) => (y > 1.5 ? throws() : 1);
  expect(() =>
    run(
      scalar(1, later, () => 0),
      [1],
    ),
  ).toThrow("broken"); // prettier
  const solve: LinearSystem = {
    ...kaps(1).system,
    linearise() {},
    decompose: () => true,
    solve: throws,
  };
  expect(() => run({ ...kaps(1), system: solve }, [1])).toThrow("broken");
});
