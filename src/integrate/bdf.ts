import { CovarianceError } from "../model/activations/determinant.js";
import { Differences, GAMMA } from "./differences.js";
import { hasDiverged, hasGrown } from "./growth.js";
import {
  type InitialValueProblem,
  type IntegrationResult,
  LEAST_TOLERANCE,
  type OutputListener,
  type ProgressListener,
  type Tolerances,
} from "./integration.js";
import { Krylov } from "./krylov.js";
import { type Outcome, type Status, stoppedAt } from "./status.js";
import { largest, norm } from "./vector.js";

// Tolerances of a step against those of the result. With these the result keeps relTol on the shipped
// scenarios and on full spectra, and three times it where an unstable start magnifies errors (measured).
const RELATIVE_SHARE = 0.005;
const ABSOLUTE_SHARE = 0.002;
// how near to the trouble, relative to t, the solution is followed
const CLOSE = 1e-9;

// Order 6 is stable in a narrow sector around the real axis only, which is where the spectra are here.
const HIGHEST_ORDER = 6;
// Klopfenstein's and Shampine's modification: a smaller error at the price of some stability off the axis
const KAPPA = [0, -0.185, -1 / 9, -0.0823, -0.0415, 0, 0, 0];
const ALPHA = GAMMA.map((gamma, k) => (1 - KAPPA[k]) * gamma);
const ERROR = GAMMA.map((gamma, k) => KAPPA[k] * gamma + 1 / (k + 1));

const SAFETY = 0.9;
const SMALLEST_FACTOR = 0.2;
const LARGEST_FACTOR = 10;
// norm of the equations' residual over the error allowed
const SOLVED = 0.5;
const MOST_VECTORS = 30;
const MOST_CORRECTIONS = 4;
// Corrections smaller than this times √tolerance, relative to y, leave nothing of second order.
const LINEAR = 0.01;

class NonFinite extends Error {}
class Unsolved extends Error {}

/**
 * Integrates by backward differentiation of order 1 to 6 (NDF: Shampine & Reichelt 1997) and calls
 * `output` at each of the times, in order, with the state there. The implicit equations are solved by
 * Newton's method with GMRES on differences of f (Brown & Hindmarsh 1989), without a matrix: for large
 * systems whose stability would bound the steps of an explicit method. Stabilised explicit methods are
 * no way out: their stages have order 1, so that slaved modes err by h² y″ (measured with ROCK4).
 *
 * Never throws for numerical trouble: the result's status says what happened, and all times before
 * it have been output.
 */
export function integrateBdf(
  problem: InitialValueProblem,
  times: Float64Array,
  tolerances: Tolerances,
  output: OutputListener,
  onProgress?: ProgressListener,
): IntegrationResult {
  return new BdfRun(problem, times, tolerances, output, onProgress).run();
}

class BdfRun {
  #steps = 0;
  #rejected = 0;
  #evaluations = 0;
  #next = 0;
  readonly #past: Differences;
  readonly #state: Float64Array;
  readonly #slope: Float64Array;
  readonly #predicted: Float64Array;
  readonly #weighted: Float64Array;
  readonly #residual: Float64Array;
  // what the step adds to the prediction
  readonly #correction: Float64Array;
  readonly #krylov: Krylov;
  readonly #relTol: number;
  readonly #absTol: number;
  readonly #maxSteps: number;
  readonly #end: number;
  readonly #problem: InitialValueProblem;
  readonly #times: Float64Array;
  readonly #output: OutputListener;
  readonly #onProgress: ProgressListener | undefined;

  constructor(
    problem: InitialValueProblem,
    times: Float64Array,
    tolerances: Tolerances,
    output: OutputListener,
    onProgress: ProgressListener | undefined,
  ) {
    const n = problem.start.length;
    const vector = () => new Float64Array(n);
    this.#problem = problem;
    this.#times = times;
    this.#end = times[times.length - 1];
    this.#output = output;
    this.#onProgress = onProgress;
    this.#maxSteps = tolerances.maxSteps;
    this.#relTol = Math.max(tolerances.relTol * RELATIVE_SHARE, LEAST_TOLERANCE);
    this.#absTol = tolerances.absTol * ABSOLUTE_SHARE;
    this.#past = new Differences(problem.start, HIGHEST_ORDER);
    this.#past.t = problem.time ?? 0;
    this.#state = vector();
    this.#slope = vector();
    this.#predicted = vector();
    this.#weighted = vector();
    this.#residual = vector();
    this.#correction = vector();
    this.#krylov = new Krylov(n, MOST_VECTORS, (y, dy) => this.#evaluate(y, dy));
  }

  run(): IntegrationResult {
    const outcome = this.#integrate();
    const work = {
      method: "bdf",
      steps: this.#steps,
      rejected: this.#rejected,
      evaluations: this.#evaluations,
    };
    return { ...outcome, work, t: this.#past.t, y: this.#past.y.slice() };
  }

  #integrate(): Outcome {
    const past = this.#past;
    try {
      this.#evaluate(past.y, this.#slope);
    } catch (error) {
      if (!isNonFinite(error)) throw error;
      return this.#stop("non-finite");
    }
    this.#onProgress?.(past.t);
    this.#serve();
    const rest = this.#end - past.t;
    if (rest === 0) return { status: "ok" };
    past.begin(Math.min(rest, this.#firstStep()), this.#slope);
    return this.#advance();
  }

  #advance(): Outcome {
    const past = this.#past;
    // steps since h or the order changed
    let equal = 0;
    for (;;) {
      const left = this.#end - past.t;
      const isLast = past.h >= left * (1 - 1e-9);
      if (isLast) past.rescale(left / past.h);
      if (this.#steps >= this.#maxSteps) return this.#stop("step-limit");
      if (!isLast && past.h < 4 * Number.EPSILON * past.t) return this.#stop("step-underflow");
      const error = this.#attempt();
      if (!(error <= 1)) {
        this.#rejected++;
        if (Number.isNaN(error) && past.h <= CLOSE * (past.t + past.h)) {
          return this.#stop("non-finite");
        }
        past.rescale(this.#shrink(error));
        equal = 0;
        continue;
      }
      this.#accept(isLast);
      if (isLast) return { status: "ok" };
      if (hasDiverged(past.y)) return this.#stop("diverged");
      equal++;
      if (equal > past.order) {
        this.#chooseOrder(error);
        equal = 0;
      }
    }
  }

  /** The factor of a step to try again; infinite error: unsolved, NaN: f not finite. */
  #shrink(error: number): number {
    if (!Number.isFinite(error)) return 0.25;
    return Math.max(SMALLEST_FACTOR, SAFETY * error ** (-1 / (this.#past.order + 1)));
  }

  #accept(isLast: boolean): void {
    this.#past.advance(this.#correction);
    if (isLast) this.#past.t = this.#end;
    this.#steps++;
    this.#onProgress?.(this.#past.t);
    this.#serve();
  }

  /** The error of a step over the error allowed; infinite or NaN where there is none. */
  #attempt(): number {
    try {
      this.#solveStep();
    } catch (error) {
      if (error instanceof Unsolved) return Number.POSITIVE_INFINITY;
      if (isNonFinite(error)) return Number.NaN;
      throw error;
    }
    return (ERROR[this.#past.order] * largest(this.#correction)) / this.#allowed();
  }

  /**
   * Solves α d = h f(predicted + d) − Σ γ_k ∇ᵏy for the correction d. All eigenvalues of 1 − (h/α) J are
   * 1 or more but for those of growing modes, so that the residual bounds the error of d.
   */
  #solveStep(): void {
    const past = this.#past;
    const [y, slope, r, d] = [this.#state, this.#slope, this.#residual, this.#correction];
    const [predicted, weighted] = [this.#predicted, this.#weighted];
    past.predict(predicted, weighted);
    d.fill(0);
    y.set(predicted);
    const alpha = ALPHA[past.order];
    const c = past.h / alpha;
    const goal = SOLVED * this.#allowed();
    const negligible = LINEAR * Math.sqrt(this.#relTol) * norm(past.y);
    for (let round = 0; round < MOST_CORRECTIONS; round++) {
      this.#evaluate(y, slope);
      for (let i = 0; i < y.length; i++) r[i] = c * slope[i] - weighted[i] / alpha - d[i];
      const before = norm(r);
      if (before <= goal) return;
      const after = this.#krylov.solve(c, y, slope, r, goal / 2, d);
      if (after <= goal && before <= negligible) return;
      for (let i = 0; i < y.length; i++) y[i] = predicted[i] + d[i];
    }
    throw new Unsolved();
  }

  /**
   * The error of a component that a step may make: relative to the largest, since few growing or large
   * amplitudes decide what a network does. Means over all n would let these err √n times as much.
   */
  #allowed(): number {
    return this.#absTol + this.#relTol * largest(this.#past.y);
  }

  /** The order, of this and its neighbours, with the longest step. */
  #chooseOrder(error: number): void {
    const past = this.#past;
    const { order } = past;
    const allowed = this.#allowed();
    const reach = (k: number, of: number) => Math.max(of, 1e-10) ** (-1 / (k + 1));
    const estimate = (k: number) => (ERROR[k] * largest(past.of(k + 1))) / allowed;
    const same = reach(order, error);
    const lower = order > 1 ? reach(order - 1, estimate(order - 1)) : 0;
    const higher = order < HIGHEST_ORDER ? reach(order + 1, estimate(order + 1)) : 0;
    const best = Math.max(same, lower, higher);
    if (best > same) past.order += best === lower ? -1 : 1;
    past.rescale(Math.min(LARGEST_FACTOR, SAFETY * best));
  }

  /** A step of order 1 whose error is about that allowed (Solving ODEs I, II.4). */
  #firstStep(): number {
    const { y } = this.#past;
    const [moved, slope, change] = [this.#state, this.#slope, this.#correction];
    const speed = largest(slope);
    const rest = this.#end - this.#past.t;
    if (speed === 0) return rest / 100;
    const h = Math.min(rest, (0.01 * Math.max(largest(y), this.#absTol)) / speed);
    for (let i = 0; i < y.length; i++) moved[i] = y[i] + h * slope[i];
    try {
      this.#evaluate(moved, change);
    } catch (error) {
      if (!isNonFinite(error)) throw error;
      return h / 1000;
    }
    for (let i = 0; i < y.length; i++) change[i] -= slope[i];
    const curvature = largest(change) / h;
    return Math.min(100 * h, Math.sqrt(this.#allowed() / curvature));
  }

  /** Outputs the requested times up to now. */
  #serve(): void {
    const past = this.#past;
    while (this.#times[this.#next] <= past.t) {
      const at = this.#times[this.#next];
      past.interpolate(at, this.#state);
      this.#next++;
      this.#output(at, this.#state);
    }
  }

  /** The right-hand side, counted; throws where it isn't finite. */
  #evaluate(y: Float64Array, dy: Float64Array): void {
    this.#evaluations++;
    this.#problem.drift(y, dy);
    let sum = 0;
    for (let i = 0; i < dy.length; i++) sum += dy[i];
    if (!Number.isFinite(sum)) throw new NonFinite();
  }

  #stop(status: Exclude<Status, "ok">): Outcome {
    const { t, y } = this.#past;
    const isGrowth = status !== "step-limit" && hasGrown(y, this.#problem.start);
    return stoppedAt(t, isGrowth ? "diverged" : status);
  }
}

function isNonFinite(error: unknown): boolean {
  return error instanceof CovarianceError || error instanceof NonFinite;
}
