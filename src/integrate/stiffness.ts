import type { InitialValueProblem } from "./integration.js";
import { norm } from "./vector.js";

/**
 * The spectral radius of the Jacobian along a solution, by power iteration on differences of f: one round
 * a call, as the state hardly moves between two of them.
 */
export class SpectralRadius {
  /** evaluations so far */
  evaluations = 0;
  readonly #problem: InitialValueProblem;
  readonly #direction: Float64Array;
  readonly #state: Float64Array;
  readonly #slope: Float64Array;
  readonly #moved: Float64Array;

  constructor(problem: InitialValueProblem) {
    const n = problem.start.length;
    this.#problem = problem;
    // no direction is left out, and none is preferred for the sake of symmetry
    this.#direction = Float64Array.from({ length: n }, (_, i) => 1 + 0.5 * Math.sin(1 + i * i));
    [this.#state, this.#slope, this.#moved] = [0, 0, 0].map(() => new Float64Array(n));
  }

  /** An estimate at y, from below. */
  at(y: ArrayLike<number>): number {
    const [v, state, slope, moved] = [this.#direction, this.#state, this.#slope, this.#moved];
    state.set(y);
    const step = (1e-7 * (norm(state) || 1)) / norm(v);
    this.#problem.drift(state, slope);
    for (let i = 0; i < v.length; i++) state[i] += step * v[i];
    this.#problem.drift(state, moved);
    this.evaluations += 2;
    for (let i = 0; i < v.length; i++) moved[i] = (moved[i] - slope[i]) / step;
    const length = norm(moved);
    const radius = length / norm(v);
    if (radius > 0 && Number.isFinite(radius)) {
      for (let i = 0; i < v.length; i++) v[i] = moved[i] / length;
    }
    return radius;
  }
}
