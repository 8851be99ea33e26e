import {
  componentValues,
  type LatentPoints,
  type Latents,
  latentPoints,
} from "../model/latents.js";
import type { RandomStream } from "./random/stream.js";

/** Draws the latent variables c of one sample into out[0 … M). */
export type LatentSource = (random: RandomStream, out: Float64Array, M: number) => void;

/** The source of these latents: normals, independent values, or points of a mixture. */
export function latentSource(latents: Latents, M: number): LatentSource {
  const component = componentValues(latents);
  if (component) return independent(component.values, component.weights);
  const mixed = latentPoints(latents, M);
  return mixed ? mixture(mixed) : gaussian;
}

const gaussian: LatentSource = (random, out, M) => random.fillNormals(out, 0, M);

function independent(values: readonly number[], weights: readonly number[]): LatentSource {
  const upTo = cumulative(weights);
  return (random, out, M) => {
    random.fillUniforms(out, 0, M);
    for (let m = 0; m < M; m++) out[m] = values[place(upTo, out, m)];
  };
}

function mixture({ points, weights }: LatentPoints): LatentSource {
  const upTo = cumulative(weights);
  return (random, out, M) => {
    random.fillUniforms(out, 0, 1);
    const c = points[place(upTo, out, 0)];
    for (let m = 0; m < M; m++) out[m] = c[m];
  };
}

function cumulative(weights: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(weights, (weight) => {
    sum += weight;
    return sum;
  });
}

/** The first place whose cumulative weight exceeds uniforms[m], by bisection. */
function place(upTo: Float64Array, uniforms: Float64Array, m: number): number {
  const u = uniforms[m];
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (upTo[middle] > u) high = middle;
    else low = middle + 1;
  }
  return low;
}
