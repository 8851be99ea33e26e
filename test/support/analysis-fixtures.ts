import { readFileSync } from "node:fs";
import type { PowerLaw } from "../../src/analyse/power-law.js";

type Interval = [low: number, high: number];

/** What `test/fixtures/analysis.py` computes with numpy and scipy. */
export interface AnalysisFixtures {
  readonly powerLaws: readonly (Pick<PowerLaw, "exponent" | "prefactor"> & {
    readonly name: string;
    readonly t: number[];
    readonly y: number[];
    readonly range?: { from: number; to: number };
    readonly exponentInterval: Interval;
    readonly prefactorInterval: Interval;
    /** how many independent points the residuals are worth */
    readonly effective: number;
  })[];
  readonly marchenkoPastur: readonly [
    variance: number,
    gamma: number,
    x: number,
    density: number,
    cumulative: number,
  ][];
  readonly outliers: readonly [
    variance: number,
    gamma: number,
    eigenvalue: number,
    mean: number,
    standardError: number,
  ][];
  readonly rescaling: readonly [
    rho: number,
    eta: number,
    t: number,
    encoder: number,
    decoder: number,
    excess: number,
  ][];
}

export const analysisFixtures = JSON.parse(
  readFileSync(new URL("../fixtures/analysis.json", import.meta.url), "utf8"),
) as AnalysisFixtures;
