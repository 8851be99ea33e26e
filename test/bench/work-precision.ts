import type { Solution } from "../../src/integrate/solve.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { shippedScenarios } from "../support/scenarios.js";
import { Cvode } from "./cvode.js";
import { METHODS, type Method, solveBy } from "./methods.js";
import { PATIENCE, timeWarm } from "./timing.js";

/** What is compared of a solution. */
export interface Answer {
  /** at the outputs */
  readonly pmse: ArrayLike<number>;
  /** all amplitudes at the last one */
  readonly end: readonly number[];
  readonly evaluations: number;
}

/** A method at one tolerance. */
export interface Run {
  readonly method: string;
  readonly relTol: number;
  readonly evaluations: number;
  readonly milliseconds: number;
  /** largest relative error of pmse over the outputs */
  readonly pmseError: number;
  /** of the amplitudes at the end, largest error over largest amplitude */
  readonly stateError: number;
}

export interface WorkPrecision {
  readonly title: string;
  readonly runs: readonly Run[];
  /** how far the two reference solutions are apart: errors below it aren't known */
  readonly floor: Pick<Run, "pmseError" | "stateError">;
  /** what isn't shown, and why */
  readonly note?: string;
}

interface Case {
  readonly title: string;
  readonly content: ScenarioInput;
  readonly without?: readonly Method[];
  readonly withCvode?: boolean;
}

const NAMES = [
  "sigmoid-k3",
  "long-time-k1",
  "truncated-k4",
  "weight-decay-k3",
  "relu-k4",
  "linear-k3",
];
const QUICK_NAMES = ["sigmoid-k3", "weight-decay-k3"];
const TOLERANCES = {
  full: [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11],
  quick: [1e-5, 1e-7, 1e-9],
};
const REFERENCE = 1e-12;
const NO_CVODE = "CVODE is left out: cc with SUNDIALS isn't there.";

/** Errors and work of every method on small shipped scenarios, tolerances swept. */
export function workPrecision(quick: boolean): WorkPrecision[] {
  const cvode = new Cvode();
  const length = quick ? "quick" : "full";
  try {
    return cases(quick).map((one) => measure(one, length, cvode));
  } finally {
    cvode.remove();
  }
}

function cases(quick: boolean): Case[] {
  const shipped = (name: string): ScenarioInput => {
    const found = shippedScenarios().find((scenario) => scenario.name === `${name}.json`);
    if (!found) throw new Error(`no scenario ${name}`);
    return found.content;
  };
  const end = quick ? 1e4 : 1e5;
  return [
    ...(quick ? QUICK_NAMES : NAMES).map((name) => ({
      title: name,
      content: shipped(name),
      withCvode: name === "sigmoid-k3",
    })),
    {
      title: `sigmoid-k3 without bulk to t = ${quick ? "10⁴" : "10⁵"}`,
      content: {
        ...shipped("sigmoid-k3"),
        data: { kind: "spiked", spikes: [1, 0.3, 0.1], bulk: 0 },
        time: { end, points: 50, start: 1 },
      },
      without: ["odex"],
      withCvode: true,
    },
  ];
}

function measure(
  { title, content, without = [], withCvode = false }: Case,
  length: "quick" | "full",
  cvode: Cvode,
): WorkPrecision {
  const tolerances = TOLERANCES[length];
  // each is judged by what it has nothing in common with; auto, which takes both, by the worse of the two
  const seulex = answerOf(solveBy(content, "seulex", REFERENCE));
  const odex = answerOf(solveBy(content, "odex", REFERENCE));
  if (!seulex || !odex) throw new Error(`${title}: a reference solution stopped early`);
  const judges = { odex: [seulex], seulex: [odex], bdf: [odex], auto: [odex, seulex] };
  const runs = METHODS.filter((method) => !without.includes(method)).flatMap((method) =>
    tolerances.flatMap((relTol): Run[] => {
      const work = () => solveBy(content, method, relTol);
      const { result, milliseconds } = timeWarm(work, PATIENCE[length]);
      const answer = answerOf(result);
      if (!answer) return [];
      const { evaluations } = answer;
      return [{ method, relTol, evaluations, milliseconds, ...errors(answer, judges[method]) }];
    }),
  );
  if (withCvode && cvode.isThere) {
    for (const relTol of tolerances) {
      const answer = cvode.solve(content, relTol);
      const { evaluations, milliseconds } = answer;
      runs.push({ method: "CVODE", relTol, evaluations, milliseconds, ...errors(answer, [odex]) });
    }
  }
  const notes = [
    ...without.map((method) => `${method} is left out: it takes too long.`),
    ...(withCvode && !cvode.isThere ? [NO_CVODE] : []),
  ];
  return { title, runs, floor: errors(seulex, [odex]), note: notes.join(" ") || undefined };
}

/** Nothing where the solution stopped early. */
function answerOf({ status, trajectory, stats }: Solution): Answer | undefined {
  if (status !== "ok" || !trajectory.amplitudes) return undefined;
  const { hidden: K, modes: M, amplitudes, pmse } = trajectory;
  const end = [amplitudes.encoder, amplitudes.decoder].flatMap((array) => [
    ...array.subarray(-K * M),
  ]);
  return { pmse, end, evaluations: stats.evaluations };
}

/** The largest errors against some references. */
function errors(
  answer: Answer,
  references: readonly Answer[],
): Pick<Run, "pmseError" | "stateError"> {
  const pmse = references.map((reference) =>
    Math.max(...Array.from(reference.pmse, (x, i) => Math.abs(answer.pmse[i] / x - 1))),
  );
  const state = references.map(({ end }) => {
    const apart = end.map((x, i) => Math.abs(answer.end[i] - x));
    return Math.max(...apart) / Math.max(...end.map(Math.abs));
  });
  return { pmseError: Math.max(...pmse), stateError: Math.max(...state) };
}
