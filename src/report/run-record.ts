import type { Solution } from "../integrate/solve.js";

/** Where a result comes from; with the scenario it is all one needs to repeat it. */
export interface Provenance {
  readonly version: string;
  /** SHA-256 of the resolved scenario's canonical JSON, without title, description and citation */
  readonly scenarioHash: string;
  readonly node: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** What a run's record says besides its arrays. */
export function runHeader(solution: Solution, provenance: Provenance) {
  const { status, message, pca, scenario, stats } = solution;
  return { status, ...(message !== undefined && { message }), pca, scenario, stats, provenance };
}

/** The JSON object that `dyn solve --json` prints, in pieces: it can be longer than a string may be. */
export function* runJson(solution: Solution, provenance: Provenance): Generator<string> {
  const { status, message, pca, scenario, stats, trajectory } = solution;
  const { hidden: K, modes: M, t, pmse, Q, R, T0, T1, amplitudes, bias } = trajectory;
  yield `{"status":${JSON.stringify(status)}`;
  if (message !== undefined) yield `,"message":${JSON.stringify(message)}`;
  yield `,"t":${list(t)},"pmse":${list(pmse)},"pca":${list(pca)},"orderParameters":{`;
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
  yield `,"scenario":${JSON.stringify(scenario)},"stats":${JSON.stringify(stats)}`;
  yield `,"provenance":${JSON.stringify(provenance)}}\n`;
}

function list(values: ArrayLike<number>): string {
  return `[${Array.prototype.join.call(values, ",")}]`;
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
