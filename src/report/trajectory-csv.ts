import type { Theory } from "../analyse/comparison.js";
import type { RunResult } from "../simulate/simulate.js";
import type { Trajectory } from "../trajectory.js";

/** Amplitudes are columns up to this many a time. */
export const MOST_AMPLITUDE_COLUMNS = 64;

/**
 * A trajectory as CSV, line by line: a header, then a line per time with shortest numbers that read
 * back exactly. Columns: `t,pmse`, row-major `Q_1_1 … T1_K_K`, `bias_1 …`, where K·M ≤ 64
 * `encoder_1_1 … decoder_K_M`, and last a theory's `excess`.
 */
export function* trajectoryCsv(trajectory: Trajectory): Generator<string> {
  yield* tidyCsv([], [{ trajectory, labels: () => [] }]);
}

/** All runs one below the other, with `dimension,seed,steps` as the last columns. */
export function* runsCsv(runs: readonly RunResult[]): Generator<string> {
  yield* tidyCsv(
    ["dimension", "seed", "steps"],
    runs.map(({ trajectory, dimension, seed, steps }) => ({
      trajectory,
      labels: (i) => [dimension, seed, steps[i]],
    })),
  );
}

/** All theories one below the other, with the `dimension` of the runs they belong to. */
export function* theoriesCsv(theories: readonly Theory[]): Generator<string> {
  yield* tidyCsv(
    ["dimension"],
    theories.map(({ solution, dimension }) => ({
      trajectory: solution.trajectory,
      labels: () => [dimension],
    })),
  );
}

/**
 * Means over runs, then their standard errors in columns that end in `_error`, with the `dimension` of
 * the runs; an error of a single run is left empty.
 */
export function* meansCsv(
  means: readonly { trajectory: Trajectory; error?: Trajectory; dimension: number }[],
): Generator<string> {
  let header = "";
  for (const { trajectory, error = trajectory, dimension } of means) {
    const names = columnNames(trajectory);
    const columns = [...names, ...names.slice(1).map((name) => `${name}_error`), "dimension"];
    if (header === "") yield (header = `${columns.join(",")}\n`);
    for (let i = 0; i < trajectory.t.length; i++) {
      const errors = rowOf(error, i).slice(1);
      const last = errors.map((value) => (Number.isNaN(value) ? "" : value));
      yield `${[...rowOf(trajectory, i), ...last, dimension].join(",")}\n`;
    }
  }
}

/** Columns of a trajectory's table. */
export function columnNames(trajectory: Trajectory): string[] {
  return ["t", "pmse", ...blocksOf(trajectory).flatMap(({ names }) => names)];
}

function rowOf(trajectory: Trajectory, i: number): number[] {
  const rest = blocksOf(trajectory).flatMap(({ names, values }) => [
    ...values.subarray(i * names.length, (i + 1) * names.length),
  ]);
  return [trajectory.t[i], trajectory.pmse[i], ...rest];
}

/**
 * The amplitudes that the tables above have no room for, K·M > 64, with a line for each of theirs:
 * `t`, `encoder_1_1 … decoder_K_M`. Nothing where they are kept there, or not at all.
 */
export function amplitudesCsv(trajectories: readonly Trajectory[]): Iterable<string> | undefined {
  const blocks = trajectories.map(amplitudeBlocks);
  if (blocks.some((both) => both.length === 0) || hasRoom(trajectories[0])) return undefined;
  return lines();
  function* lines() {
    yield `${amplitudeNames(trajectories[0]).join(",")}\n`;
    for (const [number, { t }] of trajectories.entries()) {
      for (let i = 0; i < t.length; i++) {
        const cells = blocks[number].flatMap(({ names, values }) => [
          ...values.subarray(i * names.length, (i + 1) * names.length),
        ]);
        yield `${t[i]},${cells.join(",")}\n`;
      }
    }
  }
}

/** Columns of a table of amplitudes. */
export function amplitudeNames(trajectory: Trajectory): string[] {
  return ["t", ...amplitudeBlocks(trajectory).flatMap(({ names }) => names)];
}

interface Labelled {
  readonly trajectory: Trajectory;
  /** the last columns at time number i */
  labels(i: number): number[];
}

function* tidyCsv(last: string[], parts: readonly Labelled[]): Generator<string> {
  let header = "";
  for (const { trajectory, labels } of parts) {
    const { t, pmse } = trajectory;
    const blocks = blocksOf(trajectory);
    const names = ["t", "pmse", ...blocks.flatMap((block) => block.names), ...last];
    if (header === "") yield (header = `${names.join(",")}\n`);
    for (let i = 0; i < t.length; i++) {
      let line = `${t[i]},${pmse[i]}`;
      for (const { names, values } of blocks) {
        const from = i * names.length;
        for (let j = from; j < from + names.length; j++) line += `,${values[j]}`;
      }
      for (const label of labels(i)) line += `,${label}`;
      yield `${line}\n`;
    }
  }
}

function blocksOf(trajectory: Trajectory) {
  const { hidden: K, Q, R, T0, T1, bias, excess } = trajectory;
  const blocks = [
    ...Object.entries({ Q, R, T0, T1 }).map(([name, values]) => table(name, values, K, K)),
    { names: Array.from({ length: K }, (_, k) => `bias_${k + 1}`), values: bias },
  ];
  if (hasRoom(trajectory)) blocks.push(...amplitudeBlocks(trajectory));
  return excess ? [...blocks, { names: ["excess"], values: excess }] : blocks;
}

/** Whether amplitudes are columns of the trajectory's own table. */
function hasRoom({ hidden: K, modes: M }: Trajectory): boolean {
  return K * M <= MOST_AMPLITUDE_COLUMNS;
}

function amplitudeBlocks({ hidden: K, modes: M, amplitudes }: Trajectory) {
  if (!amplitudes) return [];
  const { encoder, decoder } = amplitudes;
  return [table("encoder", encoder, K, M), table("decoder", decoder, K, M)];
}

function table(name: string, values: Float64Array, rows: number, columns: number) {
  const names: string[] = [];
  for (let i = 1; i <= rows; i++) {
    for (let j = 1; j <= columns; j++) names.push(`${name}_${i}_${j}`);
  }
  return { names, values };
}
