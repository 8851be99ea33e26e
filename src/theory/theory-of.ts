import { ownModes } from "../model/own-modes.js";
import type { Experiment } from "../model/resolve.js";
import { AlignedSystem } from "./aligned-system.js";
import { EquationsOfMotion } from "./equations-of-motion.js";
import { Jacobian } from "./jacobian.js";
import { ModeSystem } from "./mode-system.js";
import { ReducedEquations } from "./reduced-equations.js";
import { ResidualMotion } from "./residual-motion.js";
import { ValleyCoordinates } from "./valley-coordinates.js";

/** What a linearly implicit method takes of a theory; all of it belongs together. */
export interface ImplicitTheory {
  /** the rates of `equations`, exact to rounding where these cancel */
  drift(y: Float64Array, dy: Float64Array): void;
  /** writes ∂f_i/∂y_j at y, row-major [n][n] */
  jacobian(y: Float64Array, J: Float64Array): void;
  readonly coordinates?: ValleyCoordinates;
}

/** Products of all pairs of vectors pay up to this many times K vectors. */
const MOST_PAIRED = 8;

/** An experiment's modes and equations of motion: where the scenario's words become symbols. */
export function theoryOf({ scenario, spectrum, activation }: Experiment) {
  const { rule, learningRate, weightDecay } = scenario.training;
  const system = new ModeSystem(spectrum, scenario.initial);
  const truncated = rule === "truncated";
  const rules = { learningRate, weightDecay, truncated };
  const equations = new EquationsOfMotion(system, activation, rules);
  const implicit = (): ImplicitTheory => {
    const isSmall = system.count <= MOST_PAIRED * system.K;
    const exact = isSmall ? new ResidualMotion(system, activation, rules) : equations;
    const jacobian = new Jacobian(system, activation, rules, equations);
    return {
      drift: (y, dy) => exact.drift(y, dy),
      jacobian: (y, J) => jacobian.dense(y, J),
      coordinates: new ValleyCoordinates(system),
    };
  };
  return { system, equations, implicit, start: system.start };
}

/**
 * The same for aligned neurons, two amplitudes each (theory §6).
 * @throws ScenarioError where the start isn't aligned
 */
export function reducedTheoryOf(experiment: Experiment) {
  const { scenario, spectrum, activation } = experiment;
  const own = ownModes(experiment);
  const system = new AlignedSystem(own, spectrum);
  const { encoder, decoder } = scenario.initial;
  const start = new Float64Array(2 * system.K);
  own.forEach((mode, k) => {
    start[2 * k] = encoder[k][mode];
    start[2 * k + 1] = decoder[k][mode];
  });
  const equations = new ReducedEquations(system.rho, start, activation, scenario.training);
  const implicit = (): ImplicitTheory => ({
    drift: (y, dy) => equations.drift(y, dy),
    jacobian: (y, J) => equations.jacobian(y, J),
  });
  return { system, equations, implicit, start };
}
