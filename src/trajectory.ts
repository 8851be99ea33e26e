import type { OrderParameters } from "./model/order-parameters.js";

/**
 * What theory and simulation both produce: the state of learning at a list of times. Arrays are flat,
 * row-major, one block per time.
 */
export interface Trajectory extends OrderParameters {
  /** K */
  readonly hidden: number;
  /** M: spikes, or all eigenvalues of a spectrum */
  readonly modes: number;
  /** steps/D, [n] */
  readonly t: Float64Array;
  /** E|x − x̂|²/D, [n] */
  readonly pmse: Float64Array;
  /** pmse above the PCA error of rank K, to full relative accuracy, [n]; theory's alone */
  readonly excess?: Float64Array;
  /** ω and ν of every mode, [n][K][M]; absent where they would be too many */
  readonly amplitudes?: { readonly encoder: Float64Array; readonly decoder: Float64Array };
  /** [n][K] */
  readonly bias: Float64Array;
}

/** The first n times of a trajectory. */
export function firstTimes(trajectory: Trajectory, n: number): Trajectory {
  const { hidden: K, modes: M, excess, amplitudes } = trajectory;
  return {
    hidden: K,
    modes: M,
    t: trajectory.t.subarray(0, n),
    pmse: trajectory.pmse.subarray(0, n),
    ...(excess && { excess: excess.subarray(0, n) }),
    Q: trajectory.Q.subarray(0, n * K * K),
    R: trajectory.R.subarray(0, n * K * K),
    T0: trajectory.T0.subarray(0, n * K * K),
    T1: trajectory.T1.subarray(0, n * K * K),
    amplitudes: amplitudes && {
      encoder: amplitudes.encoder.subarray(0, n * K * M),
      decoder: amplitudes.decoder.subarray(0, n * K * M),
    },
    bias: trajectory.bias.subarray(0, n * K),
  };
}

/** Some times of a trajectory, by their numbers. */
export function pickTimes(trajectory: Trajectory, places: readonly number[]): Trajectory {
  const { hidden: K, modes: M, excess, amplitudes } = trajectory;
  const pick = (values: Float64Array, size: number) => {
    const picked = new Float64Array(places.length * size);
    places.forEach((i, j) => {
      picked.set(values.subarray(i * size, (i + 1) * size), j * size);
    });
    return picked;
  };
  return {
    hidden: K,
    modes: M,
    t: pick(trajectory.t, 1),
    pmse: pick(trajectory.pmse, 1),
    ...(excess && { excess: pick(excess, 1) }),
    Q: pick(trajectory.Q, K * K),
    R: pick(trajectory.R, K * K),
    T0: pick(trajectory.T0, K * K),
    T1: pick(trajectory.T1, K * K),
    amplitudes: amplitudes && {
      encoder: pick(amplitudes.encoder, K * M),
      decoder: pick(amplitudes.decoder, K * M),
    },
    bias: pick(trajectory.bias, K),
  };
}

/** A trajectory of n times, all zero. */
export function emptyTrajectory(
  n: number,
  K: number,
  M: number,
  withAmplitudes: boolean,
): Trajectory {
  const square = () => new Float64Array(n * K * K);
  const table = () => new Float64Array(n * K * M);
  return {
    hidden: K,
    modes: M,
    t: new Float64Array(n),
    pmse: new Float64Array(n),
    Q: square(),
    R: square(),
    T0: square(),
    T1: square(),
    amplitudes: withAmplitudes ? { encoder: table(), decoder: table() } : undefined,
    bias: new Float64Array(n * K),
  };
}
