/**
 * Linear algebra of a stiff method: the Jacobian J = ∂f/∂y of one problem at one state, and solutions
 * of (1 − hJ) x = b for it.
 */
export interface LinearSystem {
  /** Takes J at the state y. */
  linearise(y: Float64Array): void;
  /** Makes ready to solve with h; false where 1 − hJ is singular or not finite. */
  decompose(h: number): boolean;
  /** Replaces b by x. */
  solve(b: Float64Array): void;
  /** multiplications that each of the three takes: methods are weighed by counts, never by clocks */
  readonly work: { readonly linearise: number; readonly decompose: number; readonly solve: number };
}

/**
 * Coordinates x in which a step is taken. They are made anew for every step, and agree with y at its
 * start y0: x0 = y0.
 */
export interface Coordinates {
  /** Makes them for a step from y0. */
  center(y0: Float64Array): void;
  /** Writes the state of x into y; false where x has left the map. */
  state(x: Float64Array, y: Float64Array): boolean;
  /** Replaces a rate dy at the state y, the last one written, by that of x. */
  push(y: Float64Array, dy: Float64Array): void;
  /** The same at y0. */
  pushStart(dy: Float64Array): void;
  /** Replaces a rate of x at y0 by that of y. */
  pullStart(dx: Float64Array): void;
}
