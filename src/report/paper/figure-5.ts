import { decoderAlignment, subspaceOverlap } from "../../analyse/alignment.js";
import type { Comparison } from "../../analyse/comparison.js";
import { spectrumOf } from "../../model/spectrum.js";
import type { Trajectory } from "../../trajectory.js";
import { mainTheory } from "../comparison-record.js";
import { meanCourse, theoryCourse } from "../draw/course.js";
import { type Curve, curveFigure } from "../draw/curve-figure.js";
import { errorFigure } from "../draw/error-figure.js";
import { type Panel, TICKS } from "../draw/figure.js";
import { largest } from "../simulation-rows.js";
import { agreementClaim, type Claim, number, percent } from "./claim.js";
import type { Drawing, PaperFigure, Results } from "./paper-figure.js";

const PLAIN = "components-sgd";
const TRUNCATED = "components-truncated";

/** Figure 5(a) to (c): truncated SGD finds the exact principal components. */
export const figure5: PaperFigure = {
  name: "figure-5",
  title: "Figure 5(a–c): truncated SGD finds the exact principal components",
  caption:
    "Eigenvectors are sinusoidal, ψₘ(i) = √2 sin(πmi/D). (a) Error of plain and truncated SGD: lines are theory, points SGD. (b), (c) Decoders of one run at the end, as points, over the exact components, as lines; each divided by its length.",
  sources: [
    { scenario: PLAIN, needs: "comparison" },
    { scenario: TRUNCATED, needs: "comparison" },
  ],
  quick: { dimension: 400, seeds: 3 },
  draw,
};

function draw({ comparison }: Results): Drawing {
  const plain = comparison[PLAIN];
  const truncated = comparison[TRUNCATED];
  return {
    panels: [
      errorPanel(plain, truncated),
      weightsPanel(truncated, "Weights after truncated SGD"),
      weightsPanel(plain, "Weights after plain SGD"),
    ],
    claims: claims(plain, truncated),
  };
}

function errorPanel(plain: Comparison, truncated: Comparison): Panel {
  const curves = [
    { of: plain, name: "plain SGD" },
    { of: truncated, name: "truncated SGD" },
  ].flatMap(({ of, name }, colour) => {
    const line = theoryCourse(mainTheory(of).solution).trajectory;
    const { dimension } = largest(of.simulation.summary);
    const points = meanCourse(of.simulation, dimension, 25);
    const { t, pmse } = points.trajectory;
    return [
      { name, t: line.t, pmse: line.pmse, colour },
      { name, t, pmse, error: points.error?.pmse, colour },
    ];
  });
  const { pca } = mainTheory(plain).solution;
  return { title: "Reconstruction error", figure: errorFigure(curves, pca), wide: true };
}

const PLACES = 200;
const POINTS_EVERY = 5;

/** Decoders of the first run over input space, and the components themselves. */
function weightsPanel({ simulation, theories }: Comparison, title: string): Panel {
  const [run] = simulation.runs;
  const { hidden: K, modes: M } = run.trajectory;
  const cosines = decoderAlignment(run.trajectory).slice(-K * M);
  const x = Array.from({ length: PLACES + 1 }, (_, i) => i / PLACES);
  const component = (m: number) =>
    x.map((place) => Math.SQRT2 * Math.sin(Math.PI * (m + 1) * place));
  const exact = Array.from(
    { length: M },
    (_, m): Curve => ({
      name: `component ${m + 1}`,
      x,
      y: component(m),
      colour: m,
    }),
  );
  const few = x.filter((_, i) => i % POINTS_EVERY === 0);
  const decoders = Array.from({ length: K }, (_, k): Curve => {
    const own = Array.from({ length: M }, (_, m) => cosines[k * M + m]);
    // weights and their negatives are equivalent: show each beside its own component
    const sign = Math.sign(own[k]) || 1;
    const y = few.map((_, i) =>
      own.reduce((sum, cosine, m) => sum + sign * cosine * component(m)[i * POINTS_EVERY], 0),
    );
    return { name: `component ${k + 1}`, x: few, y, points: true, colour: k };
  });
  const { dimension, seed } = run;
  const outside = outsideComponents(mainTheory({ theories }).solution.trajectory);
  return {
    title,
    figure: curveFigure(
      [...exact, ...decoders],
      { title: { text: "place in the input, i / D" }, ...TICKS },
      { title: { text: "weight / length" }, ...TICKS },
    ),
    note: `Lines: components. Points: decoders. Run of seed ${seed} at D = ${dimension}: the part of the decoders among the components; outside them lies at most ${percent(outside)} of a decoder's square in theory.`,
  };
}

/** Largest share of a decoder's squared length that lies outside the components at the end. */
function outsideComponents(trajectory: Trajectory): number {
  const { hidden: K, modes: M } = trajectory;
  const cosines = decoderAlignment(trajectory).slice(-K * M);
  const inside = Array.from({ length: K }, (_, k) =>
    cosines.subarray(k * M, (k + 1) * M).reduce((sum, cosine) => sum + cosine ** 2, 0),
  );
  return Math.max(0, 1 - Math.min(...inside));
}

function claims(plain: Comparison, truncated: Comparison): Claim[] {
  const curve = (of: Comparison) => mainTheory(of).solution;
  const end = (of: Comparison) => curve(of).trajectory.pmse.at(-1) as number;
  const pcaError = curve(plain).pca.at(-1) as number;
  const penalty = end(truncated) / end(plain) - 1;
  const above = Math.max(end(plain), end(truncated)) / pcaError - 1;
  const rise = riseOf(curve(truncated).trajectory.pmse);
  const riseOfRuns = riseOf(largest(truncated.simulation.summary).mean);
  const riseOfPlain = riseOf(curve(plain).trajectory.pmse);
  const cosine = ownCosine(truncated);
  const mixed = largestCosine(plain);
  const { trajectory, scenario } = curve(plain);
  if (scenario.data.kind === "images") throw new RangeError(`${PLAIN}: the data must be synthetic`);
  const { rho } = spectrumOf(scenario.data);
  const overlap = subspaceOverlap(trajectory, rho, rho.length).at(-1) as number;
  return [
    agreementClaim("The theory captures both learning curves", "section 3.5, figure 5(a)", [
      plain,
      truncated,
    ]),
    {
      statement: "Truncated SGD incurs no penalty: both reach the PCA error",
      source: "section 3.5",
      measured: `${percent(above)} above the PCA error at most; truncated ${percent(penalty)} above plain`,
      tolerance: "10 % (not rescaled yet, noise of bulk weights), and 2 % between them",
      holds: above <= 0.1 && Math.abs(penalty) <= 0.02,
    },
    {
      statement: "The error can increase temporarily with truncated SGD",
      source: "section 3.5",
      measured: `by ${percent(rise)} in theory, by ${percent(riseOfRuns)} in the runs' mean; with plain SGD by ${percent(riseOfPlain)}`,
      tolerance:
        "by more than 1 % with truncated SGD; never with plain SGD, the flow of a gradient",
      holds: rise > 0.01 && riseOfRuns > 0.01 && riseOfPlain < 1e-9,
    },
    {
      statement: "Truncated SGD converges to the exact principal components",
      source: "section 3.5, figure 5(b)",
      measured: `|cosine| of decoder k and component k at least ${number(cosine, 5)}, theory and every run`,
      tolerance: "at least 0.99",
      holds: cosine >= 0.99,
    },
    {
      statement: "Plain SGD only recovers a linear combination of them",
      source: "section 3.5, figure 5(c)",
      measured: `no decoder's |cosine| with a component exceeds ${number(mixed)}; overlap of subspaces ${number(overlap, 5)}`,
      tolerance: "cosines at most 0.95, overlap at least 0.99",
      holds: mixed <= 0.95 && overlap >= 0.99,
    },
  ];
}

/** The largest rise of a curve above what it had been before, relative to that. */
function riseOf(pmse: Float64Array): number {
  let lowest = Number.POSITIVE_INFINITY;
  let rise = 0;
  for (const error of pmse) {
    lowest = Math.min(lowest, error);
    rise = Math.max(rise, error / lowest - 1);
  }
  return rise;
}

/** All ends: of theory and of every run. */
function endsOf({
  theories,
  simulation,
}: Comparison): { K: number; M: number; cosines: Float64Array }[] {
  const trajectories = [
    mainTheory({ theories }).solution.trajectory,
    ...simulation.runs.map(({ trajectory }) => trajectory),
  ];
  return trajectories.map((trajectory) => {
    const { hidden: K, modes: M } = trajectory;
    return {
      K,
      M,
      cosines: decoderAlignment(trajectory)
        .slice(-K * M)
        .map(Math.abs),
    };
  });
}

/** The least cosine of a decoder and the component of its number. */
function ownCosine(of: Comparison): number {
  return Math.min(
    ...endsOf(of).flatMap(({ K, M, cosines }) =>
      Array.from({ length: K }, (_, k) => cosines[k * M + k]),
    ),
  );
}

function largestCosine(of: Comparison): number {
  return Math.max(...endsOf(of).flatMap(({ cosines }) => [...cosines]));
}
