import { integrateBdf } from "./bdf.js";
import type {
  InitialValueProblem,
  IntegrationResult,
  OutputListener,
  ProgressListener,
  StiffProblem,
  Tolerances,
  Watch,
  Work,
} from "./integration.js";
import { integrateOdex } from "./odex.js";
import { integrateSeulex } from "./seulex.js";
import { workOfRows } from "./step-order.js";
import { SpectralRadius } from "./stiffness.js";

/** What a scenario's `integrator.method` names. */
export type Method = "auto" | "odex" | "seulex" | "bdf";

/** A part of a run that one method took. */
export interface Part {
  readonly method: Exclude<Method, "auto">;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly evaluations: number;
  /** why this method, for people */
  readonly reason: string;
}

export interface MethodWork extends Work {
  /** in order of time; their methods, each once, are `method` */
  readonly parts: readonly Part[];
}

/** What one problem offers the methods. */
export interface Problem extends InitialValueProblem {
  /** multiplications of one evaluation of f */
  readonly cost: number;
  /** for linearly implicit steps, where there is room for their matrices */
  readonly stiff?: () => StiffProblem;
}

// Dense matrices of more variables than this cost more than a method that needs none.
const MOST_DENSE = 64;
// odex interpolates at n² an output, and its bookkeeping is half the time of such a system: bdf takes a
// fifth of the evaluations from the start on (measured on full spectra).
const MOST_EXPLICIT = 500;
// odex's own orders are stable for h ρ up to 6.4. It takes steps of h ρ < 2 while accuracy bounds them, and
// has settled between 3 and 6 where stability does.
const STIFF = 2.5;
const STIFF_STEPS = 6;
// What odex spends on such a step, and the rows that SEULEX takes for a short one. A SEULEX step reaches the
// next requested time, or a tenth of t.
const ODEX_EVALUATIONS = 45;
const ROWS = 5;
const REACH = 0.1;
// Explicit steps are cheaper than implicit ones where these are this short.
const NOT_STIFF = 0.3;
const NOT_STIFF_STEPS = 12;

/**
 * Integrates by the method named. "auto" takes odex while the problem isn't stiff, SEULEX where stability
 * bounds odex's steps and an implicit one spares more than it costs, and back; bdf in SEULEX's place beyond
 * 64 variables, and for all of a system of more than 500. The measure of stiffness is h ρ, step length
 * times spectral radius of the Jacobian; costs are counted in multiplications, so that runs can be repeated.
 */
export function integrate(
  problem: Problem,
  times: Float64Array,
  integrator: Tolerances & { readonly method: Method },
  output: OutputListener,
  onProgress?: ProgressListener,
): IntegrationResult & { readonly work: MethodWork } {
  return new Run(problem, times, integrator, output, onProgress).run(integrator.method);
}

class Run {
  readonly #parts: Part[] = [];
  #rejected = 0;
  #decompositions = 0;
  #served = 0;
  #stiff: StiffProblem | undefined;
  readonly #problem: Problem;
  readonly #times: Float64Array;
  readonly #tolerances: Tolerances;
  readonly #output: OutputListener;
  readonly #onProgress: ProgressListener | undefined;

  constructor(
    problem: Problem,
    times: Float64Array,
    tolerances: Tolerances,
    output: OutputListener,
    onProgress: ProgressListener | undefined,
  ) {
    this.#problem = problem;
    this.#times = times;
    this.#tolerances = tolerances;
    this.#onProgress = onProgress;
    this.#output = (t, y) => {
      this.#served++;
      output(t, y);
    };
  }

  run(method: Method): IntegrationResult & { work: MethodWork } {
    const result = method === "auto" ? this.#choose() : this.#take(method, "by name");
    const names = new Set(this.#parts.map((part) => part.method));
    const total = (key: "steps" | "evaluations") =>
      this.#parts.reduce((sum, part) => sum + part[key], 0);
    const work = {
      method: [...names].join(", "),
      steps: total("steps"),
      rejected: this.#rejected,
      evaluations: total("evaluations"),
      ...(names.has("seulex") && { decompositions: this.#decompositions }),
      parts: this.#parts,
    };
    return { ...result, work };
  }

  #choose(): IntegrationResult {
    const n = this.#problem.start.length;
    if (n > MOST_EXPLICIT) return this.#take("bdf", `${n} variables`);
    const isDense = n <= MOST_DENSE && this.#problem.stiff !== undefined;
    let result: IntegrationResult | undefined;
    let reason = "the start";
    for (;;) {
      const explicit = this.#watchOdex(isDense);
      result = this.#take("odex", reason, result, explicit);
      if (result.status !== "ok" || this.#isDone()) return result;
      const why = explicit.reason();
      if (!isDense) return this.#take("bdf", why, result);
      const implicit = this.#watchSeulex();
      result = this.#take("seulex", why, result, implicit);
      if (result.status !== "ok" || this.#isDone()) return result;
      reason = implicit.reason();
    }
  }

  /** The problem with its matrices, made when it is first wanted. */
  #stiffProblem(): StiffProblem {
    this.#stiff ??= this.#problem.stiff?.();
    if (!this.#stiff) throw new Error("this problem has no matrices for SEULEX");
    return this.#stiff;
  }

  #workOfSeulex(): number {
    const { cost, system } = this.#stiffProblem();
    return workOfRows(ROWS, cost, system.work);
  }

  /** Ends odex's part where stability has bounded some steps in a row, and SEULEX is worth its cost. */
  #watchOdex(isDense: boolean): Watched {
    const isStiff = (product: number, t: number, length: number) => {
      if (!(product > STIFF)) return false;
      const reach = Math.min(this.#times[this.#served] - t, REACH * t);
      const spent = (reach / length) * ODEX_EVALUATIONS * this.#problem.cost;
      return spent > (isDense ? this.#workOfSeulex() : 0);
    };
    return watchSteps(this.#problem, STIFF_STEPS, isStiff, "stability bounds odex's steps");
  }

  /** Ends SEULEX's part where its steps are short enough for odex. */
  #watchSeulex(): Watched {
    const isShort = (product: number) => product < NOT_STIFF;
    return watchSteps(this.#problem, NOT_STIFF_STEPS, isShort, "steps are short enough for odex");
  }

  #isDone(): boolean {
    return this.#served === this.#times.length;
  }

  /** Integrates on from where another method has ended. */
  #take(
    method: Part["method"],
    reason: string,
    before?: IntegrationResult,
    watched?: Watched,
  ): IntegrationResult {
    const steps = this.#parts.reduce((sum, part) => sum + part.steps, 0);
    const maxSteps = Math.max(1, this.#tolerances.maxSteps - steps);
    const tolerances = { ...this.#tolerances, maxSteps };
    const times = this.#times.subarray(this.#served);
    const from = before?.t ?? this.#problem.time ?? 0;
    const result = this.#call(method, before, times, tolerances, watched?.watch);
    const { work } = result;
    this.#parts.push({
      method,
      from,
      to: result.t,
      steps: work.steps,
      evaluations: work.evaluations + (watched?.evaluations() ?? 0),
      reason,
    });
    this.#rejected += work.rejected;
    this.#decompositions += work.decompositions ?? 0;
    return result;
  }

  #call(
    method: Part["method"],
    before: IntegrationResult | undefined,
    times: Float64Array,
    tolerances: Tolerances,
    watch: Watch | undefined,
  ): IntegrationResult {
    const [output, onProgress] = [this.#output, this.#onProgress];
    const from = before && { start: before.y, time: before.t };
    const { drift } = this.#problem;
    const plain = { start: this.#problem.start, drift, ...from };
    if (method === "odex") {
      return integrateOdex(plain, times, tolerances, output, onProgress, watch);
    }
    if (method === "bdf") return integrateBdf(plain, times, tolerances, output, onProgress);
    return integrateSeulex(
      { ...this.#stiffProblem(), ...from },
      times,
      tolerances,
      output,
      onProgress,
      watch,
    );
  }
}

interface Watched {
  readonly watch: Watch;
  /** why the watch has ended a part */
  reason(): string;
  evaluations(): number;
}

function watchSteps(
  problem: InitialValueProblem,
  enough: number,
  isSo: (product: number, t: number, length: number) => boolean,
  what: string,
): Watched {
  const radius = new SpectralRadius(problem);
  let inRow = 0;
  let last = 0;
  return {
    watch(t, y, length) {
      last = length * radius.at(y);
      inRow = isSo(last, t, length) ? inRow + 1 : 0;
      return inRow < enough;
    },
    reason: () => `${what}: h ρ = ${last.toPrecision(2)}`,
    evaluations: () => radius.evaluations,
  };
}
