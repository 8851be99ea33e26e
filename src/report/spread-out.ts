/** At most `most` places among 0 … n − 1, evenly spread, both ends included. */
export function spreadOut(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
}
