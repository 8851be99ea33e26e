import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Experiment } from "../model/resolve.js";
import { DirectEngine } from "./direct.js";
import { streamOf } from "./random/stream.js";

/** The eigenvalues of one sample covariance. */
export interface SampleSpectrum {
  /** D */
  readonly dimension: number;
  readonly seed: number;
  /** N */
  readonly samples: number;
  /** of X Xᵀ/N, falling, [D] */
  readonly eigenvalues: Float64Array;
}

/**
 * The eigenvalues of the covariance of the first N samples that the run of this seed learns from,
 * on the direct engine. Rotations don't change them, so they are taken along the eigenvectors.
 */
export function sampleSpectrum(
  experiment: Experiment,
  seed: number,
  samples: number,
): SampleSpectrum {
  const { dimension: D } = experiment.spectrum;
  const engine = new DirectEngine(experiment, streamOf({ seed, dimension: D, engine: "direct" }));
  const S = Matrix.zeros(D, D);
  const rows = Array.from({ length: D }, () => new Float64Array(D));
  const x = new Float64Array(D);
  for (let n = 0; n < samples; n++) {
    engine.advance(1);
    x.set(engine.sample.subarray(0, D));
    for (let i = 0; i < D; i++) {
      const row = rows[i];
      for (let j = 0; j <= i; j++) row[j] += x[i] * x[j];
    }
  }
  // the engine's samples are x/√D
  const scale = D / samples;
  rows.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      S.set(i, j, row[j] * scale);
      S.set(j, i, row[j] * scale);
    }
  });
  const { realEigenvalues } = new EigenvalueDecomposition(S, { assumeSymmetric: true });
  const eigenvalues = Float64Array.from(realEigenvalues).sort().reverse();
  return { dimension: D, seed, samples, eigenvalues };
}
