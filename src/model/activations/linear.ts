import { type Activation, ALONE, ONE, PAIR } from "./activation.js";

/** g(x) = x: G1 = 1, I2 = q12, ∂I2/∂q12 = 1, every other partial zero (theory §4). */
export const linear: Activation = {
  name: "linear",
  odd: true,

  one(q, out) {
    out[ONE.G1] = 1;
    out[ONE.dG1] = 0;
    out[ONE.I2] = q[0];
    out[ONE.dq11] = 0;
    out[ONE.dq12] = 1;
  },

  pair(q, out) {
    // no covariance is checked here: nothing in the formulas leaves its domain
    out[PAIR.I2] = q[1];
    out[PAIR.dq11] = 0;
    out[PAIR.dq12] = 1;
    out[PAIR.dq22] = 0;
  },

  pairSlope(_q, out) {
    out.fill(0);
  },

  beyondLinear: () => 0,

  pairBeyondLinear(_q, out) {
    out.fill(0);
  },

  alone(_q, out) {
    out[ALONE.ddG1] = 0;
    out[ALONE.dI2] = 1;
    out[ALONE.ddI2] = 0;
  },

  respond(fields, outputs, slopes) {
    outputs.set(fields);
    slopes.fill(1);
  },

  shifted: {
    mean: (_q, b) => b,
    slope: () => 1,
    correlation: (_q11, q12, _q22, b1, b2) => q12 + b1 * b2,
  },
};
