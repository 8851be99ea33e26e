import { type Problem, ScenarioError } from "../scenario/problem.js";
import type { InitialState } from "./initial-state.js";
import type { Experiment } from "./resolve.js";

const NEEDS = "--reduced needs every neuron on a mode of its own";
const INSTEAD = 'use "informed" or "perfect"';

/**
 * The mode that each neuron is aligned with, [K], where the reduced equations hold (theory §6): an odd
 * activation, every neuron on one mode of its own, nothing in the bulk.
 * @throws ScenarioError that names what stands against it
 */
export function ownModes({
  scenario,
  activation,
}: Pick<Experiment, "scenario" | "activation">): Int32Array {
  if (!activation.odd) {
    const message = `"${activation.name}" is not odd, and its neurons don't decouple: --reduced needs "sigmoid" or "linear"`;
    fail({ path: "model.activation", message });
  }
  const { initial } = scenario;
  const own = Int32Array.from(initial.encoder, (_, k) => ownMode(initial, k));
  own.forEach((mode, k) => {
    const other = own.indexOf(mode);
    if (other === k) return;
    const message = `neurons ${other + 1} and ${k + 1} are both on mode ${mode + 1}: ${NEEDS}; ${INSTEAD}`;
    fail({ path: "initial.encoder", message });
  });
  checkNoBulk(initial);
  return own;
}

/** The one mode that a neuron's encoder and decoder lie on. */
function ownMode({ encoder, decoder }: InitialState, k: number): number {
  const size = (m: number) => Math.max(Math.abs(encoder[k][m]), Math.abs(decoder[k][m]));
  let mode = 0;
  for (let m = 1; m < encoder[k].length; m++) if (size(m) > size(mode)) mode = m;
  if (!(size(mode) > 0)) {
    const message = `neuron ${k + 1} is zero on every mode: ${NEEDS}; ${INSTEAD}`;
    fail({ path: "initial.encoder", message });
  }
  for (const [key, symbol, row] of [
    ["encoder", "ω", encoder[k]],
    ["decoder", "ν", decoder[k]],
  ] as const) {
    const m = row.findIndex((value, place) => value !== 0 && place !== mode);
    if (m < 0) continue;
    const found = `neuron ${k + 1} has ${symbol} = ${row[m]} on mode ${m + 1}`;
    const besides = `besides mode ${mode + 1}`;
    fail({ path: `initial.${key}`, message: `${found} ${besides}: ${NEEDS}; ${INSTEAD}` });
  }
  return mode;
}

function checkNoBulk({ encoderBulk, decoderBulk, crossBulk }: InitialState): void {
  for (const [key, matrix] of Object.entries({ encoderBulk, decoderBulk, crossBulk })) {
    const k = matrix?.findIndex((row) => row.some((value) => value !== 0)) ?? -1;
    if (!matrix || k < 0) continue;
    const l = matrix[k].findIndex((value) => value !== 0);
    const message = `has ${matrix[k][l]} at [${k}][${l}]: --reduced needs weights without a bulk part; ${INSTEAD}`;
    fail({ path: `initial.${key}`, message });
  }
}

function fail(problem: Problem): never {
  throw new ScenarioError([problem]);
}
