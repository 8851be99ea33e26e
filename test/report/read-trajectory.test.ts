import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTrajectories } from "../../src/report/read-trajectory.js";
import { MOST_AMPLITUDE_COLUMNS, runsCsv, trajectoryCsv } from "../../src/report/trajectory-csv.js";
import type { RunResult } from "../../src/simulate/simulate.js";
import { emptyTrajectory, type Trajectory } from "../../src/trajectory.js";

const LABELS = ["dimension", "seed", "steps"];

const linesOf = (csv: Iterable<string>) => [...csv].map((line) => line.replace(/\n$/, ""));

/** A trajectory of n times from 0 on, with these numbers in turn everywhere else. */
function filled(n: number, K: number, M: number, withAmplitudes: boolean, values: number[]) {
  const trajectory = emptyTrajectory(n, K, M, withAmplitudes);
  let next = 0;
  for (const array of arraysOf(trajectory)) {
    array.forEach((_, i) => {
      array[i] = values[next++ % values.length];
    });
  }
  trajectory.t.forEach((_, i) => {
    trajectory.t[i] = (i * i) / 7;
  });
  return trajectory;
}

function arraysOf({ t, pmse, Q, R, T0, T1, bias, amplitudes }: Trajectory): Float64Array[] {
  return [t, pmse, Q, R, T0, T1, bias, ...(amplitudes ? Object.values(amplitudes) : [])];
}

function runOf(trajectory: Trajectory, dimension: number, seed: number): RunResult {
  const steps = trajectory.t.map((t) => Math.round(t * dimension));
  return { status: "ok", trajectory, dimension, seed, steps, engine: "exact" };
}

// −0 is written as 0; runs that end before they diverge have no NaN
const number = fc.double({ noNaN: true }).map((value) => value + 0);
const runs = fc
  .record({ K: fc.integer({ min: 1, max: 3 }), M: fc.integer({ min: 1, max: 4 }) })
  .chain(({ K, M }) =>
    fc.record({
      K: fc.constant(K),
      M: fc.constant(M),
      amplitudes: fc.boolean(),
      values: fc.array(number, { minLength: 1, maxLength: 60 }),
      times: fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }),
    }),
  );

describe("what a table of runs says", () => {
  it("reads back to the last bit, whatever runs there are", () => {
    fc.assert(
      fc.property(runs, ({ K, M, amplitudes, values, times }) => {
        const written = times.map((n, i) =>
          runOf(filled(n, K, M, amplitudes, [...values.slice(i), ...values]), 100 + i, i),
        );
        const shape = { hidden: K, modes: M, times: 5, labels: LABELS };
        const read = readTrajectories(linesOf(runsCsv(written)), shape);
        // a run without a single time has no line
        const expected = written.filter(({ trajectory }) => trajectory.t.length > 0);
        expect(read.map(({ labels }) => labels)).toEqual(
          expected.map(({ dimension, seed }) => [dimension, seed, 0]),
        );
        read.forEach(({ trajectory }, i) => {
          expect(trajectory).toEqual(expected[i].trajectory);
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("keeps a theory's excess, last before the labels, and reads tables without one", () => {
    const shape = { hidden: 2, modes: 3, times: 3, labels: [] };
    const plain = filled(3, 2, 3, true, [0.1, 0.7, -3]);
    const theory = { ...plain, excess: Float64Array.of(1e-30, 0.5, 0) };
    const lines = linesOf(trajectoryCsv(theory));
    expect(lines[0].endsWith(",decoder_2_3,excess")).toBe(true);
    expect(lines[1].endsWith(",1e-30")).toBe(true);
    expect(readTrajectories(lines, shape)[0].trajectory).toEqual(theory);
    expect(readTrajectories(linesOf(trajectoryCsv(plain)), shape)[0].trajectory).toEqual(plain);
  });

  it("has a place of its own for every number", () => {
    const numbers = Array.from({ length: 500 }, (_, i) => i + 0.1);
    const trajectory = filled(3, 2, 4, true, numbers);
    const [{ labels, trajectory: read }] = readTrajectories(linesOf(trajectoryCsv(trajectory)), {
      hidden: 2,
      modes: 4,
      times: 3,
      labels: [],
    });
    expect(read).toEqual(trajectory);
    expect(labels).toEqual([]);
    expect(new Set(arraysOf(read).flatMap((array) => [...array])).size).toBe(3 * 36);
  });

  it("has amplitudes only where they are few", () => {
    for (const M of [MOST_AMPLITUDE_COLUMNS / 2, MOST_AMPLITUDE_COLUMNS / 2 + 1]) {
      const shape = { hidden: 2, modes: M, times: 2, labels: [] };
      const lines = linesOf(trajectoryCsv(filled(2, 2, M, true, [0.5])));
      const [{ trajectory }] = readTrajectories(lines, shape);
      expect(trajectory.amplitudes !== undefined).toBe(2 * M <= MOST_AMPLITUDE_COLUMNS);
      expect([...trajectory.T1]).toEqual(new Array(8).fill(0.5));
    }
  });

  it("is nothing where there are no lines", () => {
    const shape = { hidden: 1, modes: 1, times: 2, labels: LABELS };
    expect(readTrajectories([], shape)).toEqual([]);
    const [header] = linesOf(runsCsv([runOf(filled(0, 1, 1, true, [1]), 10, 1)]));
    expect(readTrajectories([header], shape)).toEqual([]);
  });

  it("reads −0 as 0, which is all it can say", () => {
    const lines = linesOf(trajectoryCsv(filled(1, 1, 1, true, [-0])));
    const shape = { hidden: 1, modes: 1, times: 1, labels: [] };
    expect(readTrajectories(lines, shape)[0].trajectory.pmse[0]).toBe(0);
  });
});

describe("a table that isn't the scenario's", () => {
  const shape = { hidden: 1, modes: 2, times: 3, labels: LABELS };
  const lines = linesOf(
    runsCsv([1, 2].map((seed) => runOf(filled(2, 1, 2, true, [0.25, 2]), 10, seed))),
  );
  const refusal = (changed: readonly string[], as = shape) => {
    let message = "nothing was refused";
    try {
      readTrajectories(changed, as);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      message = (error as Error).message;
    }
    return message;
  };
  /** The table with a line of another text. */
  const withLine = (number: number, edit: (line: string) => string) =>
    lines.map((line, i) => (i + 1 === number ? edit(line) : line));

  it("is read as long as nothing is changed", () => {
    expect(readTrajectories(lines, shape)).toHaveLength(2);
    expect(lines).toHaveLength(5);
  });

  it("has other columns", () => {
    const message = "line 1: not the columns of this scenario";
    expect(refusal(withLine(1, (line) => line.replace("pmse", "mse")))).toBe(message);
    expect(refusal(withLine(1, (line) => `${line},more`))).toBe(message);
    expect(refusal(lines.slice(1))).toBe(message);
    expect(refusal(lines, { ...shape, hidden: 2 })).toBe(message);
    expect(refusal(lines, { ...shape, modes: 3 })).toBe(message);
    expect(refusal(lines, { ...shape, labels: ["dimension"] })).toBe(message);
  });

  it.each<[string, (line: string) => string]>([
    ["cell too few", (line) => line.slice(0, line.lastIndexOf(","))],
    ["cell too many", (line) => `${line},1`],
    ["cell that is NaN", (line) => line.replace("0.25", "NaN")],
    ["cell that is no number", (line) => line.replace("0.25", "a quarter")],
    ["cell that is empty", (line) => line.replace("0.25", "")],
    ["cell of spaces", (line) => line.replace("0.25", "  ")],
    ["cell at its end that is empty", (line) => line.replace(/[^,]*$/, "")],
    ["line without anything", () => ""],
  ])("has a %s", (_, edit) => {
    for (const number of [2, 4]) {
      expect(refusal(withLine(number, edit))).toBe(`line ${number}: expected 14 numbers`);
    }
  });

  it("has more times than the scenario", () => {
    expect(refusal(lines, { ...shape, times: 1 })).toBe("line 3: more than 1 times");
    const longer = [...lines, ...[1, 2].map((t) => lines[4].replace(/^[^,]*/, String(t)))];
    expect(refusal(longer)).toBe("line 7: more than 3 times");
  });
});
