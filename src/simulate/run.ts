import type { Experiment } from "../model/resolve.js";
import { timeGrid } from "../model/time-grid.js";
import { emptyTrajectory, type Trajectory } from "../trajectory.js";
import { DirectEngine } from "./direct.js";
import type { Engine } from "./engine.js";
import { ExactEngine } from "./exact.js";
import { Measurement } from "./measure.js";
import { RandomStream, type RunIdentity, streamOf } from "./random/stream.js";

export type RunStatus = "ok" | "diverged";

/** A run in the middle of its work, all that it needs to go on: to the same bytes. */
export interface RunState {
  readonly status: RunStatus;
  /** steps taken */
  readonly steps: number;
  /** times measured */
  readonly count: number;
  /** the random generator, [4] */
  readonly random: Int32Array;
  /** coordinates in use */
  readonly size: number;
  /** rows of encoder and decoder in these coordinates, [2K][size]; none of a run that has ended */
  readonly weights: readonly Float64Array[];
  /** what has been measured; arrays of all times, filled up to `count` */
  readonly trajectory: Trajectory;
}

/** Weights beyond this have left every learning dynamics; squares stay inside the numbers' range. */
const DIVERGED = 1e50;
/** Multiplications between two looks at the clock: about a millisecond of work. */
const WORK_BETWEEN_LOOKS = 500_000;

/** One network trained by online SGD, measured at the scenario's times. */
export class Run {
  readonly #engine: Engine;
  readonly #measurement: Measurement;
  readonly #stepsAt: Float64Array;
  readonly #trajectory: Trajectory;
  readonly #chunk: number;
  #status: RunStatus = "ok";
  #steps = 0;
  #count = 0;

  /** @param state goes on from here; left out: from the scenario's start */
  constructor(
    experiment: Experiment,
    identity: RunIdentity,
    withAmplitudes: boolean,
    state?: RunState,
  ) {
    const { scenario, spectrum } = experiment;
    const K = scenario.model.hidden;
    const M = spectrum.rho.length;
    const random = state ? new RandomStream(Int32Array.from(state.random)) : streamOf(identity);
    const times = timeGrid(scenario.time);
    this.#engine =
      identity.engine === "exact"
        ? new ExactEngine(experiment, random)
        : new DirectEngine(experiment, random);
    this.#measurement = new Measurement(experiment);
    this.#stepsAt = stepsAt(times, identity.dimension);
    this.#trajectory = emptyTrajectory(times.length, K, M, withAmplitudes);
    this.#trajectory.t.set(times);
    this.#chunk = Math.max(1, Math.floor(WORK_BETWEEN_LOOKS / (10 * K * this.#engine.size)));
    if (state) this.#restore(state);
  }

  get #hasEnded(): boolean {
    return this.#status !== "ok" || this.#count === this.#stepsAt.length;
  }

  /** Goes on until the end, or until `pause`, asked about once a millisecond, says so. */
  advance(pause: (steps: number) => boolean): void {
    while (!this.#hasEnded) {
      const target = this.#stepsAt[this.#count];
      const steps = Math.min(this.#chunk, target - this.#steps);
      this.#engine.advance(steps);
      this.#steps += steps;
      if (this.#steps === target) this.#measure();
      else if (this.#isLost()) this.#status = "diverged";
      if (pause(this.#steps)) return;
    }
  }

  /** The state as it is now; random numbers and measurements go on changing with the run. */
  save(): RunState {
    const { network, random, size } = this.#engine;
    const rows = this.#hasEnded ? [] : [...network.encoder, ...network.decoder];
    return {
      status: this.#status,
      steps: this.#steps,
      count: this.#count,
      random: random.state,
      size,
      weights: rows.map((row) => row.slice(0, size)),
      trajectory: this.#trajectory,
    };
  }

  #restore(state: RunState): void {
    const { network } = this.#engine;
    const rows = [...network.encoder, ...network.decoder];
    state.weights.forEach((weights, i) => {
      rows[i].fill(0);
      rows[i].set(weights);
    });
    this.#engine.resize(state.size);
    this.#status = state.status;
    this.#steps = state.steps;
    this.#count = state.count;
    const { bias, pmse, Q, R, T0, T1, amplitudes } = state.trajectory;
    for (const [name, values] of Object.entries({ bias, pmse, Q, R, T0, T1 })) {
      this.#trajectory[name as "pmse"].set(values);
    }
    if (amplitudes && this.#trajectory.amplitudes) {
      this.#trajectory.amplitudes.encoder.set(amplitudes.encoder);
      this.#trajectory.amplitudes.decoder.set(amplitudes.decoder);
    }
  }

  /** Records this time, or ends the run at the time before. */
  #measure(): void {
    if (!this.#hasDiverged()) {
      this.#measurement.record(this.#engine, this.#trajectory, this.#count);
      if (Number.isFinite(this.#trajectory.pmse[this.#count])) {
        this.#count++;
        return;
      }
    }
    this.#status = "diverged";
  }

  /**
   * Whether the run needn't go on to its next time. Only what never becomes finite again counts, so
   * that the outcome doesn't depend on when one looks.
   */
  #isLost(): boolean {
    return this.#engine.network.fields.some((field) => !Number.isFinite(field));
  }

  #hasDiverged(): boolean {
    const { encoder, decoder } = this.#engine.network;
    const lost = (row: Float64Array) => row.some((value) => !(Math.abs(value) < DIVERGED));
    return encoder.some(lost) || decoder.some(lost);
  }
}

/** Whether there is nothing left to do for a run in this state. */
export function hasEnded({ status, count, trajectory }: RunState): boolean {
  return status !== "ok" || count === trajectory.t.length;
}

/** Steps at each time: round(t·D). */
export function stepsAt(times: Float64Array, dimension: number): Float64Array {
  return times.map((t) => Math.round(t * dimension));
}
