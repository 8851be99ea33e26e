import type { Scenario } from "../scenario/schema.js";

/** How the latent variables c of spiked data are distributed (contract of `data.latents`). */
export type Latents = Extract<Scenario["data"], { kind: "spiked" }>["latents"];

/** A distribution of c in finitely many points. */
export interface LatentPoints {
  /** [n][M] */
  readonly points: readonly (readonly number[])[];
  /** probabilities, [n] */
  readonly weights: readonly number[];
}

/** More points than this make averages over c too long. */
export const MOST_POINTS = 100_000;

type Mixture = Extract<Latents, { points: number[][] }>;

function isMixture(latents: Latents): latents is Mixture {
  return typeof latents === "object" && "points" in latents;
}

/** Values of one component and their probabilities, where components are independent and discrete. */
export function componentValues(
  latents: Latents,
): { values: number[]; weights: number[] } | undefined {
  if (latents === "gaussian" || isMixture(latents)) return undefined;
  const p = latents === "two-point" ? 1 : latents.sparse;
  if (p === 1) return { values: [-1, 1], weights: [0.5, 0.5] };
  const size = 1 / Math.sqrt(p);
  return { values: [-size, 0, size], weights: [p / 2, 1 - p, p / 2] };
}

/** The number of points that c has in M components; Infinity for Gaussian latents. */
export function pointCount(latents: Latents, M: number): number {
  if (isMixture(latents)) return latents.points.length;
  const component = componentValues(latents);
  return component ? component.values.length ** M : Number.POSITIVE_INFINITY;
}

/** Every point of c in M components with its probability; undefined for Gaussian latents. */
export function latentPoints(latents: Latents, M: number): LatentPoints | undefined {
  if (isMixture(latents)) {
    const total = latents.weights.reduce((sum, weight) => sum + weight, 0);
    return { points: latents.points, weights: latents.weights.map((weight) => weight / total) };
  }
  const component = componentValues(latents);
  if (!component) return undefined;
  const points: number[][] = [];
  const weights: number[] = [];
  const n = component.values.length;
  for (let index = 0; index < n ** M; index++) {
    const places = Array.from({ length: M }, (_, m) => Math.floor(index / n ** m) % n);
    points.push(places.map((place) => component.values[place]));
    weights.push(places.reduce((product, place) => product * component.weights[place], 1));
  }
  return { points, weights };
}
