import { CovarianceError } from "../model/activations/determinant.js";
import { ExtrapolationStep, ROWS } from "./extrapolation.js";
import { hasDiverged, hasGrown } from "./growth.js";
import {
  type IntegrationResult,
  LEAST_TOLERANCE,
  type OutputListener,
  type ProgressListener,
  type StiffProblem,
  type Tolerances,
  type Watch,
} from "./integration.js";
import { type Outcome, type Status, stoppedAt } from "./status.js";
import { StepOrder } from "./step-order.js";

// Tolerances of a step against those of the result, as for odex
const RELATIVE_SHARE = 0.1;
const ABSOLUTE_SHARE = 0.01;
// a step this short against t says that there is no way on
const CLOSE = 1e-13;
// at t = 0, too
const SHORTEST = 1e-300;

/**
 * Integrates with SEULEX, Hairer & Wanner's extrapolated linearly implicit Euler method of variable order
 * and step (Solving ODEs II, IV.9): for stiff problems what odex is for others. Calls `output` at each of
 * the times, in order, with the state there.
 *
 * Steps end at the requested times: with 200 of them that takes some twice the evaluations, at lower orders,
 * but every output is as exact as a step; interpolation inside one is four orders less so (measured).
 *
 * Never throws for numerical trouble: the result's status says what happened, and all times before
 * it have been output.
 */
export function integrateSeulex(
  problem: StiffProblem,
  times: Float64Array,
  tolerances: Tolerances,
  output: OutputListener,
  onProgress?: ProgressListener,
  watch?: Watch,
): IntegrationResult {
  return new SeulexRun(problem, times, tolerances, output, onProgress, watch).run();
}

/** Why a step came to nothing. */
type Failure = "inaccurate" | "unstable" | "singular" | "lost";

class SeulexRun {
  #t: number;
  #next = 0;
  #steps = 0;
  #rejected = 0;
  #evaluations = 0;
  readonly #y: Float64Array;
  readonly #end: Float64Array;
  readonly #slope: Float64Array;
  readonly #state: Float64Array;
  readonly #problem: StiffProblem;
  readonly #times: Float64Array;
  readonly #tolerances: Tolerances;
  readonly #output: OutputListener;
  readonly #onProgress: ProgressListener | undefined;
  readonly #watch: Watch | undefined;
  readonly #step: ExtrapolationStep;

  constructor(
    problem: StiffProblem,
    times: Float64Array,
    tolerances: Tolerances,
    output: OutputListener,
    onProgress: ProgressListener | undefined,
    watch: Watch | undefined,
  ) {
    const n = problem.start.length;
    this.#t = problem.time ?? 0;
    this.#problem = problem;
    this.#times = times;
    this.#tolerances = tolerances;
    this.#output = output;
    this.#onProgress = onProgress;
    this.#watch = watch;
    this.#y = Float64Array.from(problem.start);
    [this.#end, this.#slope, this.#state] = [0, 0, 0].map(() => new Float64Array(n));
    const drift = (y: Float64Array, dy: Float64Array) => problem.drift(y, dy);
    this.#step = new ExtrapolationStep(n, drift, problem.system, problem.coordinates);
  }

  run(): IntegrationResult {
    const outcome = this.#integrate();
    const work = {
      method: "seulex",
      steps: this.#steps,
      rejected: this.#rejected,
      evaluations: this.#evaluations + this.#step.evaluations,
      decompositions: this.#step.decompositions,
    };
    return { ...outcome, work, t: this.#t, y: this.#y };
  }

  #integrate(): Outcome {
    const times = this.#times;
    this.#onProgress?.(this.#t);
    if (!this.#linearise()) return this.#stopped("lost");
    if (times[0] === this.#t) this.#emit();
    const order = this.#firstOrder(times[times.length - 1]);
    while (this.#next < times.length) {
      if (this.#steps >= this.#tolerances.maxSteps) return stoppedAt(this.#t, "step-limit");
      const from = this.#t;
      const failure = this.#advance(order, times[this.#next]);
      if (failure) return this.#stopped(failure);
      if (hasDiverged(this.#y)) return stoppedAt(this.#t, "diverged");
      if (this.#t === times[this.#next]) this.#emit();
      if (this.#next === times.length) break;
      if (this.#watch?.(this.#t, this.#y, this.#t - from) === false) break;
      if (!this.#linearise()) return this.#stopped("lost");
    }
    return { status: "ok" };
  }

  /** Takes one step, at most to `goal`; the reason where there is no way on. */
  #advance(order: StepOrder, goal: number): Failure | undefined {
    const t = this.#t;
    const { step: planned, row } = order;
    for (let isFirst = true; ; isFirst = false) {
      const rest = goal - t;
      // two equal steps rather than a long and a short one
      if (order.step >= 0.99 * rest) order.step = rest;
      else if (order.step > 0.5 * rest) order.step = 0.5 * rest;
      const length = order.step;
      const isCut = length === rest || this.#steps === 0;
      const failure = this.#tryStep(order, isCut);
      if (!failure) {
        this.#steps++;
        this.#t = length === rest ? goal : t + length;
        this.#y.set(this.#end);
        this.#onProgress?.(this.#t);
        // what was planned still holds where the step was cut for a requested time alone
        if (isFirst && length < planned) order.resume(planned, row);
        return undefined;
      }
      this.#rejected++;
      if (failure === "singular") order.shorten(0.7 * length);
      else if (failure !== "inaccurate") order.shorten(length / (failure === "lost" ? 4 : 2));
      if (order.step <= Math.max(CLOSE * t, SHORTEST) || t + order.step === t) return failure;
    }
  }

  /** One attempt; the state at its end is in `#end`. */
  #tryStep(order: StepOrder, takesAnyRow: boolean): Failure | undefined {
    const step = this.#step;
    const length = order.step;
    this.#weigh();
    step.begin(this.#y, this.#slope);
    let bound = Number.POSITIVE_INFINITY;
    for (let k = 1; k <= Math.min(order.row + 1, ROWS); k++) {
      const outcome = this.#computeRow(k - 1, length);
      if (outcome !== "ok") return outcome;
      if (k === 1) continue;
      const error = step.error(k - 1);
      if (!Number.isFinite(error)) return "lost";
      if (k > 2 && error >= bound) return "unstable";
      bound = Math.max(4 * error, 1);
      order.learn(k, error, length);
      if (error <= 1 && (takesAnyRow || k >= order.row - 1)) {
        if (!step.end(this.#end)) return "lost";
        order.accept(k);
        return undefined;
      }
      if (error > 1 && !takesAnyRow && order.isHopeless(k, error)) {
        order.reject(k);
        return "inaccurate";
      }
    }
    order.reject(Math.min(order.row + 1, ROWS));
    return "inaccurate";
  }

  #computeRow(j: number, length: number) {
    try {
      return this.#step.compute(j, length);
    } catch (error) {
      if (error instanceof CovarianceError) return "lost";
      throw error;
    }
  }

  #weigh(): void {
    const { relTol, absTol } = this.#tolerances;
    const relative = Math.max(relTol * RELATIVE_SHARE, LEAST_TOLERANCE);
    const absolute = absTol * ABSOLUTE_SHARE;
    const { scale } = this.#step;
    for (let c = 0; c < scale.length; c++) {
      scale[c] = absolute + relative * Math.abs(this.#y[c]) + Number.MIN_VALUE;
    }
  }

  /** f and J at the state; false where they aren't finite. */
  #linearise(): boolean {
    try {
      this.#evaluations++;
      this.#problem.drift(this.#y, this.#slope);
      for (const rate of this.#slope) if (!Number.isFinite(rate)) return false;
      this.#problem.system.linearise(this.#y);
      return true;
    } catch (error) {
      if (error instanceof CovarianceError) return false;
      throw error;
    }
  }

  /** A first step that changes the state by a hundredth. */
  #firstOrder(end: number): StepOrder {
    this.#weigh();
    const { scale } = this.#step;
    let size = 0;
    let speed = 0;
    for (let c = 0; c < scale.length; c++) {
      size += (this.#y[c] / scale[c]) ** 2;
      speed += (this.#slope[c] / scale[c]) ** 2;
    }
    const guess = speed > 0 ? 0.01 * Math.sqrt(size / speed) : end;
    const first = this.#problem.step ?? (guess > 0 ? guess : 1e-6 * end);
    const { relTol } = this.#tolerances;
    const step = Math.min(first, end - this.#t);
    return new StepOrder(step, relTol * RELATIVE_SHARE, this.#problem.cost, this.#problem.system);
  }

  #emit(): void {
    this.#state.set(this.#y);
    this.#output(this.#times[this.#next++], this.#state);
  }

  #stopped(failure: Failure): Outcome {
    const status: Exclude<Status, "ok"> = failure === "lost" ? "non-finite" : "step-underflow";
    if (hasGrown(this.#y, this.#problem.start)) return stoppedAt(this.#t, "diverged");
    if (failure === "singular") {
      const advice =
        "1 − hJ is singular for every step tried; loosen integrator.relTol or use odex";
      return stoppedAt(this.#t, status, advice);
    }
    return stoppedAt(this.#t, status);
  }
}
