import type {
  InitialValueProblem,
  IntegrationResult,
  OutputListener,
  Tolerances,
} from "../../src/integrate/integration.js";

/** y' = f(y) of one variable. */
export const scalar = (start: number, f: (y: number) => number): InitialValueProblem => ({
  start: Float64Array.of(start),
  drift(y, dy) {
    dy[0] = f(y[0]);
  },
});

/** What an integrator outputs, copied, beside its result. */
export function collect<P>(
  integrate: (
    problem: P,
    times: Float64Array,
    tolerances: Tolerances,
    output: OutputListener,
  ) => IntegrationResult,
  problem: P,
  times: readonly number[],
  tolerances: Tolerances,
) {
  const t: number[] = [];
  const y: number[][] = [];
  const result = integrate(problem, Float64Array.from(times), tolerances, (at, state) => {
    t.push(at);
    y.push([...state]);
  });
  return { result, t, y };
}
