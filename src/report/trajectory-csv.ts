import type { Trajectory } from "../trajectory.js";

/** Amplitudes are columns up to this many a time. */
const MOST_AMPLITUDE_COLUMNS = 64;

/**
 * A trajectory as CSV, line by line: a header, then a line per time with shortest numbers that read
 * back exactly. Columns: `t,pmse`, row-major `Q_1_1 … T1_K_K`, `bias_1 …`, and where K·M ≤ 64
 * `encoder_1_1 … decoder_K_M`.
 */
export function* trajectoryCsv(trajectory: Trajectory): Generator<string> {
  const { hidden: K, modes: M, t, pmse, Q, R, T0, T1, bias, amplitudes } = trajectory;
  const blocks = [
    ...Object.entries({ Q, R, T0, T1 }).map(([name, values]) => table(name, values, K, K)),
    { names: Array.from({ length: K }, (_, k) => `bias_${k + 1}`), values: bias },
  ];
  if (amplitudes && K * M <= MOST_AMPLITUDE_COLUMNS) {
    blocks.push(table("encoder", amplitudes.encoder, K, M));
    blocks.push(table("decoder", amplitudes.decoder, K, M));
  }
  yield `${["t", "pmse", ...blocks.flatMap((block) => block.names)].join(",")}\n`;
  for (let i = 0; i < t.length; i++) {
    let line = `${t[i]},${pmse[i]}`;
    for (const { names, values } of blocks) {
      const from = i * names.length;
      for (let j = from; j < from + names.length; j++) line += `,${values[j]}`;
    }
    yield `${line}\n`;
  }
}

function table(name: string, values: Float64Array, rows: number, columns: number) {
  const names: string[] = [];
  for (let i = 1; i <= rows; i++) {
    for (let j = 1; j <= columns; j++) names.push(`${name}_${i}_${j}`);
  }
  return { names, values };
}
