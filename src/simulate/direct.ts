import type { Experiment } from "../model/resolve.js";
import type { Engine } from "./engine.js";
import { type LatentSource, latentSource } from "./latent-source.js";
import { Network } from "./network.js";
import type { RandomStream } from "./random/stream.js";
import { findRule } from "./rules/find.js";
import type { LearningRule } from "./rules/rule.js";
import { fillStart } from "./start.js";
import { latentsOf, stepSizeOf } from "./training.js";
import type { StepSize } from "./vectors/vector-space.js";
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
  readonly #latents: LatentSource;
  readonly #rule: LearningRule;
  readonly #step: StepSize;

  constructor(experiment: Experiment, random: RandomStream) {
    const { scenario, spectrum, activation } = experiment;
    const D = spectrum.dimension;
    const M = spectrum.rho.length;
    const K = scenario.model.hidden;
    const vectors = new Array<number>(2 * K + 3).fill(D);
    const space = wasmSpace([...vectors, K, K, K, K, 2]);
    this.network = new Network(activation, K, D, space);
    fillStart(this.network, scenario.initial, spectrum);
    this.random = random;
    this.rho = new Float64Array(D).fill((spectrum.bulk?.variance ?? 0) / D);
    this.rho.set(spectrum.rho);
    this.size = D;
    this.sample = space.allocate(D);
    this.#modes = M;
    this.#scale = space.allocate(D);
    this.#scale.set(this.rho.map(Math.sqrt));
    this.#latents = latentSource(latentsOf(scenario), M);
    this.#rule = findRule(scenario.training.rule);
    this.#step = stepSizeOf(scenario, D, this.network.space);
  }

  advance(steps: number): void {
    const { network, random, sample, size } = this;
    const scale = this.#scale;
    for (let i = 0; i < steps; i++) {
      this.#latents(random, sample, this.#modes);
      random.fillNormals(sample, this.#modes, size);
      network.space.scale(sample, scale, size);
      this.#rule(network, sample, size, this.#step);
    }
  }

  resize(): void {}
}
