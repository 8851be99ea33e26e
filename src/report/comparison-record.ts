import type { Comparison, Theory } from "../analyse/comparison.js";
import { type Provenance, runHeader, runJson } from "./run-record.js";
import { simulationHeader, simulationJson } from "./simulation-record.js";
import { largest } from "./simulation-rows.js";

/** The theory that stands for all: from the runs' start at the largest dimension. */
export function mainTheory({ theories }: Pick<Comparison, "theories">): Theory {
  return largest(theories);
}

/** Where theory and simulation come from. */
export interface ComparisonProvenance {
  readonly theory: Provenance;
  readonly simulation: Provenance;
}

/** What a comparison's record says besides its arrays. */
export function comparisonHeader(comparison: Comparison, from: ComparisonProvenance) {
  const { perTime, ...agreement } = comparison.agreement;
  return {
    agreement,
    theory: runHeader(mainTheory(comparison).solution, from.theory),
    simulation: simulationHeader(comparison.simulation, from.simulation),
  };
}

/** The JSON object that `dyn compare --json` prints, in pieces. */
export function* comparisonJson(
  comparison: Comparison,
  from: ComparisonProvenance,
): Generator<string> {
  yield '{"theory":';
  yield* runJson(mainTheory(comparison).solution, from.theory);
  yield ',"simulation":';
  yield* simulationJson(comparison.simulation, from.simulation);
  yield `,"agreement":${JSON.stringify(comparison.agreement)}}`;
}
