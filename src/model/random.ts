import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";

/** Random numbers for initial states: the same seed gives the same state on every machine. */
export class Random {
  readonly #generator;
  #spare = Number.NaN;

  /** @param seed an unsigned 32-bit integer */
  constructor(seed: number) {
    this.#generator = mersenne(seed);
  }

  /** A standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (!Number.isNaN(this.#spare)) {
      const spare = this.#spare;
      this.#spare = Number.NaN;
      return spare;
    }
    for (;;) {
      const x = 2 * uniformFloat64(this.#generator) - 1;
      const y = 2 * uniformFloat64(this.#generator) - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * scale;
      return x * scale;
    }
  }

  /** √χ² with n ≥ 1 degrees of freedom: the length of n standard normals. */
  chi(n: number): number {
    if (n <= 16) {
      let square = 0;
      for (let i = 0; i < n; i++) square += this.normal() ** 2;
      return Math.sqrt(square);
    }
    return Math.sqrt(2 * this.#gamma(n / 2));
  }

  /** Gamma variate of shape a ≥ 1 (Marsaglia & Tsang, ACM TOMS 26 (2000) 363). */
  #gamma(a: number): number {
    const d = a - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = this.normal();
      const v = (1 + c * z) ** 3;
      if (v <= 0) continue;
      const u = 1 - uniformFloat64(this.#generator);
      if (Math.log(u) < 0.5 * z * z + d * (1 - v + Math.log(v))) return d * v;
    }
  }
}
