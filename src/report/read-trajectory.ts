import { emptyTrajectory, firstTimes, type Trajectory } from "../trajectory.js";
import { amplitudeNames, columnNames } from "./trajectory-csv.js";

/** What a table holds beside its columns of the state. */
export interface TableShape {
  readonly hidden: number;
  readonly modes: number;
  /** most times a trajectory has */
  readonly times: number;
  /** the last columns, as `dimension`, `seed`, `steps` */
  readonly labels: readonly string[];
}

/** A trajectory with the first values of its last columns. */
export interface LabelledTrajectory {
  readonly labels: readonly number[];
  readonly trajectory: Trajectory;
}

/**
 * Reads trajectories as `trajectory-csv.ts` writes them, one below the other: a new one begins where
 * time goes back.
 * @throws RangeError for other columns, or a line that isn't theirs; the message names the line
 */
export function readTrajectories(lines: Iterable<string>, shape: TableShape): LabelledTrajectory[] {
  const { hidden: K, modes: M, times, labels } = shape;
  // theory has an excess, runs of networks and older tables don't
  const empties = [false, true].flatMap((excess) =>
    [false, true].map((amplitudes) => (n: number) => ({
      ...emptyTrajectory(n, K, M, amplitudes),
      ...(excess && { excess: new Float64Array(n) }),
    })),
  );
  const headers = empties.map((empty) => [...columnNames(empty(0)), ...labels].join(","));
  const parts = readParts(lines, headers, times, (header, cells) => ({
    labels: cells.slice(cells.length - labels.length),
    whole: empties[header](times),
    fill,
  }));
  return parts.map(({ labels, whole, count }) => ({
    labels,
    trajectory: firstTimes(whole, count),
  }));
}

/**
 * The same trajectories with amplitudes from a table of their own.
 * @throws RangeError where that isn't a table of theirs
 */
export function withAmplitudes(
  read: readonly LabelledTrajectory[],
  lines: Iterable<string>,
  { hidden: K, modes: M, times }: TableShape,
): LabelledTrajectory[] {
  const headers = [amplitudeNames(emptyTrajectory(0, K, M, true)).join(",")];
  const parts = readParts(lines, headers, times, () => ({
    labels: [],
    whole: emptyTrajectory(times, K, M, true),
    fill: fillAmplitudes,
  }));
  const same =
    parts.length === read.length &&
    parts.every(({ count }, i) => count === read[i].trajectory.t.length);
  if (!same) throw new RangeError("not the times of the other table");
  return read.map(({ labels, trajectory }, i) => {
    const { amplitudes } = firstTimes(parts[i].whole, parts[i].count);
    return { labels, trajectory: { ...trajectory, amplitudes } };
  });
}

/** A trajectory while it is read. */
interface Part {
  readonly labels: number[];
  readonly whole: Trajectory;
  /** takes the cells of time number i */
  fill(whole: Trajectory, i: number, cells: readonly number[]): void;
}

/** @param begin makes the next trajectory, from the number of the header and its first line */
function readParts(
  lines: Iterable<string>,
  headers: readonly string[],
  times: number,
  begin: (header: number, cells: readonly number[]) => Part,
): (Part & { count: number })[] {
  const parts: (Part & { count: number })[] = [];
  let header = 0;
  let columns = 0;
  let number = 0;
  let before = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (++number === 1) {
      header = headers.indexOf(line);
      if (header < 0) throw new RangeError("line 1: not the columns of this scenario");
      columns = line.split(",").length;
      continue;
    }
    const cells = line.split(",").map(cellValue);
    if (cells.length !== columns || cells.some((value) => Number.isNaN(value))) {
      throw new RangeError(`line ${number}: expected ${columns} numbers`);
    }
    if (cells[0] <= before) parts.push({ ...begin(header, cells), count: 0 });
    before = cells[0];
    const last = parts[parts.length - 1];
    if (last.count === times) throw new RangeError(`line ${number}: more than ${times} times`);
    last.fill(last.whole, last.count++, cells);
  }
  return parts;
}

/** A cell's number; NaN for a cell without one, which `Number` takes for 0. */
function cellValue(cell: string): number {
  return cell.trim() === "" ? Number.NaN : Number(cell);
}

function fillAmplitudes(whole: Trajectory, i: number, cells: readonly number[]): void {
  const size = whole.hidden * whole.modes;
  whole.amplitudes?.encoder.set(cells.slice(1, 1 + size), i * size);
  whole.amplitudes?.decoder.set(cells.slice(1 + size), i * size);
}

function fill(whole: Trajectory, i: number, cells: readonly number[]): void {
  const { t, pmse, Q, R, T0, T1, bias, amplitudes, excess, hidden: K, modes: M } = whole;
  t[i] = cells[0];
  pmse[i] = cells[1];
  let from = 2;
  const take = (values: Float64Array, size: number) => {
    for (let j = 0; j < size; j++) values[i * size + j] = cells[from++];
  };
  for (const matrix of [Q, R, T0, T1]) take(matrix, K * K);
  take(bias, K);
  if (amplitudes) {
    take(amplitudes.encoder, K * M);
    take(amplitudes.decoder, K * M);
  }
  if (excess) take(excess, 1);
}
