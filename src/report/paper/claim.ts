import type { Comparison } from "../../analyse/comparison.js";
import { typeset } from "../draw/figure.js";
import type { Table } from "../page/report.js";

/** A statement of the paper, and whether it holds here. */
export interface Claim {
  /** what the paper says */
  readonly statement: string;
  /** where */
  readonly source: string;
  /** what was measured, in words and numbers */
  readonly measured: string;
  /** what it may be, and why */
  readonly tolerance: string;
  readonly holds: boolean;
}

/** Claims as a table; the last column says `yes` or `no`. */
export function claimsTable(claims: readonly Claim[]): Table {
  return {
    title: "What the paper claims",
    header: ["claim", "measured", "tolerance", "holds"],
    rows: claims.map(({ statement, source, measured, tolerance, holds }) => [
      `${statement} (${source})`,
      measured,
      tolerance,
      holds ? "yes" : "no",
    ]),
  };
}

/** A number for reading, with a true minus sign; a dash where there is none. */
export function number(value: number, digits = 3): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return typeset(String(Number(value.toPrecision(digits))));
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = `10${superscript(Number(exponent))}`;
  return Number(mantissa) === 1 ? power : `${typeset(String(Number(mantissa)))}·${power}`;
}

export function percent(value: number, digits = 2): string {
  return `${number(100 * value, digits)} %`;
}

function superscript(exponent: number): string {
  const digits = [..."⁰¹²³⁴⁵⁶⁷⁸⁹"];
  const text = [...String(Math.abs(exponent))].map((digit) => digits[Number(digit)]).join("");
  return (exponent < 0 ? "⁻" : "") + text;
}

/** That theory and simulation agree by the scenario's own tolerance. */
export function agreementClaim(
  statement: string,
  source: string,
  comparisons: readonly Comparison[],
): Claim {
  const apart = comparisons.flatMap(({ agreement }) =>
    agreement.perTime.filter((one) => one.apart),
  );
  const times = comparisons.reduce((sum, { agreement }) => sum + agreement.perTime.length, 0);
  const deviation = Math.max(
    ...comparisons.flatMap(({ agreement }) =>
      agreement.rmsRelativeDeviation.map(({ ofMean }) => ofMean),
    ),
  );
  const allowed = comparisons.map(({ simulation }) => simulation.scenario.comparison);
  const { sigmas } = allowed[0];
  const bias = [...new Set(allowed.map(({ relativeBias }) => relativeBias))].join(" or ");
  return {
    statement,
    source,
    measured: `apart at ${apart.length} of ${times} times; the mean deviates by ${percent(deviation)}`,
    tolerance: `${sigmas} standard errors + ${bias}/D of theory at every time`,
    holds: comparisons.every(({ agreement }) => agreement.verdict === "agree"),
  };
}

/** That a number is its target, up to a tolerance with a reason. */
export function valueClaim(
  statement: string,
  source: string,
  value: number,
  target: number,
  tolerance: number,
  { measured = number(value), why }: { measured?: string; why: string },
): Claim {
  return {
    statement,
    source,
    measured,
    tolerance: `${number(target)} ± ${number(tolerance)}: ${why}`,
    holds: Math.abs(value - target) <= tolerance,
  };
}
