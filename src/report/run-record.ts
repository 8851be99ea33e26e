import type { Solution } from "../integrate/solve.js";
import { list, stateFields } from "./json.js";

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

/** The JSON object that `dyn solve --json` prints, in pieces. */
export function* runJson(solution: Solution, provenance: Provenance): Generator<string> {
  const { status, message, pca, scenario, stats, trajectory } = solution;
  yield `{"status":${JSON.stringify(status)}`;
  if (message !== undefined) yield `,"message":${JSON.stringify(message)}`;
  yield `,"t":${list(trajectory.t)},"pmse":${list(trajectory.pmse)},"pca":${list(pca)},`;
  if (trajectory.excess) yield `"excess":${list(trajectory.excess)},`;
  yield* stateFields(trajectory);
  yield `,"scenario":${JSON.stringify(scenario)},"stats":${JSON.stringify(stats)}`;
  yield `,"provenance":${JSON.stringify(provenance)}}`;
}
