import { ScenarioError } from "../scenario/problem.js";
import type { Scenario } from "../scenario/schema.js";
import { ONE } from "./activations/activation.js";
import { findActivation } from "./activations/find.js";
import { Random } from "./random.js";
import type { Spectrum } from "./spectrum.js";

/** The macroscopic state that theory and every simulated run start from (theory §2). */
export interface InitialState {
  readonly kind: "explicit";
  /** ω [K][M] */
  readonly encoder: number[][];
  /** ν [K][M] */
  readonly decoder: number[][];
  /** Q_bulk = σ² w_⊥·w_⊥/D [K][K]; this and the next two are absent for a full spectrum */
  readonly encoderBulk?: number[][];
  /** T_bulk = v_⊥·v_⊥/D [K][K] */
  readonly decoderBulk?: number[][];
  /** w_⊥·v_⊥/D [K][K] */
  readonly crossBulk?: number[][];
  /** [K] */
  readonly bias: number[];
}

/** The state that a scenario's `initial` stands for; random ones are drawn from their seed. */
export function initialStateOf(scenario: Scenario, spectrum: Spectrum): InitialState {
  const { initial } = scenario;
  const K = scenario.model.hidden;
  const bias = biasOf(initial, K);
  switch (initial.kind) {
    case "random":
      return { ...drawState(new Random(initial.seed), initial.std, K, spectrum), bias };
    case "informed":
      return { ...alignedState(K, spectrum, () => [1, 1]), bias };
    case "perfect": {
      const encoder = initial.encoder;
      const decoder = optimalDecoder(scenario, spectrum, encoder);
      return { ...alignedState(K, spectrum, (k) => [encoder, decoder(k)]), bias };
    }
    case "explicit":
      return {
        kind: "explicit",
        encoder: initial.encoder,
        decoder: initial.decoder ?? [],
        ...(spectrum.bulk && {
          encoderBulk: initial.encoderBulk ?? zeros(K, K),
          decoderBulk: initial.decoderBulk ?? zeros(K, K),
          crossBulk: initial.crossBulk ?? zeros(K, K),
        }),
        bias,
      };
  }
}

/**
 * Weights i.i.d. N(0, std²): ω ~ N(0, std²), ν ~ N(0, std²/D), and for a bulk the Gram matrices of
 * its 2K vectors. As D → ∞ ν vanishes and the Gram matrices are multiples of the identity. The ω are
 * drawn first, so that every D starts from the same ones.
 */
function drawState(random: Random, std: number, K: number, spectrum: Spectrum) {
  const M = spectrum.rho.length;
  const { dimension, bulk } = spectrum;
  const draw = (scale: number) => table(K, M, () => scale * random.normal());
  const encoder = draw(std);
  const isLimit = !Number.isFinite(dimension);
  const decoder = isLimit ? zeros(K, M) : draw(std / Math.sqrt(dimension));
  if (!bulk) return { kind: "explicit" as const, encoder, decoder };
  const gram = isLimit ? identityGram : wishartGram(random, K, bulk.multiplicity, dimension);
  const { variance } = bulk;
  const block = (row: number, column: number, scale: number) =>
    table(K, K, (k, l) => (scale === 0 ? 0 : scale * gram(row + k, column + l)));
  return {
    kind: "explicit" as const,
    encoder,
    decoder,
    encoderBulk: block(0, 0, variance * std ** 2),
    decoderBulk: block(K, K, std ** 2),
    crossBulk: variance === 0 ? zeros(K, K) : block(0, K, std ** 2),
  };
}

function identityGram(i: number, j: number): number {
  return i === j ? 1 : 0;
}

/** G Gᵀ/D for a 2K×n matrix G of standard normals, from its triangular factor (Bartlett 1933). */
function wishartGram(random: Random, K: number, n: number, D: number) {
  const rows: Float64Array[] = [];
  for (let i = 0; i < 2 * K; i++) {
    const row = new Float64Array(2 * K);
    for (let j = 0; j < Math.min(i, n); j++) row[j] = random.normal();
    if (i < n) row[i] = random.chi(n - i);
    rows.push(row);
  }
  return (i: number, j: number) =>
    rows[i].reduce((sum, g, place) => sum + g * rows[j][place], 0) / D;
}

/** Neuron k on mode k with the amplitudes given, everything else zero. */
function alignedState(K: number, spectrum: Spectrum, amplitudes: (k: number) => [number, number]) {
  const M = spectrum.rho.length;
  const zero = () => zeros(K, K);
  return {
    kind: "explicit" as const,
    encoder: table(K, M, (k, m) => (k === m ? amplitudes(k)[0] : 0)),
    decoder: table(K, M, (k, m) => (k === m ? amplitudes(k)[1] : 0)),
    ...(spectrum.bulk && { encoderBulk: zero(), decoderBulk: zero(), crossBulk: zero() }),
  };
}

/** α_v* = rho α_w G1(q)/I2(q, q, q), q = rho α_w², the minimum of pmse over α_v (theory §6). */
function optimalDecoder({ model }: Scenario, spectrum: Spectrum, encoder: number) {
  const activation = findActivation(model.activation);
  const one = new Float64Array(ONE.size);
  return (k: number) => {
    const rho = spectrum.rho[k];
    const q = rho * encoder ** 2;
    if (activation === undefined || q === 0) {
      const message = `gives mode ${k + 1} of eigenvalue ${rho} no field; the decoder's optimum diverges`;
      throw new ScenarioError([{ path: "initial.encoder", message }]);
    }
    activation.one(Float64Array.of(q), one);
    return (rho * encoder * one[ONE.G1]) / one[ONE.I2];
  };
}

function biasOf(initial: Scenario["initial"], K: number): number[] {
  const given = ("bias" in initial ? initial.bias : undefined) ?? initial.bias0 ?? 0;
  return typeof given === "number" ? new Array<number>(K).fill(given) : given;
}

function zeros(rows: number, columns: number): number[][] {
  return table(rows, columns, () => 0);
}

function table(rows: number, columns: number, entry: (i: number, j: number) => number): number[][] {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => entry(i, j)),
  );
}
