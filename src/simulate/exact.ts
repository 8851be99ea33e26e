import type { Experiment } from "../model/resolve.js";
import type { Engine } from "./engine.js";
import { Network } from "./network.js";
import type { RandomStream } from "./random/stream.js";
import { fillStart } from "./start.js";
import { type Training, trainingOf } from "./training.js";
import { triangularise } from "./triangle.js";

/**
 * Online SGD on spiked data at a cost that doesn't depend on D (theory §7): the same law of weights,
 * up to rotations of the bulk, and so of all order parameters at all times, as {@link DirectEngine}.
 *
 * SGD reads the weights through inner products alone and moves them by multiples of weights and
 * samples. Let the bulk parts of the 2K weight vectors lie in the span of W orthonormal directions. A
 * sample's bulk part is Gaussian and independent of the past, so its coordinates along these are W
 * independent normals, and what is left of it has the length σ√χ²_{D−M−W} and a direction uniform
 * in the D − M − W dimensions outside: only that this direction is new matters, so it becomes coordinate
 * W + 1. One step of ordinary SGD in these coordinates is exact, for every distribution of the latents.
 *
 * A step adds a direction. The weights span no more than 2K, so after a few steps a rotation puts them
 * back into 2K coordinates and frees the others: Gram matrices don't change. That rotation costs some
 * K³ operations; once in about 2K steps, it costs K² a step, as SGD itself does.
 */
export class ExactEngine implements Engine {
  readonly network: Network;
  readonly random: RandomStream;
  readonly rho: Float64Array;
  readonly sample: Float64Array;
  #size: number;
  /** coordinates that the weights take after a rotation, and at most */
  readonly #least: number;
  readonly #most: number;
  readonly #dimension: number;
  readonly #modes: number;
  readonly #scale: Float64Array;
  readonly #rows: Float64Array[];
  readonly #room: Float64Array;
  readonly #training: Training;

  constructor(experiment: Experiment, random: RandomStream) {
    const { scenario, spectrum, activation } = experiment;
    const { dimension: D, bulk } = spectrum;
    const M = spectrum.rho.length;
    const K = scenario.model.hidden;
    if (!bulk || D < leastDimension(M, K)) throw new RangeError(`no exact engine at D = ${D}`);
    // an integer to the compiler too, so that passing it on costs no allocation
    this.#dimension = D | 0;
    this.#modes = M;
    this.#least = M + 2 * K;
    this.#most = Math.min(D, this.#least + freshDirections(K));
    this.network = new Network(activation, K, this.#most);
    fillStart(this.network, scenario.initial, spectrum);
    this.random = random;
    this.rho = new Float64Array(this.#most).fill(bulk.variance / D);
    this.rho.set(spectrum.rho);
    this.sample = new Float64Array(this.#most);
    this.#size = this.#least;
    this.#scale = this.rho.map(Math.sqrt);
    this.#rows = [...this.network.encoder, ...this.network.decoder];
    this.#room = new Float64Array(this.#most);
    this.#training = trainingOf(experiment, this.network.space);
  }

  get size(): number {
    return this.#size;
  }

  resize(size: number): void {
    this.#size = size;
  }

  advance(steps: number): void {
    const { network, random, sample } = this;
    const { latents, rule, step } = this.#training;
    const scale = this.#scale;
    const M = this.#modes;
    for (let i = 0; i < steps; i++) {
      const inside = this.#size;
      latents(random, sample, M);
      random.fillNormals(sample, M, inside);
      random.drawChi(sample, inside, this.#dimension - inside);
      network.space.scale(sample, scale, inside + 1);
      rule(network, sample, inside + 1, step);
      this.#size = inside + 1;
      if (this.#size === this.#most) {
        triangularise(this.#rows, M, this.#most, this.#room);
        this.#size = this.#least;
      }
    }
  }
}

/** The least D at which a step finds a direction outside of the weights' span: M + 2K + 1. */
export function leastDimension(M: number, K: number): number {
  return M + 2 * K + 1;
}

/** Directions that are added before the next rotation: 2K + 2 is near the best from K = 1 to 32. */
function freshDirections(K: number): number {
  return 2 * K + 2;
}
