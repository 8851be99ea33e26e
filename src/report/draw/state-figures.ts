import type { Trajectory } from "../../trajectory.js";
import { type Course, MOST_LINE } from "./course.js";
import { timeFigure } from "./curve-figure.js";
import { drawn, type Figure, type Panel } from "./figure.js";
import { placesToDraw } from "./places.js";

/* Panels of the state over time: order parameters and amplitudes, theory as lines, runs as points. */

/** All entries of K×K matrices are drawn up to this K, diagonals beyond. */
const MOST_FULL = 4;
const MOST_NEURONS = 12;
const MOST_MODES = 6;

/** One curve of a panel. */
interface Entry {
  readonly label: string;
  readonly colour: number;
  readonly dash?: string;
  /** its value at time number i */
  at(trajectory: Trajectory, i: number): number;
}

/** Q, R, T0 and T1, a panel each. */
export function orderParameterPanels(courses: readonly Course[]): Panel[] {
  const K = courses[0].trajectory.hidden;
  const places = matrixPlaces(K);
  const note =
    K > MOST_FULL ? `diagonal, neurons 1 to ${Math.min(K, MOST_NEURONS)} of ${K}` : undefined;
  return (["Q", "R", "T0", "T1"] as const).map((name) => {
    const symmetric = name !== "R";
    const entries = places
      .filter(([k, l]) => !symmetric || k <= l)
      .map(([k, l], number) => ({
        label: `${name[0]}<sub>${name.slice(1)}${name.length > 1 ? "," : ""}${k + 1}${K > 9 ? "," : ""}${l + 1}</sub>`,
        colour: number,
        dash: k === l ? undefined : "dash",
        at: (trajectory: Trajectory, i: number) => trajectory[name][i * K * K + k * K + l],
      }));
    const title = name.length === 1 ? name : `${name[0]}<sub>${name[1]}</sub>`;
    return { title: MEANINGS[name], figure: stateFigure(title, courses, entries), note };
  });
}

const MEANINGS = {
  Q: "Q = E[λλᵀ], encoder with encoder",
  R: "R, decoder with encoder",
  T0: "T0 = v·v/D, decoder with decoder",
  T1: "T1, decoder with decoder, weighted by the inputs' covariance",
};

/** Encoder and decoder amplitudes of the leading modes, two panels a mode. */
export function amplitudePanels(
  courses: readonly Course[],
  modes: readonly number[],
  rho: ArrayLike<number>,
): Panel[] {
  const drawable = courses.filter(({ trajectory }) => trajectory.amplitudes);
  if (drawable.length === 0) return [];
  const { hidden: K, modes: M } = drawable[0].trajectory;
  const neurons = Array.from({ length: Math.min(K, MOST_NEURONS) }, (_, k) => k);
  const part = (which: "encoder" | "decoder", m: number): Entry[] =>
    neurons.map((k) => ({
      label: `neuron ${k + 1}`,
      colour: k,
      at: ({ amplitudes }, i) => amplitudes?.[which][i * K * M + k * M + m] as number,
    }));
  return modes.slice(0, MOST_MODES).flatMap((m, number) => {
    const name = `component ${number + 1} (ρ̃ = ${drawn(rho[m])})`;
    return [
      { title: `encoder, ${name}`, figure: stateFigure("ω", drawable, part("encoder", m)) },
      { title: `decoder, ${name}`, figure: stateFigure("ν", drawable, part("decoder", m)) },
    ];
  });
}

/** What is left of each component after reconstruction, as a share of its variance. */
export function componentFigure(
  t: ArrayLike<number>,
  errors: Float64Array,
  modes: readonly number[],
  rho: ArrayLike<number>,
): Figure {
  const places = placesToDraw(t, MOST_LINE);
  const curves = modes.slice(0, MOST_MODES).map((m, number) => ({
    name: `component ${number + 1}`,
    x: places.map((i) => t[i]),
    y: places.map((i) => errors[i * rho.length + m] / rho[m]),
    colour: number,
  }));
  return timeFigure(curves, "share left of its variance");
}

/** A line for theory and points for runs, of each entry. */
function stateFigure(title: string, courses: readonly Course[], entries: readonly Entry[]): Figure {
  const curves = courses.flatMap(({ trajectory, error }) =>
    entries.map(({ label, colour, dash, at }) => {
      const values = (of: Trajectory) => Array.from(of.t, (_, i) => at(of, i));
      return {
        name: label,
        x: trajectory.t,
        y: values(trajectory),
        error: error && values(error),
        colour,
        dash,
      };
    }),
  );
  return timeFigure(curves, title);
}

function matrixPlaces(K: number): [k: number, l: number][] {
  const neurons = Array.from({ length: Math.min(K, MOST_NEURONS) }, (_, k) => k);
  if (K > MOST_FULL) return neurons.map((k) => [k, k]);
  return neurons.flatMap((k) => neurons.map((l): [number, number] => [k, l]));
}
