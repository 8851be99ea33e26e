import type { ModeSystem } from "../mode-system.js";
import type { LoopRule, ModeLoops } from "./mode-loops.js";

/** The formulas as they stand: the best for small systems. */
export class PlainLoops implements ModeLoops {
  readonly #system: ModeSystem;
  readonly #rule: LoopRule;

  constructor(system: ModeSystem, rule: LoopRule) {
    this.#system = system;
    this.#rule = rule;
  }

  sumModes(y: Float64Array, Q: Float64Array, T0: Float64Array, R: Float64Array): void {
    const { K, rho, qWeight } = this.#system;
    for (let k = 0; k < K; k++) {
      for (let a = 0; a < k; a++) {
        let q = 0;
        let t = 0;
        for (let v = 0, i = k, j = a; i < y.length; v++, i += 2 * K, j += 2 * K) {
          q += qWeight[v] * y[i] * y[j];
          t += y[i + K] * y[j + K];
        }
        Q[k * K + a] = q;
        T0[k * K + a] = t;
      }
      let q = 0;
      let t = 0;
      let r = 0;
      for (let v = 0, i = k; i < y.length; v++, i += 2 * K) {
        const omega = y[i];
        const nu = y[i + K];
        q += qWeight[v] * omega * omega;
        t += nu * nu;
        r += rho[v] * omega * nu;
      }
      Q[k * K + k] = q;
      T0[k * K + k] = t;
      R[k] = r;
    }
  }

  moveModes(
    y: Float64Array,
    dy: Float64Array,
    encoder: Float64Array,
    decoder: Float64Array,
    cross: Float64Array,
  ): void {
    const { K, count, rho } = this.#system;
    const { weightDecay: kappa, truncated } = this.#rule;
    // vectors u and v at once, which saves a third of the time; the last pair may overlap
    for (let first = 0; first < count; first += 2) {
      const u = Math.max(0, Math.min(first, count - 2));
      const v = Math.min(u + 1, count - 1);
      const i = 2 * K * u;
      const j = 2 * K * v;
      for (let k = 0; k < K; k++) {
        const omegaU = y[i + k];
        const omegaV = y[j + k];
        const nuU = y[i + K + k];
        const nuV = y[j + K + k];
        let dOmegaU = cross[k] * nuU;
        let dOmegaV = cross[k] * nuV;
        let dNuU = cross[k] * rho[u] * omegaU;
        let dNuV = cross[k] * rho[v] * omegaV;
        const last = truncated ? k : K - 1;
        for (let a = 0; a <= last; a++) {
          const C = encoder[k * K + a];
          const B = decoder[k * K + a];
          dOmegaU += C * y[i + a];
          dOmegaV += C * y[j + a];
          dNuU -= B * y[i + K + a];
          dNuV -= B * y[j + K + a];
        }
        dy[i + k] = rho[u] * dOmegaU - kappa * omegaU;
        dy[j + k] = rho[v] * dOmegaV - kappa * omegaV;
        dy[i + K + k] = dNuU - kappa * nuU;
        dy[j + K + k] = dNuV - kappa * nuV;
      }
    }
  }
}
