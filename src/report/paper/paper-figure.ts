import type { Comparison } from "../../analyse/comparison.js";
import type { Solution } from "../../integrate/solve.js";
import type { SampleSpectrum } from "../../simulate/sample-spectrum.js";
import type { Panel } from "../draw/figure.js";
import type { Claim } from "./claim.js";

/** What a figure needs of a scenario in `scenarios/figures/`. */
interface Source {
  /** name of the file, without .json */
  readonly scenario: string;
  readonly needs: "theory" | "comparison" | "spectra";
}

/** What was made of a figure's sources, by scenario. */
export interface Results {
  readonly theory: Readonly<Record<string, Solution>>;
  readonly comparison: Readonly<Record<string, Comparison>>;
  /** every seed at every dimension */
  readonly spectra: Readonly<Record<string, readonly SampleSpectrum[]>>;
}

/** Another size of the simulations: the same figure in less time. */
export interface Size {
  readonly dimension: number | readonly number[];
  readonly seeds: number;
}

/** One figure of the paper: what it needs, and how its pictures and claims follow from that. */
export interface PaperFigure {
  /** of its files and on the command line */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly sources: readonly Source[];
  readonly quick: Size;
  draw(results: Results): Drawing;
}

export interface Drawing {
  /** (a), (b), … in this order */
  readonly panels: readonly Panel[];
  readonly claims: readonly Claim[];
}
