import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { type RunResult, simulate } from "../../src/simulate/simulate.js";
import { scenarioWith } from "./scenarios.js";

/*
 * What is compared between engines: all order parameters, amplitudes and pmse at the last time, their
 * squares, and products of neighbours, so variances and correlations too.
 */

/** Mean of every statistic over runs of seeds 1 … n, and the square of its standard error. */
export function engineMoments(
  parts: Partial<ScenarioInput>,
  engine: "direct" | "exact",
  n: number,
): { mean: number; square: number }[] {
  const simulation = { seeds: Array.from({ length: n }, (_, i) => i + 1), engine };
  const { runs } = simulate(parseScenario(scenarioWith({ ...parts, simulation })));
  return moments(runs.map(statistics));
}

/** All numbers of a run at its last time, their squares and products of neighbours. */
function statistics({ trajectory }: RunResult): number[] {
  const { pmse, Q, R, T0, T1, amplitudes, t } = trajectory;
  const last = (values: Float64Array) => [
    ...values.slice(values.length - values.length / t.length),
  ];
  const numbers = [pmse, Q, R, T0, T1, amplitudes?.encoder, amplitudes?.decoder].flatMap((values) =>
    last(values ?? new Float64Array(0)),
  );
  const squares = numbers.map((x) => x * x);
  const products = numbers.map((x, i) => x * numbers[(i + 1) % numbers.length]);
  return [...numbers, ...squares, ...products];
}

function moments(rows: readonly number[][]) {
  return rows[0].map((_, i) => {
    const values = rows.map((row) => row[i]);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
    return { mean, square: variance / values.length };
  });
}

/** Differences of the means of both engines over n seeds, in standard errors. */
export function engineDifferences(parts: Partial<ScenarioInput>, n: number): number[] {
  const direct = engineMoments(parts, "direct", n);
  const exact = engineMoments(parts, "exact", n);
  return direct.map(({ mean, square }, i) => {
    const gap = Math.abs(mean - exact[i].mean);
    const error = Math.sqrt(square + exact[i].square);
    // what doesn't fluctuate is a rounding error apart
    return gap < 1e-12 * Math.abs(mean) ? 0 : gap / error;
  });
}
