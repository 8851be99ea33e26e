import type { Solution } from "../integrate/solve.js";
import { findActivation } from "../model/activations/find.js";
import { ownModes } from "../model/own-modes.js";
import { spectrumOf } from "../model/spectrum.js";
import { alignedExcess } from "../theory/reduced-equations.js";
import { rescalingLaws } from "../theory/rescaling-laws.js";
import type { Table } from "./page/report.js";
import { shortNumber } from "./short-number.js";

const HEADER = ["neuron, ρ̃", "α_w", "of its law", "α_v", "of its law", "excess", "of its law"];

/**
 * What aligned sigmoidal neurons have reached at the last time, and its ratio to the laws of t → ∞
 * (theory §6). Nothing where the laws don't hold: other activations, weight decay, the full equations.
 * The bulk's σ² doesn't matter to neurons without a part in it.
 */
export function rescalingTables({ trajectory, scenario, stats }: Solution): Table[] {
  const { model, data, training } = scenario;
  const activation = findActivation(model.activation);
  const t = trajectory.t.at(-1) ?? 0;
  const follows = stats.reduced && activation?.name === "sigmoid" && training.weightDecay === 0;
  if (!follows || t === 0 || data.kind === "images") return [];
  const { rho } = spectrumOf(data);
  const rows = Array.from(ownModes({ scenario, activation }), (mode, k) => {
    const { w, v } = lastAmplitudes(trajectory, k, rho[mode]);
    const laws = rescalingLaws(rho[mode], training.learningRate);
    const excess = alignedExcess(activation, rho[mode], w, v);
    const cells = [
      [w, laws.encoder(t)],
      [v, laws.decoder(t)],
      [excess, laws.excess(t)],
    ].flatMap(([value, law]) => [shortNumber(value), (value / law).toFixed(5)]);
    return [`${k + 1}, ${shortNumber(rho[mode])}`, ...cells];
  });
  return [{ title: `align, then rescale: at t = ${shortNumber(t)}`, header: HEADER, rows }];
}

/** α_w > 0 and α_v, from Q^{kk} = rho α_w² and R^{kk} = rho α_v α_w. */
function lastAmplitudes({ t, hidden: K, Q, R }: Solution["trajectory"], k: number, rho: number) {
  const kk = ((t.length - 1) * K + k) * K + k;
  const w = Math.sqrt(Q[kk] / rho);
  return { w, v: R[kk] / (rho * w) };
}
