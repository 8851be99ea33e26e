import type { RunResult, Simulation } from "../simulate/simulate.js";
import { list, stateFields } from "./json.js";
import type { Provenance } from "./run-record.js";

/** What a simulation's record says besides its arrays. */
export function simulationHeader(simulation: Simulation, provenance: Provenance) {
  const { status, message, scenario, stats } = simulation;
  const runs = simulation.runs.map(({ seed, dimension, engine, status, trajectory }) => ({
    seed,
    dimension,
    engine,
    status,
    finalPmse: trajectory.pmse.at(-1) ?? null,
  }));
  return {
    status,
    ...(message !== undefined && { message }),
    runs,
    scenario,
    stats,
    provenance,
  };
}

/** The JSON object that `dyn simulate --json` prints, in pieces. */
export function* simulationJson(simulation: Simulation, provenance: Provenance): Generator<string> {
  const { status, message, t, runs, summary, scenario, stats } = simulation;
  yield `{"status":${JSON.stringify(status)}`;
  if (message !== undefined) yield `,"message":${JSON.stringify(message)}`;
  yield `,"t":${list(t)},"runs":[`;
  for (const [i, run] of runs.entries()) {
    if (i > 0) yield ",";
    yield* runFields(run);
  }
  yield '],"summary":[';
  for (const [i, { dimension, pca, mean, standardError }] of summary.entries()) {
    yield `${i > 0 ? "," : ""}{"dimension":${dimension},"pca":${list(pca)}`;
    yield `,"mean":${list(mean)},"standardError":${list(standardError)}}`;
  }
  yield `],"scenario":${JSON.stringify(scenario)},"stats":${JSON.stringify(stats)}`;
  yield `,"provenance":${JSON.stringify(provenance)}}`;
}

function* runFields({ seed, dimension, engine, status, steps, trajectory }: RunResult) {
  yield `{"seed":${seed},"dimension":${dimension},"engine":"${engine}","status":"${status}"`;
  yield `,"steps":${list(steps)},"pmse":${list(trajectory.pmse)},`;
  yield* stateFields(trajectory);
  yield "}";
}
