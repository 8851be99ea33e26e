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

/** Values of one component and their probabilities, where components are independent. */
export function componentValues(latents: Latents): { values: number[]; weights: number[] } | null {
  if (latents === "two-point") return { values: [-1, 1], weights: [0.5, 0.5] };
  if (typeof latents === "string" || "points" in latents) return null;
  const p = latents.sparse;
  const size = 1 / Math.sqrt(p);
  if (p === 1) return { values: [-1, 1], weights: [0.5, 0.5] };
  return { values: [-size, 0, size], weights: [p / 2, 1 - p, p / 2] };
}

/** The number of points that c has in M components; Infinity for Gaussian latents. */
export function pointCount(latents: Latents, M: number): number {
  if (latents === "gaussian") return Number.POSITIVE_INFINITY;
  const component = componentValues(latents);
  if (component) return component.values.length ** M;
  return typeof latents === "object" && "points" in latents ? latents.points.length : 0;
}

/** Every point of c in M components with its probability; undefined for Gaussian latents. */
export function latentPoints(latents: Latents, M: number): LatentPoints | undefined {
  if (latents === "gaussian") return undefined;
  const component = componentValues(latents);
  if (!component) return mixture(latents);
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

function mixture(latents: Latents): LatentPoints | undefined {
  if (typeof latents === "string" || !("points" in latents)) return undefined;
  const total = latents.weights.reduce((sum, weight) => sum + weight, 0);
  return { points: latents.points, weights: latents.weights.map((weight) => weight / total) };
}
