import type { Activation } from "./activation.js";
import { linear } from "./linear.js";
import { relu } from "./relu.js";
import { sigmoid } from "./sigmoid.js";

const ACTIVATIONS = new Map([sigmoid, relu, linear].map((g) => [g.name, g]));

/** The activation of this name, or undefined where it has no closed form here yet. */
export function findActivation(name: unknown): Activation | undefined {
  return ACTIVATIONS.get(name as string);
}
