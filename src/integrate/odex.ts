import { Outcome as OdexOutcome, Solver } from "#odex";
import { CovarianceError } from "../model/activations/determinant.js";
import { hasDiverged, hasGrown } from "./growth.js";
import {
  type InitialValueProblem,
  type IntegrationResult,
  LEAST_TOLERANCE,
  type OutputListener,
  type ProgressListener,
  type Tolerances,
  type Watch,
} from "./integration.js";
import { type Outcome, type Status, stoppedAt } from "./status.js";

// Tolerances of a step against those of the result. An error made on a plateau grows when the next
// component is learnt, and small weights grow by orders of magnitude before they count. With these
// the result keeps relTol on the shipped scenarios, for some 20 % more evaluations (measured).
const RELATIVE_SHARE = 0.1;
const ABSOLUTE_SHARE = 0.01;
// odex looks a component of its dense output up by a search: n² an output, which from about here on
// costs more than ending a step at every requested time.
const LARGEST_DENSE = 500;
// Stability bounds the steps, so that higher orders than this don't pay: odex's own limit of 9 takes up
// to a third more evaluations on the shipped scenarios.
const COLUMNS = 6;
// odex needs at most some 200 evaluations an attempt, and an attempt halves the step
const MOST_EVALUATIONS_WITHOUT_STEP = 20_000;

// how near to the trouble, relative to t, the solution is followed
const CLOSE = 1e-9;

class Stop extends Error {
  readonly status: Exclude<Status, "ok">;
  constructor(status: Exclude<Status, "ok">) {
    super(status);
    this.status = status;
  }
}

/**
 * Integrates with odex, Hairer & Wanner's extrapolated midpoint rule of variable order and step
 * (Solving ODEs I, II.9), and calls `output` at each of the times, in order, with the state there.
 *
 * Never throws for numerical trouble: the result's status says what happened, and all times before
 * it have been output.
 */
export function integrateOdex(
  problem: InitialValueProblem,
  times: Float64Array,
  tolerances: Tolerances,
  output: OutputListener,
  onProgress?: ProgressListener,
  watch?: Watch,
): IntegrationResult {
  return new OdexRun(problem, times, tolerances, output, onProgress, watch).run();
}

class OdexRun {
  #t: number;
  #y: number[];
  #next = 0;
  #steps = 0;
  #attempts = 0;
  #evaluations = 0;
  #evaluationsAtStep = 0;
  #longestStep = 0;
  // the latest time that the step under way has looked at, and the longest step allowed
  #farthest = 0;
  #stepCap = 0;
  // the watch has ended the integration
  #isEnded = false;
  // why a step was the last
  #stop: Exclude<Status, "ok"> | undefined;
  readonly #state: Float64Array;
  readonly #slope: Float64Array;
  readonly #problem: InitialValueProblem;
  readonly #times: Float64Array;
  readonly #tolerances: Tolerances;
  readonly #output: OutputListener;
  readonly #onProgress: ProgressListener | undefined;
  readonly #watch: Watch | undefined;

  constructor(
    problem: InitialValueProblem,
    times: Float64Array,
    tolerances: Tolerances,
    output: OutputListener,
    onProgress: ProgressListener | undefined,
    watch: Watch | undefined,
  ) {
    this.#t = problem.time ?? 0;
    this.#longestStep = problem.step ?? 0;
    this.#watch = watch;
    this.#problem = problem;
    this.#times = times;
    this.#tolerances = tolerances;
    this.#output = output;
    this.#onProgress = onProgress;
    this.#y = Array.from(problem.start);
    this.#state = new Float64Array(problem.start.length);
    this.#slope = new Float64Array(problem.start.length);
  }

  run(): IntegrationResult {
    const outcome = this.#integrate();
    const work = {
      method: "odex",
      steps: this.#steps,
      rejected: Math.max(0, this.#attempts - this.#steps),
      evaluations: this.#evaluations,
    };
    return { ...outcome, work, t: this.#t, y: Float64Array.from(this.#y) };
  }

  #integrate(): Outcome {
    const times = this.#times;
    const dense = this.#y.length <= LARGEST_DENSE;
    try {
      this.#evaluate(this.#y);
      if (times[0] === this.#t) this.#emit(this.#t, this.#y);
      for (const end of dense ? times.subarray(times.length - 1) : times) {
        while (end > this.#t && !this.#isEnded) this.#tryTo(end, dense);
      }
      return { status: "ok" };
    } catch (error) {
      return stoppedAt(this.#t, this.#classify(error));
    }
  }

  /**
   * Integrates to `end`, or returns to try again with shorter steps where a step has looked at times
   * beyond the numbers' range: the trouble itself may be further on than it reached.
   */
  #tryTo(end: number, dense: boolean): void {
    try {
      this.#solveTo(end, dense);
    } catch (error) {
      const reach = this.#farthest - this.#t;
      if (!isNonFinite(error) || reach <= CLOSE * this.#farthest) throw error;
      this.#stepCap = reach / 4;
      this.#evaluationsAtStep = this.#evaluations;
    }
  }

  /** One call of odex; dense output serves the requested times before the end. */
  #solveTo(end: number, dense: boolean): void {
    const { relTol, absTol, maxSteps } = this.#tolerances;
    const solver = new Solver(this.#y.length);
    solver.relativeTolerance = Math.max(relTol * RELATIVE_SHARE, LEAST_TOLERANCE);
    solver.absoluteTolerance = absTol * ABSOLUTE_SHARE;
    solver.initialStepSize = this.#longestStep;
    solver.maxStepSize = this.#stepCap; // 0: no limit
    solver.maxSteps = Math.max(1, maxSteps - this.#steps);
    solver.denseOutput = dense;
    solver.maxExtrapolationColumns = COLUMNS;
    this.#longestStep = 0;
    const result = solver.solve(
      (t, y) => {
        this.#farthest = t;
        return this.#evaluate(y);
      },
      this.#t,
      this.#y,
      end,
      (_n, tOld, t, y, interpolate) => this.#acceptStep(tOld, t, y, end, interpolate),
    );
    this.#attempts += result.nStep;
    if (result.outcome === OdexOutcome.MaxStepsExceeded) throw new Stop("step-limit");
    if (this.#stop) throw new Stop(this.#stop);
    if (this.#isEnded) return;
    this.#t = end;
    this.#y = result.y;
    this.#emit(end, result.y);
  }

  /** The right-hand side as odex wants it; throws where it isn't finite, which odex doesn't notice. */
  #evaluate(y: number[]): Float64Array {
    const state = this.#state;
    const slope = this.#slope;
    for (let i = 0; i < state.length; i++) state[i] = y[i];
    this.#problem.drift(state, slope);
    this.#evaluations++;
    let sum = 0;
    for (let i = 0; i < slope.length; i++) sum += slope[i];
    if (!Number.isFinite(sum)) throw new Stop("non-finite");
    if (this.#evaluations - this.#evaluationsAtStep > MOST_EVALUATIONS_WITHOUT_STEP) {
      throw new Stop("step-underflow");
    }
    return slope;
  }

  /** Serves the times that a step has passed; false ends the integration. */
  #acceptStep(
    tOld: number,
    t: number,
    y: number[],
    end: number,
    interpolate: ((component: number, t: number) => number) | undefined,
  ): boolean {
    this.#evaluationsAtStep = this.#evaluations;
    this.#onProgress?.(t);
    // odex announces the start as a step
    if (t === tOld) return true;
    this.#steps++;
    this.#longestStep = Math.max(this.#longestStep, t - tOld);
    const state = this.#state;
    while (interpolate && this.#times[this.#next] < Math.min(t, end)) {
      const at = this.#times[this.#next];
      for (let i = 0; i < state.length; i++) state[i] = interpolate(i, at);
      this.#next++;
      this.#output(at, state);
    }
    this.#t = t;
    this.#y = y;
    if (t >= end) return true;
    if (hasDiverged(y)) this.#stop = "diverged";
    else if (this.#steps >= this.#tolerances.maxSteps) this.#stop = "step-limit";
    else if (t - tOld < 4 * Number.EPSILON * t) this.#stop = "step-underflow";
    else this.#isEnded = this.#watch?.(t, y, t - tOld) === false;
    return this.#stop === undefined && !this.#isEnded;
  }

  #emit(t: number, y: number[]): void {
    this.#state.set(y);
    this.#next++;
    this.#output(t, this.#state);
  }

  #classify(error: unknown): Exclude<Status, "ok"> {
    if (!isNonFinite(error) && !(error instanceof Stop)) throw error;
    const status = error instanceof Stop ? error.status : "non-finite";
    if (status === "step-limit") return status;
    return hasGrown(this.#y, this.#problem.start) ? "diverged" : status;
  }
}

function isNonFinite(error: unknown): boolean {
  return (
    error instanceof CovarianceError || (error instanceof Stop && error.status === "non-finite")
  );
}
