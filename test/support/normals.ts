import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xorshift128plus } from "pure-rand/generator/xorshift128plus";

/** A source of standard normals for tests: Box and Muller's, apart from the library's own. */
export function normalSource(seed: number): () => number {
  const generator = xorshift128plus(seed);
  for (let i = 0; i < 64; i++) generator.next();
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
    const angle = 2 * Math.PI * uniformFloat64(generator);
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** A matrix of normals with this standard deviation. */
export function normalMatrix(
  normal: () => number,
  rows: number,
  columns: number,
  std: number,
): number[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => std * normal()));
}
