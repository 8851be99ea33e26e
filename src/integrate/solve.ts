import { pcaErrors } from "../model/pca.js";
import type { Experiment, ResolvedScenario } from "../model/resolve.js";
import { timeGrid } from "../model/time-grid.js";
import { ScenarioError } from "../scenario/problem.js";
import { ErrorMeasure } from "../theory/excess.js";
import { measureState } from "../theory/measure-state.js";
import type { Vectors } from "../theory/mode-system.js";
import { reducedTheoryOf, theoryOf } from "../theory/theory-of.js";
import { emptyTrajectory, firstTimes, type Trajectory } from "../trajectory.js";
import { DenseSystem } from "./dense-system.js";
import { integrate, type MethodWork, type Problem } from "./integrate.js";
import type { IntegrationResult, ProgressListener, StiffProblem } from "./integration.js";
import { type Outcome, stoppedAt } from "./status.js";

/** The theory's solution of one scenario. */
export interface Solution extends Outcome {
  readonly trajectory: Trajectory;
  /** PCA errors of rank 0 … K */
  readonly pca: number[];
  readonly scenario: ResolvedScenario;
  readonly stats: MethodWork & {
    readonly seconds: number;
    /** the equations of aligned neurons were solved, two amplitudes each */
    readonly reduced?: true;
  };
}

type Theory = ReturnType<typeof theoryOf> | ReturnType<typeof reducedTheoryOf>;

export interface SolveOptions {
  /** keep the amplitudes of all modes; default: where they are at most 10⁶ numbers */
  readonly amplitudes?: boolean;
  /** solve the equations of aligned neurons instead (theory §6), for starts that are aligned */
  readonly reduced?: boolean;
  readonly onProgress?: ProgressListener;
}

/** More amplitudes than this are left out unless asked for. */
export const MOST_AMPLITUDES = 1e6;

/**
 * Solves the order-parameter equations of an experiment at its requested times. Numerical trouble is
 * told by `status` and `message`; the trajectory then ends at the last good time.
 * @throws ScenarioError where `reduced` is asked for and the start isn't aligned, and where "seulex" is
 *   for a system too large for its matrices
 */
export function solve(experiment: Experiment, options: SolveOptions = {}): Solution {
  const began = performance.now();
  const { scenario, spectrum, activation } = experiment;
  const theory = options.reduced ? reducedTheoryOf(experiment) : theoryOf(experiment);
  const { system, equations, start } = theory;
  const times = timeGrid(scenario.time);
  const { K, M } = system;
  const size = times.length * K * M;
  const withAmplitudes = options.amplitudes ?? size <= MOST_AMPLITUDES;
  const excess = new Float64Array(times.length);
  const whole: Trajectory = { ...emptyTrajectory(times.length, K, M, withAmplitudes), excess };
  const error = new ErrorMeasure(system, activation, spectrum);

  let count = 0;
  const record = (t: number, state: Float64Array) => {
    const y = system.vectors(state);
    const offset = count * K * K;
    whole.t[count] = t;
    measureState(system, y, whole, offset);
    error.measure(y, whole, offset);
    whole.pmse[count] = error.pmse;
    excess[count] = error.excess;
    if (whole.amplitudes) {
      const { encoder, decoder } = whole.amplitudes;
      system.amplitudes(y, encoder, decoder, count * K * M);
    }
    count++;
  };
  const problem: Problem = {
    start,
    drift: (y, dy) => equations.drift(y, dy),
    cost: costOf(system),
    stiff: () => stiffProblem(theory),
  };
  checkSize(scenario.integrator.method, start.length);
  const result = integrate(problem, times, scenario.integrator, record, options.onProgress);
  const { status, message } = explainCollapse(result, system, activation.odd);
  return {
    status,
    message,
    trajectory: count === times.length ? whole : firstTimes(whole, count),
    pca: pcaErrors(spectrum, K),
    scenario,
    stats: {
      ...result.work,
      seconds: (performance.now() - began) / 1000,
      ...(options.reduced && { reduced: true }),
    },
  };
}

// three matrices of this many rows are 100 MB
const MOST_VARIABLES = 2000;

function checkSize(method: string, n: number): void {
  if (method !== "seulex" || n <= MOST_VARIABLES) return;
  const message = `"seulex" takes dense matrices of ${n} by ${n} numbers; use "bdf" or "auto"`;
  throw new ScenarioError([{ path: "integrator.method", message }]);
}

// multiplications that a transcendental function is worth
const TRANSCENDENTAL = 10;
// products of a matrix and a vector that coordinates take
const COORDINATES = 40;

function stiffProblem({ system, implicit, start }: Theory): StiffProblem {
  const { drift, jacobian, coordinates } = implicit();
  const { K, count } = system;
  const perState = coordinates ? COORDINATES * K * K * count : 0;
  return {
    start,
    drift,
    system: new DenseSystem(start.length, jacobian),
    cost: costOf(system) + perState,
    coordinates,
  };
}

/** Multiplications of one evaluation of the equations. */
function costOf({ K, count }: Vectors): number {
  return 3 * K * K * count + TRANSCENDENTAL * K * K;
}

/** An encoder whose field variance is this much smaller than the largest has shrunk to a point. */
const COLLAPSED = 1e-9;

/**
 * A ReLU encoder without bulk noise can reach w = 0 in finite time. The drift jumps there, from all
 * sides onto the point, so that no smooth solution goes on and no tolerance helps: say so instead.
 */
function explainCollapse(result: IntegrationResult, system: Vectors, odd: boolean): Outcome {
  const { status, t, y } = result;
  if (odd || (status !== "step-underflow" && status !== "step-limit")) return result;
  const { K } = system;
  const { Q, R, T0, T1 } = emptyTrajectory(1, K, 0, false);
  measureState(system, y, { Q, R, T0, T1 }, 0);
  const variances = Array.from({ length: K }, (_, k) => Q[k * K + k]);
  const largest = variances.reduce((a, b) => Math.max(a, b), 0);
  const neuron = variances.findIndex((q) => q < COLLAPSED * largest) + 1;
  if (neuron === 0) return result;
  const advice =
    `the encoder of neuron ${neuron} shrinks to zero, where the drift of a ReLU neuron jumps; ` +
    "end earlier, or start with some encoderBulk";
  return stoppedAt(t, status, advice);
}
