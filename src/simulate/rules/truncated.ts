import type { LearningRule } from "./rule.js";

/**
 * Truncated SGD (theory §3; the paper's 3.5): SGD in which neuron k sees what the neurons up to itself
 * leave over, Δ^k = x − Σ_{l≤k} v^l g(λ^l). Each Δ^k is the one before less v^k g(λ^k), which is taken
 * off before v^k moves.
 */
export const truncated: LearningRule = (network, sample, n, step) => {
  const { encoder, decoder, outputs, slopes, pulls, residual, space } = network;
  network.respond(sample, n);
  space.copy(residual, sample, n);
  for (let k = 0; k < encoder.length; k++) {
    space.subtract(residual, outputs, k, decoder[k], n);
    space.dot(pulls, k, decoder[k], residual, n);
    pulls[k] *= slopes[k];
    space.learn(decoder[k], step, outputs, k, residual, n);
    space.learn(encoder[k], step, pulls, k, sample, n);
  }
};
