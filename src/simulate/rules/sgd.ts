import { combine, dot } from "../vectors.js";
import type { LearningRule } from "./rule.js";

/**
 * Online SGD (theory §1; the paper's equation 4), Δ = x − Σ_l v^l g(λ^l):
 *
 *     v^k ← v^k + (η/D) g(λ^k) Δ − (κ/D) v^k
 *     w^k ← w^k + (η/D²)(1/√D) g'(λ^k)(v^k·Δ) x − (κ/D) w^k
 */
export const sgd: LearningRule = (network, sample, n, { rate, keep }) => {
  const { encoder, decoder, outputs, slopes, residual } = network;
  const K = encoder.length;
  network.respond(sample, n);
  combine(residual, 0, 1, sample, n);
  for (let k = 0; k < K; k++) combine(residual, 1, -outputs[k], decoder[k], n);
  for (let k = 0; k < K; k++) {
    const pull = dot(decoder[k], residual, n);
    combine(decoder[k], keep, rate * outputs[k], residual, n);
    combine(encoder[k], keep, rate * slopes[k] * pull, sample, n);
  }
};
