import { largest } from "./vector.js";

const DIVERGED = 1e50;
const GROWN = 1e6;

/** No amplitudes of a network are this large. */
export function hasDiverged(y: ArrayLike<number>): boolean {
  return largest(y) > DIVERGED;
}

/** Whether a state where an integration ran into trouble has grown so much that growth is the trouble. */
export function hasGrown(y: ArrayLike<number>, start: Float64Array): boolean {
  return largest(y) > GROWN * Math.max(1, largest(start));
}
