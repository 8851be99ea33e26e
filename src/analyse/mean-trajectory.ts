import { meanAndError } from "../simulate/summary.js";
import { emptyTrajectory, type Trajectory } from "../trajectory.js";

/**
 * Mean over runs of everything in their trajectories, and its standard errors (NaN for a single run).
 * @param runs one or more, all at the same times
 */
export function meanTrajectory(runs: readonly Trajectory[]): {
  mean: Trajectory;
  error: Trajectory;
} {
  const [{ t, hidden, modes }] = runs;
  const withAmplitudes = runs.every(({ amplitudes }) => amplitudes);
  const mean = emptyTrajectory(t.length, hidden, modes, withAmplitudes);
  const error = emptyTrajectory(t.length, hidden, modes, withAmplitudes);
  const [means, errors] = [mean, error].map(arraysOf);
  const all = runs.map(arraysOf);
  const values = new Array<number>(runs.length);
  means.forEach((array, j) => {
    for (let i = 0; i < array.length; i++) {
      for (let r = 0; r < all.length; r++) values[r] = all[r][j][i];
      const { average, error } = meanAndError(values);
      array[i] = average;
      errors[j][i] = error;
    }
  });
  mean.t.set(t);
  error.t.set(t);
  return { mean, error };
}

function arraysOf({ pmse, Q, R, T0, T1, bias, amplitudes }: Trajectory): Float64Array[] {
  const both = amplitudes ? [amplitudes.encoder, amplitudes.decoder] : [];
  return [pmse, Q, R, T0, T1, bias, ...both];
}
