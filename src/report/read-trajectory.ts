import { emptyTrajectory, firstTimes, type Trajectory } from "../trajectory.js";
import { columnNames } from "./trajectory-csv.js";

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
  const { hidden: K, modes: M, times } = shape;
  const read: { labels: number[]; whole: Trajectory; count: number }[] = [];
  let columns = 0;
  let withAmplitudes = false;
  let number = 0;
  let before = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (++number === 1) {
      withAmplitudes = hasAmplitudes(line, shape);
      columns = line.split(",").length;
      continue;
    }
    const cells = line.split(",").map(cellValue);
    if (cells.length !== columns || cells.some((value) => Number.isNaN(value))) {
      throw new RangeError(`line ${number}: expected ${columns} numbers`);
    }
    if (cells[0] <= before) {
      const labels = cells.slice(columns - shape.labels.length);
      read.push({ labels, whole: emptyTrajectory(times, K, M, withAmplitudes), count: 0 });
    }
    before = cells[0];
    const last = read[read.length - 1];
    if (last.count === times) throw new RangeError(`line ${number}: more than ${times} times`);
    fill(last.whole, last.count++, cells);
  }
  return read.map(({ labels, whole, count }) => ({ labels, trajectory: firstTimes(whole, count) }));
}

/** A cell's number; NaN for a cell without one, which `Number` takes for 0. */
function cellValue(cell: string): number {
  return cell.trim() === "" ? Number.NaN : Number(cell);
}

/** Whether amplitudes are among the columns. */
function hasAmplitudes(header: string, { hidden, modes, labels }: TableShape): boolean {
  for (const amplitudes of [false, true]) {
    const state = columnNames(emptyTrajectory(0, hidden, modes, amplitudes));
    if (header === [...state, ...labels].join(",")) return amplitudes;
  }
  throw new RangeError("line 1: not the columns of this scenario");
}

function fill(whole: Trajectory, i: number, cells: readonly number[]): void {
  const { t, pmse, Q, R, T0, T1, bias, amplitudes, hidden: K, modes: M } = whole;
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
}
