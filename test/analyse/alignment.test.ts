import { Matrix, QrDecomposition, SVD } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  byEigenvalue,
  decoderAlignment,
  encoderAlignment,
  subspaceOverlap,
} from "../../src/analyse/alignment.js";
import { dot, type ExplicitWeights, trajectoryOf } from "../support/explicit-weights.js";
import { normalMatrix, normalSource } from "../support/normals.js";

const D = 12;
const rho = [0.3, 1, 0.6];
const M = rho.length;
const normal = normalSource(8);

/** M random directions of length √D, at right angles. */
const components = new QrDecomposition(new Matrix(normalMatrix(normal, D, M, 1))).orthogonalMatrix
  .transpose()
  .to2DArray()
  .map((row) => row.map((value) => Math.sqrt(D) * value));

function weightsWith(decoder: readonly (readonly number[])[]): ExplicitWeights {
  const encoder = normalMatrix(normalSource(5), decoder.length, D, 0.7);
  return { encoder, decoder, components, rho, bulk: 0.4 };
}

const random = (K: number) => normalMatrix(normal, K, D, 1);
const length = (x: readonly number[]) => Math.sqrt(dot(x, x));
const combine = (factors: readonly number[], vectors: readonly (readonly number[])[]) =>
  vectors[0].map((_, i) => factors.reduce((sum, factor, k) => sum + factor * vectors[k][i], 0));

/** The share of the m leading components that lies in the span of some vectors, by their SVD. */
function sharesOf(decoder: readonly (readonly number[])[], m: number): number {
  const svd = new SVD(new Matrix(decoder as number[][]).transpose());
  const basis = svd.leftSingularVectors.transpose().to2DArray();
  const span = basis.filter((_, k) => svd.diagonal[k] > 1e-10);
  const leading = [1, 2, 0].slice(0, m).map((mode) => components[mode]);
  const share = (psi: number[]) => span.reduce((sum, u) => sum + dot(u, psi) ** 2, 0) / D;
  return leading.reduce((sum, psi) => sum + share(psi), 0) / m;
}

const overlapOf = (decoder: readonly (readonly number[])[], m: number) =>
  subspaceOverlap(trajectoryOf([weightsWith(decoder)]), rho, m)[0];

describe("the decoder's alignment", () => {
  it("is the cosine between vectors of D dimensions, at every time", () => {
    const states = [random(4), random(4)].map(weightsWith);
    const cosines = decoderAlignment(trajectoryOf(states));
    const exact = states.flatMap(({ decoder }) =>
      decoder.flatMap((v) => components.map((psi) => dot(v, psi) / (length(v) * length(psi)))),
    );
    expect(cosines).toHaveLength(2 * 4 * M);
    cosines.forEach((cosine, i) => {
      expect(cosine).toBeCloseTo(exact[i], 14);
    });
  });

  it("is ±1 on a component, and 0 for a decoder of length zero", () => {
    const decoder = [components[1], components[0].map((x) => -0.01 * x), new Array(D).fill(0)];
    const cosines = [...decoderAlignment(trajectoryOf([weightsWith(decoder)]))];
    const expected = [0, 1, 0, -1, 0, 0, 0, 0, 0];
    expect(cosines).toEqual(expected.map((value) => expect.closeTo(value, 14)));
    expect(cosines.slice(6)).toEqual([0, 0, 0]);
  });
});

describe("the encoder's alignment", () => {
  it("is the correlation of field and latent variable over samples, at every time", () => {
    const states = [weightsWith(random(3)), { ...weightsWith(random(3)), encoder: random(3) }];
    const exact = encoderAlignment(trajectoryOf(states), rho);
    const draw = normalSource(17);
    const samples = 40_000;
    states.forEach(({ encoder, bulk }, n) => {
      // an input of the data model: all directions have the bulk's noise, but for the components'
      const sums = encoder.map(() => ({ square: 0, products: rho.map(() => 0) }));
      for (let i = 0; i < samples; i++) {
        const noise = Array.from({ length: D }, () => Math.sqrt(bulk) * draw());
        const c = rho.map(() => draw());
        const along = components.map((psi, m) => Math.sqrt(rho[m]) * c[m] - dot(noise, psi) / D);
        const x = combine([1, ...along], [noise, ...components]);
        encoder.forEach((w, k) => {
          const field = dot(w, x) / Math.sqrt(D);
          sums[k].square += field * field;
          c.forEach((value, m) => {
            sums[k].products[m] += field * value;
          });
        });
      }
      sums.forEach(({ square, products }, k) => {
        products.forEach((product, m) => {
          const sampled = product / Math.sqrt(square * samples);
          // a sampled correlation scatters by at most 1/√samples; five of them
          const gap = Math.abs(exact[n * 3 * M + k * M + m] - sampled);
          expect(gap).toBeLessThan(5 / Math.sqrt(samples));
        });
      });
    });
    // 0.025 is little beside the correlations themselves
    expect(Math.max(...exact.map(Math.abs))).toBeGreaterThan(0.4);
  });

  it("is 0 for a field that is always zero, and ±1 for one of a single component", () => {
    const encoder = [new Array<number>(D).fill(0), components[2].map((x) => -3 * x)];
    const weights = { ...weightsWith(random(2)), encoder };
    const values = [...encoderAlignment(trajectoryOf([weights]), rho)];
    expect(values.slice(0, 3)).toEqual([0, 0, 0]);
    expect(values.slice(3)).toEqual([0, 0, -1].map((value) => expect.closeTo(value, 14)));
  });
});

describe("the overlap with the leading components", () => {
  it.each([1, 2, 3])("m = %i: is the share that the SVD of the decoders finds", (m) => {
    for (const K of [1, 2, 3, 5]) {
      const decoder = random(K);
      expect(overlapOf(decoder, m)).toBeCloseTo(sharesOf(decoder, m), 12);
    }
  });

  it("takes the largest eigenvalues, wherever they are listed", () => {
    expect(byEigenvalue(rho)).toEqual([1, 2, 0]);
    expect(overlapOf([components[1]], 1)).toBeCloseTo(1, 14);
    expect(overlapOf([components[0]], 1)).toBeCloseTo(0, 14);
    expect(overlapOf([components[0]], 3)).toBeCloseTo(1 / 3, 14);
    expect(overlapOf([components[1], components[2]], 2)).toBeCloseTo(1, 14);
  });

  it("is one for each time", () => {
    const states = [[components[1]], [components[2]], random(1)].map(weightsWith);
    const overlaps = subspaceOverlap(trajectoryOf(states), rho, 1);
    expect([...overlaps]).toEqual(
      [1, 0, sharesOf(states[2].decoder, 1)].map((x) => expect.closeTo(x, 13)),
    );
  });

  it("is that of fewer neurons where others say the same: T0 is singular", () => {
    const [a, b] = random(2);
    const redundant = [a, b, a.map((x) => -2 * x), combine([1, 3], [a, b]), a];
    for (const m of [1, 2, 3]) {
      // eigenvalues of T0 near the cut of 1e-12 would show as 1e-16/1e-12
      expect(overlapOf(redundant, m)).toBeCloseTo(sharesOf([a, b], m), 11);
    }
  });

  it("takes no notice of decoders of length zero", () => {
    const [a, b] = random(2);
    const zero = new Array<number>(D).fill(0);
    expect(overlapOf([zero, a, zero, b], 2)).toBeCloseTo(sharesOf([a, b], 2), 13);
    expect(overlapOf([zero, zero], 2)).toBe(0);
  });

  it("doesn't depend on the order and lengths of neurons, nor on which vectors span the space", () => {
    const decoder = random(3);
    const [a, b, c] = decoder;
    const others = [
      [c, a, b],
      [a.map((x) => 1e-7 * x), b.map((x) => -1e5 * x), c],
      [combine([1, 2, 0], decoder), combine([-1, 0.5, 3], decoder), combine([0, 1, 1], decoder)],
    ];
    for (const m of [1, 3]) {
      const overlap = overlapOf(decoder, m);
      // the spans of a few random vectors are well conditioned
      for (const other of others) expect(overlapOf(other, m)).toBeCloseTo(overlap, 11);
    }
  });

  it("stays between 0 and 1, and grows with another neuron", () => {
    const decoder = random(7);
    let before = 0;
    for (let K = 1; K <= 7; K++) {
      const overlap = overlapOf(decoder.slice(0, K), 3);
      expect(overlap).toBeGreaterThan(before);
      expect(overlap).toBeLessThan(1);
      before = overlap;
    }
  });
});

it("without amplitudes there is no alignment", () => {
  const { amplitudes: _, ...without } = trajectoryOf([weightsWith(random(2))]);
  const error = new RangeError("the trajectory has no amplitudes");
  expect(() => decoderAlignment(without)).toThrow(error);
  expect(() => encoderAlignment(without, rho)).toThrow(error);
  expect(() => subspaceOverlap(without, rho, 1)).toThrow(error);
});
