import { theoryOf } from "../../src/theory/theory-of.js";
import { experimentWith } from "../support/scenarios.js";

const SIZES = [
  [3, 6],
  [4, 400],
  [8, 1024],
  [16, 1024],
  [32, 1024],
  [64, 1024],
];

/** Right-hand sides of full spectra; of the work, the products in sums and motion are counted. */
export function benchLargeSystems(
  table: (header: string[], body: string[][]) => string,
  time: (work: () => unknown, rounds?: number) => number,
): string {
  const rows = SIZES.map(([K, D]) => {
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
    const milliseconds = time(() => {
      for (let i = 0; i < calls; i++) equations.drift(y, dy);
    }, 15);
    const microseconds = (1000 * milliseconds) / calls;
    const speed = (2 * products) / (1000 * microseconds);
    return [String(K), String(D), microseconds.toPrecision(3), speed.toPrecision(2)];
  });
  return table(["K", "D", "µs a right-hand side", "GFlop/s"], rows);
}
