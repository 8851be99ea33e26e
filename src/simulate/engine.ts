import type { Network } from "./network.js";
import type { RandomStream } from "./random/stream.js";

export type EngineName = "direct" | "exact";

/** One network in training: what both engines offer. */
export interface Engine {
  readonly network: Network;
  readonly random: RandomStream;
  /** rho tilde of every coordinate */
  readonly rho: Float64Array;
  /** coordinates in use: the others of the network are zero */
  readonly size: number;
  /** the last sample, x/√D */
  readonly sample: Float64Array;
  /** Takes this many steps of SGD, without allocating. */
  advance(steps: number): void;
  /** Puts saved coordinates in use; the caller fills the network's rows. */
  resize(size: number): void;
}
