import type { Comparison } from "../analyse/comparison.js";
import type { Table } from "./page/report.js";
import { shortNumber } from "./short-number.js";
import { largest } from "./simulation-rows.js";
import { spreadOut } from "./spread-out.js";

const TIMES = 10;

/** Theory and mean at some times, for the largest dimension. */
export function timesTable({ agreement, simulation }: Comparison): Table {
  const { dimension } = largest(simulation.summary);
  const runs = simulation.runs.filter((run) => run.dimension === dimension).length;
  const here = agreement.perTime.filter((one) => one.dimension === dimension);
  return {
    title: `theory against the mean of ${runs} ${runs === 1 ? "run" : "runs"} at D = ${dimension}`,
    header: ["t", "theory", "mean", "std. error", "z", ""],
    rows: spreadOut(here.length, TIMES).map((i) => {
      const { t, theory, mean, standardError, z, apart } = here[i];
      return [
        shortNumber(t),
        theory.toPrecision(5),
        mean.toPrecision(5),
        Number.isNaN(standardError) ? "–" : shortNumber(standardError),
        z === null ? "–" : z.toFixed(1),
        apart ? "apart" : "",
      ];
    }),
  };
}

/** How far theory is from single runs and from their mean, at every dimension. */
export function deviationTable({ agreement, simulation }: Comparison): Table {
  return {
    title: "relative deviation from theory, root mean square over times",
    header: ["D", "runs", "engine", "one run", "their mean", "largest |z|"],
    rows: agreement.rmsRelativeDeviation.map(({ dimension, value, ofMean }) => {
      const here = simulation.runs.filter((run) => run.dimension === dimension);
      const sizes = agreement.perTime
        .filter((one) => one.dimension === dimension && one.z !== null)
        .map(({ z }) => Math.abs(z ?? 0));
      return [
        String(dimension),
        String(here.length),
        here[0].engine,
        percent(value),
        percent(ofMean),
        sizes.length === 0 ? "–" : sizes.reduce((a, b) => Math.max(a, b)).toFixed(1),
      ];
    }),
  };
}

/** The verdict and its reason, in words. */
export function verdictOf({ agreement, simulation }: Comparison): [verdict: string, why: string] {
  const { sigmas, relativeBias } = simulation.scenario.comparison;
  const allowed = `${sigmas} standard errors + ${relativeBias}/D of theory`;
  const { perTime, verdict } = agreement;
  if (verdict === "agree") {
    return [verdict, `|mean − theory| is within ${allowed} at all ${perTime.length} times`];
  }
  const far = perTime.filter(({ apart }) => apart);
  if (far.length === 0)
    return [verdict, "theory and all runs have no time in common to be compared at"];
  const [{ dimension, t, mean, theory }] = far;
  const first = `the first D = ${dimension}, t = ${shortNumber(t)}: ${mean.toPrecision(5)} against ${theory.toPrecision(5)}`;
  return [
    verdict,
    `|mean − theory| is beyond ${allowed} at ${far.length} of ${perTime.length} times, ${first}`,
  ];
}

/** With several dimensions: the power of D in the deviations, and what is left of them as D → ∞. */
export function scalingOf({ agreement }: Comparison): string[] {
  const { exponent, exponentStandardError = 0, limit } = agreement;
  const lines: string[] = [];
  if (exponent !== undefined) {
    const value = `${exponent.toFixed(3)} ± ${exponentStandardError.toFixed(3)}`;
    lines.push(`deviation of one run ∝ D^(${value}); −1/2 is expected`);
  }
  if (limit) {
    const value = `${limit.value.toExponential(1)} ± ${limit.standardError.toExponential(1)}`;
    lines.push(`mean relative deviation extrapolated to D → ∞: ${value}`);
  }
  return lines;
}

function percent(value: number): string {
  return `${shortNumber(100 * value)} %`;
}
