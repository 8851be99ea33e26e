import type { Section } from "../../../src/report/page/report.js";
import { threeDigits } from "../digits.js";
import type { EngineTimes } from "../engines.js";
import { type Line, logLogFigure } from "../figures.js";

const PROGRAMS = [
  ["exact", "exact"],
  ["direct", "direct"],
  ["c", "in C"],
  ["numpy", "in NumPy"],
] as const;

/** Pictures of the simulator's speed, one a number of neurons. */
export function engineSection(times: readonly EngineTimes[]): Section {
  const neurons = [...new Set(times.map(({ K }) => K))];
  return {
    title: "Steps of the simulator",
    note: "SGD of sigmoids on spiked data: both engines, and the direct one's loop in C and in NumPy from the same random bits, each on one thread.",
    panels: neurons.map((K) => ({
      title: `steps a second, K = M = ${K}`,
      figure: logLogFigure(linesOf(times.filter((row) => row.K === K)), {
        x: "D",
        y: "steps a second",
      }),
    })),
    tables: [
      {
        title: "microseconds a step",
        header: ["K = M", "D", ...PROGRAMS.map(([, name]) => name), "kB exact", "kB direct"],
        rows: times.map((row) => [
          ...[row.K, row.D].map(String),
          ...PROGRAMS.map(([key]) => (Number.isNaN(row[key]) ? "–" : threeDigits(row[key]))),
          ...[row.exactKilobytes, row.directKilobytes].map((kB) =>
            kB < 10 ? kB.toFixed(1) : kB.toFixed(0),
          ),
        ]),
      },
    ],
  };
}

/** A program that isn't there has no line. */
function linesOf(rows: readonly EngineTimes[]): Line[] {
  return PROGRAMS.map(([key, name], colour) => ({
    name,
    colour,
    points: rows
      .filter((row) => Number.isFinite(row[key]))
      .map((row) => [row.D, 1e6 / row[key]] as const),
  })).filter(({ points }) => points.length > 0);
}
