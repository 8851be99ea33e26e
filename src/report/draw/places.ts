import { spreadOut } from "../spread-out.js";

/**
 * At most `most` of some times, evenly in ln t, for a picture or table on a logarithmic axis; all where
 * they are no more. Both ends take part.
 * @param t times, increasing
 */
export function placesToDraw(t: ArrayLike<number>, most: number): number[] {
  const n = t.length;
  if (n <= most) return spreadOut(n, n);
  const first = t[0] > 0 ? 0 : 1;
  const ratio = Math.log(t[n - 1] / t[first]);
  const chosen = new Set([0]);
  for (let j = 1, i = first; j < most - 1; j++) {
    const time = t[first] * Math.exp((ratio * j) / (most - 1)) * (1 - 1e-12);
    while (i < n - 1 && t[i] < time) i++;
    chosen.add(i);
  }
  return [...chosen.add(n - 1)];
}
