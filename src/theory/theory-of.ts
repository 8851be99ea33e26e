import type { Experiment } from "../model/resolve.js";
import { EquationsOfMotion } from "./equations-of-motion.js";
import { Jacobian } from "./jacobian.js";
import { ModeSystem } from "./mode-system.js";

/** An experiment's modes and equations of motion: where the scenario's words become symbols. */
export function theoryOf({ scenario, spectrum, activation }: Experiment) {
  const { rule, learningRate, weightDecay } = scenario.training;
  const system = new ModeSystem(spectrum, scenario.initial);
  const truncated = rule === "truncated";
  const rules = { learningRate, weightDecay, truncated };
  const equations = new EquationsOfMotion(system, activation, rules);
  const jacobian = new Jacobian(system, activation, rules, equations);
  return { system, equations, jacobian };
}
