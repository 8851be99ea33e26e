import { combine, dot } from "../vectors.js";
import type { LearningRule } from "./rule.js";

/**
 * Truncated SGD (theory §3; the paper's 3.5): SGD in which neuron k sees what the neurons up to itself
 * leave over, Δ^k = x − Σ_{l≤k} v^l g(λ^l). Each Δ^k is the one before less v^k g(λ^k), which is taken
 * off before v^k moves.
 */
export const truncated: LearningRule = (network, sample, n, { rate, keep }) => {
  const { encoder, decoder, outputs, slopes, residual } = network;
  network.respond(sample, n);
  combine(residual, 0, 1, sample, n);
  for (let k = 0; k < encoder.length; k++) {
    combine(residual, 1, -outputs[k], decoder[k], n);
    const pull = dot(decoder[k], residual, n);
    combine(decoder[k], keep, rate * outputs[k], residual, n);
    combine(encoder[k], keep, rate * slopes[k] * pull, sample, n);
  }
};
