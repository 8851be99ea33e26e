/** How an integration ended, with a sentence for people where it isn't well. */
export const STATUSES = ["ok", "non-finite", "diverged", "step-limit", "step-underflow"] as const;
export type Status = (typeof STATUSES)[number];

export interface Outcome {
  readonly status: Status;
  /** what happened, and what to do about it */
  readonly message?: string;
}

const ADVICE: Record<Exclude<Status, "ok">, string> = {
  "non-finite":
    "the equations gave a number that is not finite; look for extreme values in initial and data",
  diverged:
    "the weights grow without bound; lower training.learningRate or the initial weights, or end earlier",
  "step-limit":
    "the steps allowed are used up; lower time.end, loosen integrator.relTol or raise integrator.maxSteps",
  "step-underflow":
    "steps became too small to advance; loosen integrator.relTol or scale the problem down",
};

/** The outcome of a run that stopped at time t, with other advice where the cause is known. */
export function stoppedAt(
  t: number,
  status: Exclude<Status, "ok">,
  advice: string = ADVICE[status],
): Outcome {
  return { status, message: `stopped at t = ${Number(t.toPrecision(6))}: ${advice}` };
}
