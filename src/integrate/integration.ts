import type { Coordinates, LinearSystem } from "./linear-system.js";
import type { Outcome } from "./status.js";

/* What every integrator takes and gives. */

/** dy/dt = f(y) from a start. */
export interface InitialValueProblem {
  readonly start: Float64Array;
  /** of the start; default 0 */
  readonly time?: number;
  /** a first step to try; default: from the size of f */
  readonly step?: number;
  /** writes f(y) into dy */
  drift(y: Float64Array, dy: Float64Array): void;
}

/** A problem with a Jacobian. */
export interface StiffProblem extends InitialValueProblem {
  readonly system: LinearSystem;
  /** multiplications of one evaluation of f */
  readonly cost: number;
  /** in which steps are taken; default: those of the state */
  readonly coordinates?: Coordinates;
}

export interface Tolerances {
  /** relative and absolute error allowed in the result */
  readonly relTol: number;
  readonly absTol: number;
  /** steps before giving up */
  readonly maxSteps: number;
}

/** Rounding allows no smaller relative error of a step. */
export const LEAST_TOLERANCE = 1e-13;

export interface Work {
  readonly method: string;
  /** accepted steps */
  readonly steps: number;
  /** steps taken back: error too large, or unstable */
  readonly rejected: number;
  /** evaluations of the right-hand side */
  readonly evaluations: number;
  /** decompositions of 1 − hJ */
  readonly decompositions?: number;
}

export interface IntegrationResult extends Outcome {
  readonly work: Work;
  /** the last time reached, and the state there */
  readonly t: number;
  readonly y: Float64Array;
}

/** Called with the state at a requested time; the array is used again after the call. */
export type OutputListener = (t: number, y: Float64Array) => void;

/** Called at the start with t = 0 and after every step. */
export type ProgressListener = (t: number) => void;

/**
 * Called after every step with its end, the state there and its length; false ends the integration.
 */
export type Watch = (t: number, y: ArrayLike<number>, length: number) => boolean;
