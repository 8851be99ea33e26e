/**
 * The eigenvalues of the empirical covariance of N samples in D dimensions, D/N → γ ≤ 1, of which all
 * but a few have the variance σ² (Marchenko & Pastur 1967): the density
 *
 *     √((b − x)(x − a)) / (2π γ σ² x)   on   a, b = σ² (1 ∓ √γ)²
 */
export class MarchenkoPastur {
  readonly edges: readonly [low: number, high: number];
  readonly #variance: number;
  readonly #gamma: number;

  /**
   * @param variance σ² > 0
   * @param gamma D/N, in (0, 1]
   * @throws RangeError for others
   */
  constructor(variance: number, gamma: number) {
    if (!(variance > 0)) throw new RangeError(`variance must be positive, got ${variance}`);
    if (!(gamma > 0 && gamma <= 1)) throw new RangeError(`D/N must be in (0, 1], got ${gamma}`);
    this.#variance = variance;
    this.#gamma = gamma;
    this.edges = [variance * (1 - Math.sqrt(gamma)) ** 2, variance * (1 + Math.sqrt(gamma)) ** 2];
  }

  density(x: number): number {
    const [a, b] = this.edges;
    if (!(x > a && x < b)) return 0;
    return Math.sqrt((b - x) * (x - a)) / (2 * Math.PI * this.#gamma * this.#variance * x);
  }

  /** Share of eigenvalues up to x, in closed form (∫ √((b−x)(x−a))/x dx). */
  cumulative(x: number): number {
    const [a, b] = this.edges;
    if (x <= a) return 0;
    if (x >= b) return 1;
    const root = Math.sqrt((b - x) * (x - a));
    const middle = (a + b) / 2;
    const geometric = Math.sqrt(a * b);
    const first = Math.asin(clamp((2 * x - a - b) / (b - a))) + Math.PI / 2;
    const second =
      geometric === 0
        ? 0
        : Math.asin(clamp(((a + b) * x - 2 * a * b) / (x * (b - a)))) + Math.PI / 2;
    const integral = root + middle * first - geometric * second;
    return integral / (2 * Math.PI * this.#gamma * this.#variance);
  }

  /**
   * Where the eigenvalue ℓ > σ² (1 + √γ) of the covariance is found in the sample:
   * ℓ (1 + γσ²/(ℓ − σ²)) (Baik & Silverstein 2006).
   */
  outlier(eigenvalue: number): number {
    const [variance, gamma] = [this.#variance, this.#gamma];
    return eigenvalue * (1 + (gamma * variance) / (eigenvalue - variance));
  }
}

function clamp(x: number): number {
  return Math.min(1, Math.max(-1, x));
}
