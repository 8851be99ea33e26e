import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import type { RunState } from "../simulate/run.js";
import { explainFileError, writeWholeFile } from "./files.js";
import { UsageError } from "./usage-error.js";

/*
 * A checkpoint is text, a line of JSON a run, after a line that says of what: numbers are the bytes of
 * Float64Array in base64, so that a run goes on to the same bytes.
 */

const FORMAT = "autoencoder-dynamics checkpoint 1";

/** What a checkpoint belongs to; it can only be resumed where all of it is the same. */
export interface CheckpointOf {
  readonly version: string;
  readonly scenarioHash: string;
  readonly runs: number;
  readonly amplitudes: boolean;
}

/** The states of all runs; undefined: not begun. */
export type RunStates = (RunState | undefined)[];

/** @throws UsageError where the file exists already (unless allowed) or can't be written */
export function prepareCheckpoint(file: string, overwrite: boolean, of: CheckpointOf): void {
  if (existsSync(file) && !overwrite) {
    throw new UsageError(
      `--checkpoint ${file}: exists; --resume ${file} goes on from it, --force overwrites it`,
    );
  }
  if (!existsSync(file)) writeCheckpoint(file, of, []);
}

/** @throws UsageError where the file can't be written; the one before it is then still whole */
export function writeCheckpoint(file: string, of: CheckpointOf, states: RunStates): void {
  const lines = Array.from({ length: of.runs }, (_, i) => `${JSON.stringify(pack(states[i]))}\n`);
  const header = { format: FORMAT, ...of, sha256: digest(lines) };
  try {
    writeWholeFile(file, [`${JSON.stringify(header)}\n`, ...lines]);
  } catch (error) {
    throw new UsageError(`--checkpoint ${file}: ${explainFileError(error)}`);
  }
}

/** @throws UsageError where the file is no whole checkpoint of this very simulation */
export function readCheckpoint(file: string, of: CheckpointOf): RunStates {
  const fail = (message: string) => new UsageError(`--resume ${file}: ${message}`);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw fail(code === "ENOENT" ? "no such file" : explainFileError(error));
  }
  const [first, ...rest] = text.split(/(?<=\n)/);
  const header = readHeader(first);
  if (!header) throw fail("is not a checkpoint");
  if (header.sha256 !== digest(rest)) throw fail("is damaged; start again without --resume");
  if (header.version !== of.version) throw fail(`was made by version ${header.version}`);
  if (header.scenarioHash !== of.scenarioHash) {
    throw fail("belongs to another scenario, or to other --set, --dimension, --seeds or --engine");
  }
  if (header.amplitudes !== of.amplitudes) throw fail("give --amplitudes as when it was made");
  return rest.map((line) => unpack(JSON.parse(line)));
}

function readHeader(line: string): (CheckpointOf & { sha256: string }) | undefined {
  try {
    const header = JSON.parse(line);
    return header.format === FORMAT ? header : undefined;
  } catch {
    return undefined;
  }
}

function digest(lines: readonly string[]): string {
  const hash = createHash("sha256");
  for (const line of lines) hash.update(line);
  return hash.digest("hex");
}

type Packed = ReturnType<typeof packState> | null;

function pack(state: RunState | undefined): Packed {
  return state ? packState(state) : null;
}

function packState({ trajectory, weights, random, ...plain }: RunState) {
  const { hidden, modes, amplitudes, t, pmse, Q, R, T0, T1, bias } = trajectory;
  return {
    ...plain,
    random: [...random],
    weights: weights.map(toBase64),
    hidden,
    modes,
    measured: [t, pmse, Q, R, T0, T1, bias].map(toBase64),
    amplitudes: amplitudes && [amplitudes.encoder, amplitudes.decoder].map(toBase64),
  };
}

function unpack(packed: Packed): RunState | undefined {
  if (!packed) return undefined;
  const { random, weights, hidden, modes, measured, amplitudes, ...plain } = packed;
  const [t, pmse, Q, R, T0, T1, bias] = measured.map(fromBase64);
  const [encoder, decoder] = (amplitudes ?? []).map(fromBase64);
  return {
    ...plain,
    random: Int32Array.from(random),
    weights: weights.map(fromBase64),
    trajectory: {
      ...{ hidden, modes, t, pmse, Q, R, T0, T1, bias },
      amplitudes: amplitudes && { encoder, decoder },
    },
  };
}

function toBase64(values: Float64Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");
}

function fromBase64(text: string): Float64Array {
  const bytes = Buffer.from(text, "base64");
  return new Float64Array(Uint8Array.from(bytes).buffer);
}
