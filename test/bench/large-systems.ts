import { theoryOf } from "../../src/theory/theory-of.js";
import { experimentWith } from "../support/scenarios.js";
import { time } from "./timing.js";

const SIZES = [
  [3, 6],
  [4, 400],
  [8, 1024],
  [16, 1024],
  [32, 1024],
  [64, 1024],
];

/** A right-hand side of a full spectrum; of the work, the products in sums and motion are counted. */
export interface RightHandSide {
  readonly K: number;
  readonly D: number;
  readonly microseconds: number;
  readonly gigaflops: number;
}

export function rightHandSides(quick: boolean): RightHandSide[] {
  return SIZES.map(([K, D]) => {
    const law = { kind: "power", dimension: D, exponent: 1.5, trace: 1 } as const;
    const experiment = experimentWith({
      model: { hidden: K, activation: "sigmoid" },
      data: { kind: "spectrum", law },
    });
    const { system, equations } = theoryOf(experiment);
    const y = system.start;
    const dy = new Float64Array(y.length);
    const products = 3 * K * K * D;
    const calls = Math.ceil(1e8 / products);
    const milliseconds = time(
      () => {
        for (let i = 0; i < calls; i++) equations.drift(y, dy);
      },
      quick ? 3 : 15,
    );
    const microseconds = (1000 * milliseconds) / calls;
    return { K, D, microseconds, gigaflops: (2 * products) / (1000 * microseconds) };
  });
}
