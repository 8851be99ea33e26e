import type { Panel } from "../../../src/report/draw/figure.js";
import type { Section } from "../../../src/report/page/report.js";
import { threeDigits } from "../digits.js";
import { linesBy, logLogFigure } from "../figures.js";
import type { RightHandSide } from "../large-systems.js";
import type { Size } from "../size.js";

const QUANTITIES = [
  ["microseconds", "µs a right-hand side"],
  ["evaluations", "evaluations to t = 10⁴"],
  ["seconds", "seconds to t = 10⁴"],
  ["megabytes", "peak memory, MB"],
] as const;

/** Pictures of cost against the number of neurons and of modes. */
export function sizeSection(sizes: readonly Size[], slopes: readonly RightHandSide[]): Section {
  const neurons = [...new Set(sizes.map(({ K }) => K))];
  const panels = QUANTITIES.map(
    ([quantity, title]): Panel => ({
      title,
      figure: logLogFigure(
        linesBy(
          sizes,
          ({ K }) => `K = ${K}`,
          ({ K }) => neurons.indexOf(K),
          (size) => [size.D, size[quantity]],
        ),
        { x: "D", y: title },
      ),
    }),
  );
  return {
    title: "Cost against size",
    note: "Full spectra, a power law of exponent 1.5 and trace 1, by bdf at relTol 1e-9. Memory is the most that the process took, node and all.",
    panels,
    tables: [
      {
        title: "full spectra",
        header: ["K", "D", "variables", ...QUANTITIES.map(([, title]) => title)],
        rows: sizes.map(({ K, D, microseconds, evaluations, seconds, megabytes }) => [
          ...[K, D, 2 * K * D].map(String),
          threeDigits(microseconds),
          String(evaluations),
          threeDigits(seconds),
          megabytes.toFixed(0),
        ]),
      },
      {
        title: "right-hand sides",
        header: ["K", "D", "µs a right-hand side", "GFlop/s"],
        rows: slopes.map(({ K, D, microseconds, gigaflops }) => [
          ...[K, D].map(String),
          threeDigits(microseconds),
          gigaflops.toPrecision(2),
        ]),
      },
    ],
  };
}
