import { expect, it } from "vitest";
import { pcaErrors } from "../../src/model/pca.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { experimentWith } from "../support/scenarios.js";

const errors = (data: ScenarioInput["data"], K: number) =>
  pcaErrors(experimentWith({ data }).spectrum, K);
const close = (values: number[]) => values.map((value) => expect.closeTo(value, 14));

it("sorts spikes given in any order, and starts from the trace", () => {
  const data: ScenarioInput["data"] = { kind: "spiked", spikes: [0.2, 1, 0.5], bulk: 0.3 };
  expect(errors(data, 3)).toEqual(close([2, 1, 0.5, 0.3]));
});

it("stays at σ² beyond M as D → ∞", () => {
  expect(errors({ kind: "spiked", spikes: [1], bulk: 0.3 }, 3)).toEqual(
    close([1.3, 0.3, 0.3, 0.3]),
  );
});

it("takes bulk directions away one by one at finite D", () => {
  const data: ScenarioInput["data"] = { kind: "spiked", spikes: [1], bulk: 0.3, dimension: 4 };
  expect(errors(data, 5)).toEqual(close([1.225, 0.225, 0.15, 0.075, 0, 0]));
});

it("counts a spike that is smaller than the bulk in its place", () => {
  const data: ScenarioInput["data"] = { kind: "spiked", spikes: [0.01], bulk: 0.4, dimension: 3 };
  const rho = 0.4 / 3;
  expect(errors(data, 3)).toEqual(close([2 * rho + 0.01, rho + 0.01, 0.01, 0]));
});

it("divides a spectrum's eigenvalues by D", () => {
  expect(errors({ kind: "spectrum", eigenvalues: [1, 3, 2] }, 2)).toEqual(close([2, 1, 1 / 3]));
  const law = { kind: "power" as const, dimension: 3, exponent: 1, trace: 11 };
  expect(errors({ kind: "spectrum", law }, 2)).toEqual(close([11, 5, 2]));
});
