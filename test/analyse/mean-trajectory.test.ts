import { describe, expect, it } from "vitest";
import { meanTrajectory } from "../../src/analyse/mean-trajectory.js";
import { emptyTrajectory, type Trajectory } from "../../src/trajectory.js";
import { normalSource } from "../support/normals.js";

const KEYS = ["pmse", "Q", "R", "T0", "T1", "bias"] as const;

/** Runs of random numbers at the times 0, 0.5 and 4. */
function runsOf(count: number, withAmplitudes = true): Trajectory[] {
  return Array.from({ length: count }, (_, seed) => {
    const normal = normalSource(seed + 1);
    const run = emptyTrajectory(3, 2, 4, withAmplitudes);
    run.t.set([0, 0.5, 4]);
    for (const array of arraysOf(run)) array.forEach((_, i) => (array[i] = 3 + normal()));
    return run;
  });
}

function arraysOf(run: Trajectory): Float64Array[] {
  const { amplitudes } = run;
  return [...KEYS.map((key) => run[key]), ...(amplitudes ? Object.values(amplitudes) : [])];
}

describe("the mean of runs", () => {
  const runs = runsOf(5);
  const { mean, error } = meanTrajectory(runs);

  it("is Σ x/n, its error √(Σ (x − mean)²/(n (n − 1))), for everything at every time", () => {
    const [means, errors] = [mean, error].map(arraysOf);
    expect(means).toHaveLength(8);
    means.forEach((array, j) => {
      expect(array).toHaveLength(arraysOf(runs[0])[j].length);
      array.forEach((value, i) => {
        const values = runs.map((run) => arraysOf(run)[j][i]);
        const average = values.reduce((sum, x) => sum + x, 0) / 5;
        const squares = values.reduce((sum, x) => sum + (x - average) ** 2, 0);
        expect(value).toBeCloseTo(average, 14);
        expect(errors[j][i]).toBeCloseTo(Math.sqrt(squares / 20), 14);
      });
    });
  });

  it("keeps times and sizes, and leaves the runs as they are", () => {
    for (const { t, hidden, modes } of [mean, error]) {
      expect([...t]).toEqual([0, 0.5, 4]);
      expect([hidden, modes]).toEqual([2, 4]);
    }
    expect(runs).toEqual(runsOf(5));
    expect(mean.t).not.toBe(runs[0].t);
  });
});

it("runs that are equal have exactly the error zero", () => {
  const [run] = runsOf(1);
  const { mean, error } = meanTrajectory([run, run, run]);
  expect(mean).toEqual(run);
  for (const array of arraysOf(error)) expect(array.every((value) => value === 0)).toBe(true);
});

it("a single run is its own mean and has no error", () => {
  const [run] = runsOf(1);
  const { mean, error } = meanTrajectory([run]);
  expect(mean).toEqual(run);
  expect([...error.t]).toEqual([...run.t]);
  for (const array of arraysOf(error)) expect(array.every(Number.isNaN)).toBe(true);
});

it("amplitudes have a mean only where every run has them", () => {
  const some = [...runsOf(2), ...runsOf(1, false)];
  for (const runs of [some, [...some].reverse(), runsOf(2, false)]) {
    const { mean, error } = meanTrajectory(runs);
    expect([mean.amplitudes, error.amplitudes]).toEqual([undefined, undefined]);
    expect(mean.bias[5]).toBeCloseTo(
      runs.reduce((sum, { bias }) => sum + bias[5], 0) / runs.length,
      14,
    );
  }
});
