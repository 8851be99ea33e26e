import { byEigenvalue, subspaceOverlap } from "../../analyse/alignment.js";
import type { Comparison } from "../../analyse/comparison.js";
import { componentErrors, learningTimes } from "../../analyse/components.js";
import { findPlateaus, type Plateau } from "../../analyse/plateaus.js";
import type { Activation } from "../../model/activations/activation.js";
import { findActivation } from "../../model/activations/find.js";
import { spectrumOf } from "../../model/spectrum.js";
import type { Trajectory } from "../../trajectory.js";
import { mainTheory } from "../comparison-record.js";
import { comparisonCurves } from "../comparison-report.js";
import { meanCourse, theoryCourse } from "../draw/course.js";
import { timeFigure } from "../draw/curve-figure.js";
import { errorFigure } from "../draw/error-figure.js";
import type { Panel } from "../draw/figure.js";
import { largest } from "../simulation-rows.js";
import { agreementClaim, type Claim, number, percent } from "./claim.js";
import type { Drawing, PaperFigure, Results } from "./paper-figure.js";

const NAME = "sequential-learning";

/** Figure 2: principal components are learnt one after another. */
export const figure2: PaperFigure = {
  name: "figure-2",
  title: "Figure 2: principal components are learnt one after another",
  caption:
    "K = M = 3 sigmoidal neurons. (a) Reconstruction error: theory as a line, SGD as points with standard errors over seeds; dashed the PCA errors, shaded the plateaus. (b) What is left of each component's variance.",
  sources: [{ scenario: NAME, needs: "comparison" }],
  quick: { dimension: 400, seeds: 4 },
  draw,
};

function draw({ comparison }: Results): Drawing {
  const of = comparison[NAME];
  const { trajectory, pca } = mainTheory(of).solution;
  const plateaus = findPlateaus(trajectory.t, trajectory.pmse, pca);
  return {
    panels: [
      {
        title: "Reconstruction error",
        figure: errorFigure(comparisonCurves(of), pca, plateaus),
        wide: true,
      },
      componentsPanel(of),
    ],
    claims: claims(of, plateaus),
  };
}

/** Share of each component's variance that is left, component 1 first, [M][n]. */
function sharesLeft(of: Comparison, trajectory: Trajectory): number[][] {
  const { model } = of.simulation.scenario;
  const rho = rhoOf(of);
  const activation = findActivation(model.activation) as Activation;
  const errors = componentErrors(trajectory, activation, rho) as Float64Array;
  return byEigenvalue(rho).map((m) =>
    Array.from(trajectory.t, (_, i) => errors[i * rho.length + m] / rho[m]),
  );
}

function rhoOf(of: Comparison): Float64Array {
  const { data } = of.simulation.scenario;
  if (data.kind === "images") throw new RangeError(`${NAME}: the data must be synthetic`);
  return spectrumOf(data).rho;
}

function componentsPanel(of: Comparison): Panel {
  const { trajectory } = theoryCourse(mainTheory(of).solution);
  const points = meanCourse(of.simulation, largest(of.simulation.summary).dimension);
  const lines = sharesLeft(of, trajectory).map((y, m) => ({
    name: `component ${m + 1}`,
    x: trajectory.t,
    y,
    colour: m,
  }));
  const dots = sharesLeft(of, points.trajectory).map((y, m) => ({
    name: `component ${m + 1}`,
    x: points.trajectory.t,
    y,
    points: true,
    colour: m,
  }));
  return {
    title: "What is left of each component",
    figure: timeFigure([...lines, ...dots], "share left of its variance"),
    note: "Lines: theory. Points: at the mean state of the runs.",
    wide: true,
  };
}

function claims(of: Comparison, plateaus: readonly Plateau[]): Claim[] {
  const { trajectory } = mainTheory(of).solution;
  const { dimension } = largest(of.simulation.summary);
  const ranks = plateaus.map(({ rank }) => rank);
  const K = of.simulation.scenario.model.hidden;
  const expected = Array.from({ length: K + 1 }, (_, m) => m);
  const off = Math.max(...plateaus.map(({ difference }) => Math.abs(difference)));
  const times = learningOrder(of, trajectory);
  const runs = of.simulation.runs.map((run) => learningOrder(of, run.trajectory));
  const inOrder = (list: readonly (number | undefined)[]) =>
    list.every((t, m) => t !== undefined && (m === 0 || t > (list[m - 1] as number)));
  const overlaps = plateaus.filter(({ rank }) => rank > 0).map((one) => overlapOn(of, one));
  return [
    agreementClaim(`The theory captures training at D = ${dimension} well`, "section 3.1.3", [of]),
    {
      statement: "Sudden decreases of the error are preceded by plateaus",
      source: "section 3.2",
      measured: `plateaus at ranks ${ranks.join(", ")}`,
      tolerance: `ranks ${expected.join(", ")} in this order`,
      holds: ranks.join() === expected.join(),
    },
    {
      statement: "Plateaus lie on the PCA errors of 0, 1, 2, … components",
      source: "section 3.2, figure 2",
      measured: `at most ${percent(off)} off`,
      tolerance:
        "10 %: neurons are not yet rescaled, and bulk weights add their noise (theory §6 and §2)",
      holds: off <= 0.1,
    },
    {
      statement: "Modes with larger eigenvalues are learnt faster",
      source: "section 3.2",
      measured: `half learnt at t = ${times.map((t) => number(t ?? Number.NaN)).join(", ")}; in this order in ${runs.filter(inOrder).length} of ${runs.length} runs`,
      tolerance: "in the order of eigenvalues, in theory and in every run",
      holds: inOrder(times) && runs.every(inOrder),
    },
    {
      statement:
        "On a plateau the network has learnt a rotation of the first leading principal components",
      source: "section 3.2",
      measured: `overlap of subspaces ${overlaps.map((x) => number(x, 4)).join(", ")}`,
      tolerance: "at least 0.95 at the middle of each plateau",
      holds: overlaps.length === K && overlaps.every((x) => x >= 0.95),
    },
  ];
}

/** When each component is learnt, the largest eigenvalue first. */
function learningOrder(of: Comparison, trajectory: Trajectory): (number | undefined)[] {
  const rho = rhoOf(of);
  const activation = findActivation(of.simulation.scenario.model.activation) as Activation;
  const errors = componentErrors(trajectory, activation, rho) as Float64Array;
  const times = learningTimes(trajectory.t, errors, rho);
  return byEigenvalue(rho).map((m) => times[m]);
}

/** How much of the components of its rank the decoders span in the middle of a plateau. */
function overlapOn(of: Comparison, { from, to, rank }: Plateau): number {
  const { trajectory } = mainTheory(of).solution;
  const middle = trajectory.t.findIndex((t) => t >= Math.sqrt(from * to));
  return subspaceOverlap(trajectory, rhoOf(of), rank)[middle];
}
