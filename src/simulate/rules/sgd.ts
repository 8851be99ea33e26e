import type { LearningRule } from "./rule.js";

/**
 * Online SGD (theory §1; the paper's equation 4), Δ = x − Σ_l v^l g(λ^l):
 *
 *     v^k ← v^k + (η/D) g(λ^k) Δ − (κ/D) v^k
 *     w^k ← w^k + (η/D²)(1/√D) g'(λ^k)(v^k·Δ) x − (κ/D) w^k
 */
export const sgd: LearningRule = (network, sample, n, step) => {
  const { encoder, decoder, outputs, slopes, pulls, residual, space } = network;
  network.respond(sample, n);
  space.copy(residual, sample, n);
  space.subtractRows(residual, outputs, decoder, n);
  space.dotRows(pulls, decoder, residual, n);
  for (let k = 0; k < pulls.length; k++) pulls[k] *= slopes[k];
  space.learnRows(decoder, step, outputs, residual, n);
  space.learnRows(encoder, step, pulls, sample, n);
};
