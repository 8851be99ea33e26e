export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Milliseconds that `work` takes, once. */
export function timeOnce(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Median of some timings of `work`, in milliseconds, after a warm-up. */
export function time(work: () => unknown, rounds = 7): number {
  work();
  return median(Array.from({ length: rounds }, () => timeOnce(work)));
}

// work as long as this is timed once
const LONG = 500;

/** The same for work of any length, of which one timing is known. */
export function timeFrom(first: number, work: () => unknown, rounds = 5): number {
  return first > LONG ? first : time(work, rounds);
}
