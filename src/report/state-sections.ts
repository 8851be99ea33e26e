import { byEigenvalue } from "../analyse/alignment.js";
import { componentErrors, learningTimes } from "../analyse/components.js";
import { findActivation } from "../model/activations/find.js";
import type { ResolvedScenario } from "../model/resolve.js";
import { spectrumOf } from "../model/spectrum.js";
import type { Trajectory } from "../trajectory.js";
import { alignmentPanels } from "./draw/alignment-figure.js";
import type { Course } from "./draw/course.js";
import type { Panel } from "./draw/figure.js";
import { amplitudePanels, componentFigure, orderParameterPanels } from "./draw/state-figures.js";
import type { Section, Table } from "./page/report.js";
import { shortNumber } from "./short-number.js";

type Setting = Pick<ResolvedScenario, "data" | "model">;

const MOST_ROWS = 12;
const LEFT_OUT =
  "Amplitudes of all modes, and how neurons lie to the components, were not kept: they are more than 10⁶ numbers. --amplitudes keeps them.";

/**
 * The state over time: order parameters, amplitudes, alignment.
 * @param courses what is drawn, lines before points
 * @param single one theory or run, for the alignment of its neurons
 */
export function stateSections(
  { data }: Setting,
  courses: readonly Course[],
  single: { readonly name: string; readonly trajectory: Trajectory },
): Section[] {
  // a logarithmic axis has no place for t = 0 alone
  const visible = courses.some(({ trajectory }) => trajectory.t.some((t) => t > 0));
  if (data.kind === "images" || !visible) return [];
  const { rho } = spectrumOf(data);
  const modes = byEigenvalue(rho);
  const legend = courses.map(({ name, error }) => `${error ? "points" : "lines"}: ${name}`);
  const note = `${legend.join("; ")}${courses.some(({ error }) => error) ? ", with standard errors" : ""}.`;
  const heat =
    "w·ψ: correlation between the neuron's field and the component; v·ψ: cosine between its decoder and the component.";
  const orderParameters = {
    title: "Order parameters",
    note,
    panels: orderParameterPanels(courses),
  };
  if (!single.trajectory.amplitudes)
    return [orderParameters, { title: "Amplitudes", note: LEFT_OUT }];
  return [
    orderParameters,
    { title: "Amplitudes", note, panels: amplitudePanels(courses, modes, rho) },
    {
      title: "Alignment with the principal components",
      note: `${heat} Signs left out; ${single.name}.`,
      panels: alignmentPanels(single.trajectory, modes, rho),
    },
  ];
}

/** A component may be learnt before the first time already. */
function learntAt(time: number | undefined, first: number): string {
  if (time === undefined) return "–";
  return `${time === first ? "≤ " : ""}${shortNumber(time)}`;
}

/** When each component is learnt, and what is left of it over time; nothing where that isn't known. */
export function componentsLearnt(
  { data, model }: Setting,
  trajectory: Trajectory,
): { panels: Panel[]; tables: Table[] } {
  const activation = findActivation(model.activation);
  const gaussian =
    data.kind === "spectrum" || (data.kind === "spiked" && data.latents === "gaussian");
  if (!activation || !gaussian || trajectory.t.length === 0) return { panels: [], tables: [] };
  const { rho } = spectrumOf(data);
  const errors = componentErrors(trajectory, activation, rho);
  if (!errors) return { panels: [], tables: [] };
  const modes = byEigenvalue(rho);
  const times = learningTimes(trajectory.t, errors, rho);
  const last = (trajectory.t.length - 1) * rho.length;
  const table = {
    title: "when components are learnt",
    header: ["component", "ρ̃", "half of it left until t", "left at the end"],
    rows: modes
      .slice(0, MOST_ROWS)
      .map((m, number) => [
        String(number + 1),
        shortNumber(rho[m]),
        learntAt(times[m], trajectory.t[0]),
        `${shortNumber((100 * errors[last + m]) / rho[m])} %`,
      ]),
  };
  const panel = {
    title: "What is left of each component",
    figure: componentFigure(trajectory.t, errors, modes, rho),
    wide: true,
  };
  const visible = trajectory.t.some((t) => t > 0);
  return { panels: visible ? [panel] : [], tables: [table] };
}
