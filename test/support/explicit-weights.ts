import { emptyTrajectory, type Trajectory } from "../../src/trajectory.js";

/** Vectors of D coordinates: K encoders and decoders, and the eigenvectors of the M spikes. */
export interface ExplicitWeights {
  readonly encoder: readonly (readonly number[])[];
  readonly decoder: readonly (readonly number[])[];
  /** of length √D, orthogonal, [M][D] */
  readonly components: readonly (readonly number[])[];
  /** rho tilde of every component, [M] */
  readonly rho: readonly number[];
  /** σ² */
  readonly bulk: number;
}

export function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i], 0);
}

/** Covariance of the inputs times a vector: D rho along each component, σ² beside them. */
function covarianceTimes({ components, rho, bulk }: ExplicitWeights, x: readonly number[]) {
  const D = x.length;
  const out = x.map((value) => bulk * value);
  components.forEach((psi, m) => {
    const factor = ((D * rho[m] - bulk) * dot(psi, x)) / D;
    psi.forEach((value, i) => {
      out[i] += factor * value;
    });
  });
  return out;
}

/**
 * A trajectory with a time for each of some sets of weights: order parameters and amplitudes by their
 * definitions in D dimensions (theory §2), and nothing else.
 */
export function trajectoryOf(states: readonly ExplicitWeights[]): Trajectory {
  const [{ encoder, components }] = states;
  const [K, M, D] = [encoder.length, components.length, components[0].length];
  const trajectory = emptyTrajectory(states.length, K, M, true);
  const { t, Q, R, T0, T1, amplitudes } = trajectory;
  states.forEach((state, n) => {
    t[n] = n;
    for (let k = 0; k < K; k++) {
      const [w, v] = [state.encoder[k], state.decoder[k]];
      const [throughW, throughV] = [w, v].map((vector) => covarianceTimes(state, vector));
      for (let l = 0; l < K; l++) {
        const i = n * K * K + k * K + l;
        Q[i] = dot(throughW, state.encoder[l]) / D;
        R[i] = dot(throughV, state.encoder[l]) / D ** 1.5;
        T0[i] = dot(v, state.decoder[l]) / D;
        T1[i] = dot(throughV, state.decoder[l]) / D ** 2;
      }
      state.components.forEach((psi, m) => {
        const i = n * K * M + k * M + m;
        if (!amplitudes) return;
        amplitudes.encoder[i] = dot(w, psi) / Math.sqrt(D);
        amplitudes.decoder[i] = dot(v, psi) / D;
      });
    }
  });
  return trajectory;
}
