import { weightedLine } from "../../analyse/weighted-line.js";
import type { SampleSpectrum } from "../../simulate/sample-spectrum.js";
import { MarchenkoPastur } from "../../theory/marchenko-pastur.js";
import { curveFigure } from "../draw/curve-figure.js";
import { drawn, LEGEND_ABOVE, logAxis, type Panel, TICKS } from "../draw/figure.js";
import { type Claim, number, valueClaim } from "./claim.js";
import type { Drawing, PaperFigure, Results } from "./paper-figure.js";

const NAME = "spiked-wishart";

/** Figure 1(b): spectrum of spiked Wishart samples. */
export const figure1b: PaperFigure = {
  name: "figure-1b",
  title: "Figure 1(b): spectrum of spiked Wishart samples",
  caption:
    "Eigenvalues of the empirical covariance of N = 3D samples. (a) The bulk follows Marchenko and Pastur's law. (b) The outliers grow as D; theory is Baik and Silverstein's place of each.",
  sources: [{ scenario: NAME, needs: "spectra" }],
  quick: { dimension: [40, 100, 250], seeds: 3 },
  draw,
};

function draw({ theory, spectra }: Results): Drawing {
  const { data } = theory[NAME].scenario;
  if (data.kind !== "spiked") throw new RangeError(`${NAME}: the data must be spiked`);
  const samples = spectra[NAME];
  const spikes = [...data.spikes].sort((a, b) => b - a);
  const dimensions = [...new Set(samples.map(({ dimension }) => dimension))];
  const places = dimensions.map((dimension) => {
    const here = samples.filter((one) => one.dimension === dimension);
    return placeOf(here, spikes, data.bulk);
  });
  return {
    panels: [bulkPanel(places[places.length - 1]), outlierPanel(places, spikes)],
    claims: claims(places, spikes),
  };
}

/** All samples of one dimension beside their theory. */
interface Place {
  readonly dimension: number;
  readonly law: MarchenkoPastur;
  /** of all samples, rising */
  readonly bulk: Float64Array;
  /** most eigenvalues that a sample has above 1.2 times the upper edge, and fewest */
  readonly above: readonly [fewest: number, most: number];
  /** mean over samples, theory, and its standard error, of each spike */
  readonly outliers: readonly { mean: number; theory: number; error: number }[];
}

/** Above the edge by far more than the edge's own fluctuations, of order D^(-2/3). */
const OUTSIDE = 1.2;

function placeOf(
  samples: readonly SampleSpectrum[],
  spikes: readonly number[],
  variance: number,
): Place {
  const [{ dimension: D, samples: N }] = samples;
  const M = spikes.length;
  // the spikes' directions have no bulk noise
  const law = new MarchenkoPastur(variance, (D - M) / N);
  const counts = samples.map(
    ({ eigenvalues }) => eigenvalues.filter((value) => value > OUTSIDE * law.edges[1]).length,
  );
  return {
    dimension: D,
    law,
    bulk: Float64Array.from(samples.flatMap(({ eigenvalues }) => [...eigenvalues.slice(M)])).sort(),
    above: [Math.min(...counts), Math.max(...counts)],
    outliers: spikes.map((rho, m) => {
      const mean =
        samples.reduce((sum, { eigenvalues }) => sum + eigenvalues[m], 0) / samples.length;
      const theory = law.outlier(rho * D);
      // a Gaussian direction's sample variance scatters by √(2/N)
      return { mean, theory, error: theory * Math.sqrt(2 / (N * samples.length)) };
    }),
  };
}

const BINS = 40;

function bulkPanel({ bulk, law, dimension }: Place): Panel {
  const [a, b] = law.edges;
  const width = (b - a) / BINS;
  const centres = Array.from({ length: BINS + 2 }, (_, i) => a + (i - 0.5) * width);
  const heights = centres.map((centre) => {
    const inside = bulk.filter((x) => Math.abs(x - centre) <= width / 2).length;
    return inside / (bulk.length * width);
  });
  const x = Array.from({ length: 201 }, (_, i) => a + ((b - a) * i) / 200);
  const line = { name: "Marchenko–Pastur", x, y: x.map((value) => law.density(value)), colour: 1 };
  const figure = curveFigure(
    [line],
    { title: { text: "eigenvalue" }, ...TICKS },
    { title: { text: "density" }, rangemode: "tozero", ...TICKS },
  );
  const bars = {
    type: "bar",
    name: `samples, D = ${dimension}`,
    x: centres.map(drawn),
    y: heights.map(drawn),
    width: drawn(width),
    colour: 0,
    marker: { line: { width: 0 }, opacity: 0.55 },
  };
  return {
    title: "Bulk",
    figure: {
      data: [bars, ...figure.data],
      layout: { ...figure.layout, showlegend: true, legend: LEGEND_ABOVE },
    },
  };
}

function outlierPanel(places: readonly Place[], spikes: readonly number[]): Panel {
  const x = places.map(({ dimension }) => dimension);
  const curves = spikes.flatMap((rho, m) => [
    {
      name: `ρ̃ = ${rho}`,
      x,
      y: places.map(({ outliers }) => outliers[m].theory),
      colour: m,
    },
    {
      name: `ρ̃ = ${rho}`,
      x,
      y: places.map(({ outliers }) => outliers[m].mean),
      error: places.map(({ outliers }) => outliers[m].error),
      colour: m,
    },
  ]);
  const edge = {
    name: "edge of the bulk",
    x,
    y: places.map(({ law }) => law.edges[1]),
    colour: 8,
    dash: "dot",
  };
  const ticks = { tickvals: x, ticktext: x.map(String) };
  return {
    title: "Outliers",
    figure: curveFigure(
      [...curves, edge],
      { type: "log", title: { text: "D" }, ...ticks, ...TICKS },
      logAxis({ text: "eigenvalue" }, [1, 1e3]),
    ),
    note: "Lines: theory. Points: means over samples, with their standard errors √(2/N) by theory.",
  };
}

function claims(places: readonly Place[], spikes: readonly number[]): Claim[] {
  const M = spikes.length;
  const fewest = Math.min(...places.map(({ above }) => above[0]));
  const most = Math.max(...places.map(({ above }) => above[1]));
  const largest = places[places.length - 1];
  const D = largest.dimension;
  const distance = largestDistance(largest);
  const z = Math.max(
    ...places.flatMap(({ outliers }) =>
      outliers.map(({ mean, theory, error }) => Math.abs(mean - theory) / error),
    ),
  );
  const growth = weightedLine(
    places.map(({ dimension, outliers: [{ mean, error }] }) => ({
      x: Math.log(dimension),
      y: Math.log(mean),
      error: error / mean,
    })),
  );
  return [
    {
      statement: `The covariance has M = ${M} outlier eigenvalues`,
      source: "section 2",
      measured: `${fewest === most ? fewest : `${fewest} to ${most}`} above the bulk in every sample`,
      tolerance: `exactly ${M} above ${OUTSIDE} times the bulk's upper edge`,
      holds: fewest === M && most === M,
    },
    {
      statement: "The bulk of the empirical covariance follows the Marchenko–Pastur law",
      source: "section 2",
      measured: `largest distance of the distribution functions ${number(distance)} at D = ${D}`,
      tolerance: `at most 5/D = ${number(5 / D)}: eigenvalues lie within some 1/D of their places`,
      holds: distance <= 5 / D,
    },
    {
      statement: "Outliers lie where theory puts them",
      source: "section 2, figure 1(b)",
      measured: `at most ${number(z, 2)} standard errors away, at every D`,
      tolerance: "4 standard errors",
      holds: z <= 4,
    },
    valueClaim(
      "The outlier eigenvalues scale as D",
      "section 2",
      growth?.slope ?? Number.NaN,
      1,
      4 * (growth?.slopeError ?? 0),
      {
        measured: `largest ∝ D^${number(growth?.slope ?? Number.NaN)}`,
        why: "4 standard errors of the fitted exponent",
      },
    ),
  ];
}

/** Kolmogorov's distance between the bulk and its law. */
function largestDistance({ bulk, law }: Place): number {
  let largest = 0;
  bulk.forEach((x, i) => {
    const expected = law.cumulative(x);
    const low = i / bulk.length;
    const high = (i + 1) / bulk.length;
    largest = Math.max(largest, Math.abs(expected - low), Math.abs(expected - high));
  });
  return largest;
}
