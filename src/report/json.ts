import type { Trajectory } from "../trajectory.js";

/* Arrays as JSON in pieces: a whole record can be longer than a string may be. */

/** A list of numbers; what is not finite, a standard error of one run, is null. */
export function list(values: ArrayLike<number>): string {
  const text: string = Array.prototype.join.call(values, ",");
  return /[Ny]/.test(text) ? JSON.stringify(Array.from(values)) : `[${text}]`;
}

/** `"orderParameters":…,"amplitudes":…,"bias":…` of a trajectory, amplitudes where it has them. */
export function* stateFields(trajectory: Trajectory): Generator<string> {
  const { hidden: K, modes: M, Q, R, T0, T1, amplitudes, bias } = trajectory;
  yield '"orderParameters":{';
  let comma = "";
  for (const [name, values] of Object.entries({ Q, R, T0, T1 })) {
    yield `${comma}"${name}":`;
    yield* matrices(values, K, K);
    comma = ",";
  }
  yield "}";
  if (amplitudes) {
    yield ',"amplitudes":{"encoder":';
    yield* matrices(amplitudes.encoder, K, M);
    yield ',"decoder":';
    yield* matrices(amplitudes.decoder, K, M);
    yield "}";
  }
  yield ',"bias":';
  yield* lists(bias, K);
}

function* lists(values: Float64Array, length: number): Generator<string> {
  for (let i = 0; i < values.length; i += length) {
    yield (i === 0 ? "[" : ",") + list(values.subarray(i, i + length));
  }
  yield values.length === 0 ? "[]" : "]";
}

function* matrices(values: Float64Array, rows: number, columns: number): Generator<string> {
  const size = rows * columns;
  for (let i = 0; i < values.length; i += size) {
    yield i === 0 ? "[" : ",";
    yield* lists(values.subarray(i, i + size), columns);
  }
  yield values.length === 0 ? "[]" : "]";
}
