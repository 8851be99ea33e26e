import type { Solution } from "../integrate/solve.js";
import { PLATEAU_HEADER, plateauRows } from "../report/plateau-rows.js";
import { rescalingTables } from "../report/rescaling-table.js";
import { describeSetting } from "../report/setting.js";
import { shortNumber } from "../report/short-number.js";
import type { Trajectory } from "../trajectory.js";
import { oneLine } from "./complain.js";
import { errorPlot, type Style, textTable } from "./text.js";

/** The one-screen summary of a solution, line by line. */
export function summarise(solution: Solution, style: Style): string[] {
  const { scenario, status, message } = solution;
  const lines = [style.bold(oneLine(scenario.title)), style.dim(describeSetting(scenario)), ""];
  if (status !== "ok") lines.push(style.red(`${status}: ${message}`), "");
  return lines.concat(
    curve(solution),
    plateauTable(solution, style),
    laws(solution, style),
    finalState(solution, style),
    describeWork(solution).map(style.dim),
  );
}

function curve({ trajectory, pca }: Solution): string[] {
  return errorPlot(trajectory.t, trajectory.pmse, pca);
}

function plateauTable(solution: Solution, style: Style): string[] {
  return textTable(
    { title: "plateaus", header: PLATEAU_HEADER, rows: plateauRows(solution) },
    style,
  );
}

function laws(solution: Solution, style: Style): string[] {
  return rescalingTables(solution).flatMap((table) => textTable(table, style));
}

const FEW_NEURONS = 4;
const ROUNDING = 1e-14;

/** Order parameters at the last time: matrices for few neurons, diagonals for many. */
function finalState({ trajectory }: Solution, style: Style): string[] {
  const { hidden: K, t, pmse, excess } = trajectory;
  const last = t.length - 1;
  if (last < 0) return [];
  const what = K <= FEW_NEURONS ? "" : ` (diagonals of ${K}×${K})`;
  const title = `order parameters at t = ${shortNumber(t[last])}${what}`;
  const body = K <= FEW_NEURONS ? matrices(trajectory, last) : diagonals(trajectory, last);
  const digits = excess?.[last] ? excess[last].toPrecision(4) : "0";
  const above = excess ? `, ${digits} above the PCA error of rank ${K}` : "";
  return [style.bold(title), ...body, `  pmse = ${pmse[last].toPrecision(10)}${above}`, ""];
}

/** Q beside R, T0 beside T1. */
function matrices({ hidden: K, Q, R, T0, T1 }: Trajectory, time: number): string[] {
  const row = (values: Float64Array, k: number) => {
    const matrix = values.subarray(time * K * K, (time + 1) * K * K);
    const largest = largestOf(matrix);
    const entries = Array.from(matrix.subarray(k * K, (k + 1) * K));
    return entries.map((value) => cell(value, largest)).join("");
  };
  const pair = (left: [string, Float64Array], right: [string, Float64Array]) =>
    Array.from({ length: K }, (_, k) =>
      [left, right]
        .map(([name, values]) => `  ${(k === 0 ? name : "").padEnd(3)}${row(values, k)}`)
        .join(" "),
    );
  return [...pair(["Q", Q], ["R", R]), ...pair(["T0", T0], ["T1", T1])];
}

function diagonals({ hidden: K, Q, R, T0, T1 }: Trajectory, time: number): string[] {
  const shown = Math.min(K, 8);
  const lines = Object.entries({ Q, R, T0, T1 }).map(([name, values]) => {
    const entries = Array.from({ length: shown }, (_, k) => values[(time * K + k) * K + k]);
    const largest = largestOf(Float64Array.from(entries));
    const diagonal = entries.map((value) => cell(value, largest));
    return `  ${name.padEnd(3)}${diagonal.join("")}${K > shown ? "  …" : ""}`;
  });
  return lines;
}

/** A number in eight characters; what is only rounding beside the largest is 0. */
function cell(value: number, largest: number): string {
  const text = Math.abs(value) < ROUNDING * largest ? "0" : shortNumber(value);
  return (text.length > 7 ? value.toExponential(1) : text).padStart(8);
}

function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function describeWork({ stats, scenario }: Solution): string[] {
  const { method, steps, rejected, evaluations, seconds, reduced, parts } = stats;
  const { relTol } = scenario.integrator;
  const ms = (1000 * seconds).toFixed(0);
  const what = reduced ? `${method}, reduced equations` : method;
  const total = `${what}: ${steps} steps, ${rejected} rejected, ${evaluations} evaluations, ${ms} ms at relTol ${relTol}`;
  if (scenario.integrator.method !== "auto" || parts.length < 2) return [total];
  const rows = parts.map(
    (part) =>
      `  ${part.method} to t = ${shortNumber(part.to)}: ${part.steps} steps, ${part.evaluations} evaluations; ${part.reason}`,
  );
  return [total, ...rows];
}
