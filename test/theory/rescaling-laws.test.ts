import { describe, expect, it } from "vitest";
import { rescalingLaws } from "../../src/theory/rescaling-laws.js";
import { analysisFixtures } from "../support/analysis-fixtures.js";

/* Theory §6: one aligned sigmoidal neuron, on its component of variance ρ. */

const ROOT = Math.sqrt(2 / Math.PI);

/** The two terms of dα_w/dt and of dα_v/dt; they nearly cancel while the neuron rescales. */
function terms(rho: number, eta: number, w: number, v: number) {
  const q = rho * w * w;
  return {
    encoder: [
      eta * rho * v * ROOT * (1 + q) ** -1.5,
      -eta * rho * v * ROOT ** 2 * ((v * w) / ((1 + q) * Math.sqrt(1 + 2 * q))),
    ],
    decoder: [
      eta * ROOT * rho * w * (1 + q) ** -0.5,
      -eta * ROOT ** 2 * v * Math.asin(q / (1 + q)),
    ],
  };
}

describe.each([
  [1, 1],
  [0.3, 4],
  [2.5, 0.2],
])("as t → ∞, ρ = %d, η = %d", (rho, eta) => {
  const laws = rescalingLaws(rho, eta);
  const small = (t: number) => ((4 * eta * t) / Math.PI) ** (-1 / 3);
  /** the field's variance is what is small: t^(-1/3), a tenth a thousandfold later */
  const times = [1e4, 1e7, 1e10];

  it("the laws make both equations stationary to leading order", () => {
    for (const key of ["encoder", "decoder"] as const) {
      const rest = times.map((t) => {
        const [gain, loss] = terms(rho, eta, laws.encoder(t), laws.decoder(t))[key];
        return Math.abs(gain + loss) / gain;
      });
      times.forEach((t, i) => {
        expect(rest[i]).toBeLessThan(small(t));
        // of first order, so a tenth of the one before, but for terms of second order in small(1e4)
        if (i > 0) expect(Math.abs(rest[i - 1] / rest[i] / 10 - 1)).toBeLessThan(0.2);
      });
    }
  });

  it("along the valley where the encoder rests the decoder grows as the law says", () => {
    const rest = times.map((t) => {
      const w = laws.encoder(t);
      const q = rho * w * w;
      // dα_w/dt = 0 at this α_v
      const v = Math.sqrt(Math.PI / 2) * ((1 + q) ** -0.5 * Math.sqrt(1 + 2 * q) * (1 / w));
      const { encoder, decoder } = terms(rho, eta, w, v);
      // to rounding
      expect(Math.abs(encoder[0] + encoder[1])).toBeLessThan(1e-14 * encoder[0]);
      return (decoder[0] + decoder[1]) / (laws.decoder(t) / (6 * t)) - 1;
    });
    times.forEach((t, i) => {
      expect(Math.abs(rest[i])).toBeLessThan(5 * small(t));
      if (i > 0) expect(Math.abs(rest[i - 1] / rest[i] / 10 - 1)).toBeLessThan(0.2);
    });
  });

  it("the excess error is the valley's, ρ (1 − s/asin s) at s = q/(1 + q)", () => {
    const rest = times.map((t) => {
      const q = rho * laws.encoder(t) ** 2;
      const s = q / (1 + q);
      return (rho * (1 - s / Math.asin(s))) / laws.excess(t) - 1;
    });
    times.forEach((t, i) => {
      expect(Math.abs(rest[i])).toBeLessThan(3 * small(t));
    });
  });

  it("exponents are −1/6, 1/6 and −2/3, in t and in η alike", () => {
    const faster = rescalingLaws(rho, 64 * eta);
    for (const [name, factor] of [
      ["encoder", 1 / 2],
      ["decoder", 2],
      ["excess", 1 / 16],
    ] as const) {
      expect(laws[name](6400) / laws[name](100)).toBeCloseTo(factor, 13);
      expect(faster[name](100) / laws[name](6400)).toBeCloseTo(1, 13);
    }
  });
});

describe.each(
  [1, 0.4].map((rho) => [
    rho,
    analysisFixtures.rescaling.filter((fixture) => fixture[0] === rho),
  ]) as [number, typeof analysisFixtures.rescaling][],
)("scipy's integration from α_w = α_v = 1 at ρ = %d", (_, cases) => {
  const deviations = cases.map(([rho, eta, t, encoder, decoder, excess]) => {
    const laws = rescalingLaws(rho, eta);
    return {
      small: ((4 * eta * t) / Math.PI) ** (-1 / 3),
      encoder: Math.abs(encoder / laws.encoder(t) - 1),
      decoder: Math.abs(decoder / laws.decoder(t) - 1),
      excess: Math.abs(excess / laws.excess(t) - 1),
    };
  });

  it("is at the laws to the next order at t = 10⁴, 10⁶ and 10⁸", () => {
    expect(deviations).toHaveLength(3);
    for (const { small, encoder, decoder, excess } of deviations) {
      expect(encoder).toBeLessThan(small);
      // these two have no term of first order; their second is larger where ρ is small
      expect(decoder).toBeLessThan(4 * small ** 2);
      expect(excess).toBeLessThan(15 * small ** 2);
    }
    expect(deviations[2].encoder).toBeLessThan(1.1e-3);
    expect(deviations[2].excess).toBeLessThan(3e-5);
  });

  it("comes closer by these orders", () => {
    for (const i of [1, 2]) {
      const [before, now] = [deviations[i - 1], deviations[i]];
      const order = (name: "encoder" | "decoder" | "excess") =>
        Math.log(before[name] / now[name]) / Math.log(before.small / now.small);
      // exponents between two times; what comes after is a few per cent of the deviation at t = 10⁴
      expect(Math.abs(order("encoder") - 1)).toBeLessThan(0.12);
      expect(Math.abs(order("decoder") - 2)).toBeLessThan(0.12);
      expect(Math.abs(order("excess") - 2)).toBeLessThan(0.12);
    }
  });
});
