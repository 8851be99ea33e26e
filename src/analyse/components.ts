import { type Activation, ONE, PAIR } from "../model/activations/activation.js";
import type { Trajectory } from "../trajectory.js";

/**
 * What is left of each component after reconstruction, in units of pmse:
 *
 *     ε_m = rho_m − 2 rho_m Σ_k G1_k ω_m^k ν_m^k + Σ_{kl} I2^{kl} ν_m^k ν_m^l
 *
 * It falls from rho_m to about 0 when the component is learnt. The sum over all modes is pmse, where
 * a bulk adds its own part (theory §3, mode by mode; Gaussian latents).
 * @param rho rho tilde of every mode, [M]
 * @returns [n][M], or nothing where the trajectory has no amplitudes
 */
export function componentErrors(
  trajectory: Trajectory,
  activation: Activation,
  rho: ArrayLike<number>,
): Float64Array | undefined {
  const { hidden: K, modes: M, t, Q, amplitudes } = trajectory;
  if (!amplitudes) return undefined;
  const errors = new Float64Array(t.length * M);
  for (let i = 0; i < t.length; i++) {
    const { G1, I2 } = averages(activation, Q.subarray(i * K * K, (i + 1) * K * K), K);
    for (let m = 0; m < M; m++) {
      const place = (k: number) => i * K * M + k * M + m;
      let error = rho[m];
      for (let k = 0; k < K; k++) {
        const nu = amplitudes.decoder[place(k)];
        error -= 2 * rho[m] * G1[k] * amplitudes.encoder[place(k)] * nu;
        for (let l = 0; l < K; l++) error += I2[k * K + l] * nu * amplitudes.decoder[place(l)];
      }
      errors[i * M + m] = error;
    }
  }
  return errors;
}

/**
 * When each component is learnt: the time from which on less than half of its variance is left,
 * between two times by a straight line in ln t. Undefined for one that isn't learnt at the end.
 * @param errors from {@link componentErrors}, [n][M]
 * @param rho rho tilde of every mode, [M]
 */
export function learningTimes(
  t: ArrayLike<number>,
  errors: Float64Array,
  rho: ArrayLike<number>,
): (number | undefined)[] {
  const M = rho.length;
  return Array.from({ length: M }, (_, m) => {
    const left = (i: number) => errors[i * M + m] / rho[m];
    let i = t.length - 1;
    while (i >= 0 && left(i) < 0.5) i--;
    if (i === t.length - 1) return undefined;
    if (i < 0) return t[0];
    const part = (left(i) - 0.5) / (left(i) - left(i + 1));
    if (t[i] <= 0) return t[i] + part * (t[i + 1] - t[i]);
    return t[i] * (t[i + 1] / t[i]) ** part;
  });
}

/** G1 of each neuron and I2 of each pair at the field covariance Q [K][K]. */
function averages(activation: Activation, Q: Float64Array, K: number) {
  const q = new Float64Array(3);
  const one = new Float64Array(ONE.size);
  const pair = new Float64Array(PAIR.size);
  const G1 = new Float64Array(K);
  const I2 = new Float64Array(K * K);
  for (let k = 0; k < K; k++) {
    q[0] = Q[k * K + k];
    activation.one(q, one);
    G1[k] = one[ONE.G1];
    I2[k * K + k] = one[ONE.I2];
    for (let l = 0; l < k; l++) {
      q[1] = Q[k * K + l];
      q[2] = Q[l * K + l];
      activation.pair(q, pair);
      I2[k * K + l] = pair[PAIR.I2];
      I2[l * K + k] = pair[PAIR.I2];
    }
  }
  return { G1, I2 };
}
