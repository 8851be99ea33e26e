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

/** Solves are warmed up and then timed for so many milliseconds each. */
export const PATIENCE = { full: 200, quick: 30 };
const FEWEST = 3;
// work that takes longer, in milliseconds, is timed once and cold
const LONG = 1000;

/** Median of some timings of `work` once it is compiled, and what it gave the first time. */
export function timeWarm<T>(work: () => T, patience: number): { result: T; milliseconds: number } {
  let result: T | undefined;
  const first = timeOnce(() => {
    result = work();
  });
  let milliseconds = first;
  if (first <= LONG) {
    repeat(work, patience);
    milliseconds = median(repeat(work, patience));
  }
  return { result: result as T, milliseconds };
}

function repeat(work: () => unknown, patience: number): number[] {
  const began = performance.now();
  const times: number[] = [];
  while (times.length < FEWEST || performance.now() - began < patience) times.push(timeOnce(work));
  return times;
}
