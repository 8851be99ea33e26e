import type { Experiment } from "../model/resolve.js";
import type { Engine } from "./engine.js";
import { Network, networkLengths } from "./network.js";
import type { RandomStream } from "./random/stream.js";
import { fillStart } from "./start.js";
import { type Training, trainingOf } from "./training.js";
import { wasmSpace } from "./vectors/wasm-space.js";

/**
 * Online SGD in all D coordinates, along the eigenvectors of the covariance: SGD commutes with
 * rotations of its inputs, so that nothing is lost by choosing them as axes. A sample over √D is
 * `√rho_m c_m` along mode m and `(σ/√D) ξ` along every direction of the bulk.
 */
export class DirectEngine implements Engine {
  readonly network: Network;
  readonly random: RandomStream;
  readonly rho: Float64Array;
  readonly size: number;
  readonly sample: Float64Array;
  readonly #modes: number;
  readonly #scale: Float64Array;
  readonly #training: Training;

  constructor(experiment: Experiment, random: RandomStream) {
    const { scenario, spectrum, activation } = experiment;
    const D = spectrum.dimension;
    const K = scenario.model.hidden;
    // the network's, sample, its scale and the sizes of a step
    const space = wasmSpace([...networkLengths(K, D), D, D, 2]);
    this.network = new Network(activation, K, D, space);
    fillStart(this.network, scenario.initial, spectrum);
    this.random = random;
    this.rho = new Float64Array(D).fill((spectrum.bulk?.variance ?? 0) / D);
    this.rho.set(spectrum.rho);
    this.size = D;
    this.sample = space.allocate(D);
    this.#modes = spectrum.rho.length;
    this.#scale = space.allocate(D);
    this.#scale.set(this.rho.map(Math.sqrt));
    this.#training = trainingOf(experiment, this.network.space);
  }

  advance(steps: number): void {
    const { network, random, sample, size } = this;
    const { latents, rule, step } = this.#training;
    const scale = this.#scale;
    for (let i = 0; i < steps; i++) {
      latents(random, sample, this.#modes);
      random.fillNormals(sample, this.#modes, size);
      network.space.scale(sample, scale, size);
      rule(network, sample, size, step);
    }
  }

  resize(): void {}
}
