import { latentError } from "../model/latent-error.js";
import { type LatentPoints, latentPoints } from "../model/latents.js";
import type { OrderParameters } from "../model/order-parameters.js";
import { PopulationError } from "../model/population-error.js";
import type { Experiment } from "../model/resolve.js";
import type { Trajectory } from "../trajectory.js";
import type { Engine } from "./engine.js";
import { latentsOf } from "./training.js";
import { heapSpace } from "./vectors/heap-space.js";

/**
 * Measures a network at its current weights: order parameters as sums over its coordinates, and the
 * population error they give in closed form (theory §3, §8). No test samples are drawn.
 */
export class Measurement {
  readonly #experiment: Experiment;
  readonly #gaussian: PopulationError;
  readonly #points: LatentPoints | undefined;

  constructor(experiment: Experiment) {
    const { scenario, spectrum, activation } = experiment;
    this.#experiment = experiment;
    this.#gaussian = new PopulationError(activation, scenario.model.hidden, spectrum.trace);
    this.#points = latentPoints(latentsOf(scenario), spectrum.rho.length);
  }

  /** Writes the state of the engine's network as time number `index` of a trajectory. */
  record(engine: Engine, trajectory: Trajectory, index: number): void {
    const { hidden: K, modes: M, amplitudes } = trajectory;
    const { encoder, decoder } = engine.network;
    const spikes = sums(engine, 0, M);
    const bulk = sums(engine, M, engine.size);
    const at = index * K * K;
    for (const name of ["Q", "R", "T0", "T1"] as const) {
      for (let i = 0; i < K * K; i++) trajectory[name][at + i] = spikes[name][i] + bulk[name][i];
    }
    for (let k = 0; k < K && amplitudes; k++) {
      amplitudes.encoder.set(encoder[k].subarray(0, M), (index * K + k) * M);
      amplitudes.decoder.set(decoder[k].subarray(0, M), (index * K + k) * M);
    }
    trajectory.pmse[index] = this.#error(engine, trajectory, bulk, at);
  }

  #error({ network }: Engine, { Q, R, T0 }: Trajectory, bulk: OrderParameters, at: number): number {
    if (!this.#points) return this.#gaussian.at(Q, R, T0, at);
    const { spectrum, activation } = this.#experiment;
    const state = {
      encoder: network.encoder,
      decoder: network.decoder,
      Q: bulk.Q,
      R: bulk.R,
      T0: T0.subarray(at, at + bulk.T0.length),
    };
    return latentError(activation, this.#points, spectrum.rho, spectrum.trace, state);
  }
}

/** What coordinates from … to − 1 add to the order parameters. */
function sums(engine: Engine, from: number, to: number): OrderParameters {
  const part = (row: Float64Array) => row.subarray(from, to);
  const encoder = engine.network.encoder.map(part);
  const decoder = engine.network.decoder.map(part);
  const rho = part(engine.rho);
  const K = encoder.length;
  const n = to - from;
  const weighted = (row: Float64Array) => row.map((value, i) => rho[i] * value);
  const square = () => new Float64Array(K * K);
  const order = { Q: square(), R: square(), T0: square(), T1: square() };
  for (let k = 0; k < K; k++) {
    const encoderRho = weighted(encoder[k]);
    const decoderRho = weighted(decoder[k]);
    for (let l = 0; l < K; l++) {
      const i = k * K + l;
      heapSpace.dot(order.R, i, decoderRho, encoder[l], n);
      if (l > k) continue;
      heapSpace.dot(order.Q, i, encoderRho, encoder[l], n);
      heapSpace.dot(order.T0, i, decoder[k], decoder[l], n);
      heapSpace.dot(order.T1, i, decoderRho, decoder[l], n);
      for (const matrix of [order.Q, order.T0, order.T1]) matrix[l * K + k] = matrix[i];
    }
  }
  return order;
}
