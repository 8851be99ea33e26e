import type { LearningRule } from "../equations-of-motion.js";
import type { ModeSystem } from "../mode-system.js";
import { PlainLoops } from "./plain-loops.js";
import { TILE, WasmLoops } from "./wasm-loops.js";

/**
 * The two passes of a right-hand side over all amplitude vectors (ω, ν) of a state y: between them the
 * sums become the coefficients of a linear equation. Matrices are [K][K].
 */
export interface ModeLoops {
  /**
   * Writes the lower triangles of Q = Σ qWeight ω ωᵀ and T0 = Σ ν νᵀ, and the diagonal of
   * R = Σ rho ν ωᵀ, [K].
   */
  sumModes(y: Float64Array, Q: Float64Array, T0: Float64Array, R: Float64Array): void;
  /**
   * Writes the linear equation of every vector; the matrices are lower triangular where SGD is
   * truncated:
   *
   *     dω^k = rho { Σ_a encoder^{ka} ω^a + cross^k ν^k } − κ ω^k
   *     dν^k = rho cross^k ω^k − Σ_a decoder^{ka} ν^a − κ ν^k
   */
  moveModes(
    y: Float64Array,
    dy: Float64Array,
    encoder: Float64Array,
    decoder: Float64Array,
    cross: Float64Array,
  ): void;
}

/** What of the learning rule the loops know: κ, and whether sums end at a = k. */
export type LoopRule = Pick<LearningRule, "weightDecay" | "truncated">;

/** With fewer products K·K·count copies and calls cost more than tiles save. */
const FEWEST_PRODUCTS = 256;

/** The fastest loops for a system of this size. */
export function modeLoops(system: ModeSystem, rule: LoopRule): ModeLoops {
  const { K, count } = system;
  const large = Math.min(K, count) >= TILE && K * K * count >= FEWEST_PRODUCTS;
  return large ? new WasmLoops(system, rule) : new PlainLoops(system, rule);
}
