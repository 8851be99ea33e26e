import { decoderAlignment, encoderAlignment } from "../../analyse/alignment.js";
import { pickTimes, type Trajectory } from "../../trajectory.js";
import { drawn, type Figure, logAxis, type Panel, TIME_TITLE } from "./figure.js";
import { placesToDraw } from "./places.js";

const MOST_NEURONS = 12;
const MOST_MODES = 6;
const MOST_TIMES = 150;

/**
 * For each neuron, how it lies to the leading components over time: the correlation of its field with
 * each component (w), and the cosine between its decoder and each component (v), without signs.
 */
export function alignmentPanels(
  trajectory: Trajectory,
  modes: readonly number[],
  rho: ArrayLike<number>,
): Panel[] {
  if (!trajectory.amplitudes) return [];
  const { hidden: K, modes: M } = trajectory;
  const few = pickTimes(trajectory, placesToDraw(trajectory.t, MOST_TIMES));
  const both = { v: decoderAlignment(few), w: encoderAlignment(few, rho) };
  const shown = modes.slice(0, MOST_MODES);
  const times = Array.from(few.t.keys()).filter((i) => few.t[i] > 0);
  return Array.from({ length: Math.min(K, MOST_NEURONS) }, (_, k) => {
    // rows from bottom to top: the decoder's components, then the encoder's, the first on top
    const rows = (["v", "w"] as const).flatMap((letter) =>
      [...shown.entries()].reverse().map(([number, m]) => ({
        label: `${letter}·ψ<sub>${number + 1}</sub>`,
        values: times.map((i) => round(Math.abs(both[letter][i * K * M + k * M + m]))),
      })),
    );
    return {
      title: `neuron ${k + 1}`,
      figure: heatMap(
        times.map((i) => few.t[i]),
        rows,
      ),
    };
  });
}

/** Three digits: more than a colour shows. */
function round(value: number): number {
  return Math.round(1000 * value) / 1000;
}

function heatMap(
  t: readonly number[],
  rows: readonly { label: string; values: readonly number[] }[],
): Figure {
  return {
    data: [
      {
        type: "heatmap",
        x: t.map(drawn),
        y: rows.map(({ label }) => label),
        z: rows.map(({ values }) => values),
        zmin: 0,
        zmax: 1,
        colorscale: "Viridis",
        colorbar: { thickness: 12, outlinewidth: 1, tickvals: [0, 0.5, 1] },
        hovertemplate: "t = %{x:.4g}<br>%{y}: %{z:.3f}<extra></extra>",
      },
    ],
    layout: {
      xaxis: logAxis(TIME_TITLE, [t[0], t[t.length - 1]]),
      yaxis: { type: "category", tickmode: "linear", dtick: 1 },
      margin: { l: 56, r: 16, t: 16, b: 52 },
    },
  };
}
