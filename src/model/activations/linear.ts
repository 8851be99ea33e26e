import { type Activation, PAIR } from "./activation.js";

/** g(x) = x: G1 = 1, I2 = q12, ∂I2/∂q12 = 1, every other partial zero (theory §4). */
export const linear: Activation = {
  name: "linear",
  odd: true,
  G1: () => 1,
  dG1: () => 0,

  pair(_q11, q12, _q22, out) {
    // no covariance is checked here: nothing in the formulas leaves its domain
    out[PAIR.I2] = q12;
    out[PAIR.dq11] = 0;
    out[PAIR.dq12] = 1;
    out[PAIR.dq22] = 0;
  },

  diagonal(q, out) {
    this.pair(q, q, q, out);
  },
};
