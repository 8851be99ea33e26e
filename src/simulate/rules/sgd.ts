import type { LearningRule } from "./rule.js";

/**
 * Online SGD (theory §1; the paper's equation 4), Δ = x − Σ_l v^l g(λ^l):
 *
 *     v^k ← v^k + (η/D) g(λ^k) Δ − (κ/D) v^k
 *     w^k ← w^k + (η/D²)(1/√D) g'(λ^k)(v^k·Δ) x − (κ/D) w^k
 */
export const sgd: LearningRule = (network, sample, n, step) => {
  const { encoder, decoder, outputs, slopes, pulls, residual, space } = network;
  const K = encoder.length;
  network.respond(sample, n);
  space.copy(residual, sample, n);
  for (let k = 0; k < K; k++) space.subtract(residual, outputs, k, decoder[k], n);
  for (let k = 0; k < K; k++) {
    space.dot(pulls, k, decoder[k], residual, n);
    pulls[k] *= slopes[k];
    space.learn(decoder[k], step, outputs, k, residual, n);
    space.learn(encoder[k], step, pulls, k, sample, n);
  }
};
