import type { Scenario } from "../scenario/schema.js";

/** The bulk of a spiked covariance: an eigenvalue of order one in all directions but the spikes'. */
export interface Bulk {
  /** σ² */
  readonly variance: number;
  /** D; Infinity in the limit */
  readonly dimension: number;
  /** number of bulk directions, D − M */
  readonly multiplicity: number;
}

/** Eigenvalues of the inputs' covariance Ω (theory §1). */
export interface Spectrum {
  /** rho tilde = eigenvalue/D of every mode, in the scenario's order, [M] */
  readonly rho: Float64Array;
  /** absent for a full spectrum */
  readonly bulk?: Bulk;
  /** D; Infinity in the limit */
  readonly dimension: number;
  /** tr Ω/D, the error of a network that outputs nothing */
  readonly trace: number;
}

/** Spikes as they are given; a spectrum's eigenvalues divided by D. */
export function spectrumOf(data: Exclude<Scenario["data"], { kind: "images" }>): Spectrum {
  if (data.kind === "spectrum") {
    const rho = data.law ? powerLaw(data.law) : divide(data.eigenvalues ?? []);
    return { rho, dimension: rho.length, trace: sum(rho) };
  }
  const rho = Float64Array.from(data.spikes);
  const dimension = data.dimension ?? Number.POSITIVE_INFINITY;
  const multiplicity = dimension - rho.length;
  const weight = dimension === Number.POSITIVE_INFINITY ? 1 : multiplicity / dimension;
  const bulk = { variance: data.bulk, dimension, multiplicity };
  return { rho, bulk, dimension, trace: sum(rho) + data.bulk * weight };
}

/** rho_i ∝ i^-exponent with Σ rho_i = trace. */
function powerLaw(law: { dimension: number; exponent: number; trace: number }): Float64Array {
  const rho = Float64Array.from({ length: law.dimension }, (_, i) => (i + 1) ** -law.exponent);
  const scale = law.trace / sum(rho);
  return rho.map((value) => value * scale);
}

function divide(eigenvalues: readonly number[]): Float64Array {
  return Float64Array.from(eigenvalues, (rho) => rho / eigenvalues.length);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
