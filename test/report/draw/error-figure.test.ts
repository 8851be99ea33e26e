import { expect, it } from "vitest";
import { errorFigure } from "../../../src/report/draw/error-figure.js";
import { solveWith } from "../../support/scenarios.js";

interface Drawn {
  layout: { annotations: { text: string; y: number }[]; shapes: { type: string }[] };
  data: { x: number[] }[];
}

it("has a line per PCA error that a logarithm can show", () => {
  const { trajectory, pca } = solveWith({
    data: { kind: "spiked", spikes: [1, 0.4], bulk: 0 },
    time: { at: [0, 1, 10] },
  });
  const { t, pmse } = trajectory;
  const curves = [{ name: "theory", t, pmse, colour: 0 }];
  const { layout, data } = errorFigure(curves, pca) as unknown as Drawn;
  expect(layout.annotations.map(({ text }) => text)).toEqual(["rank 0", "rank 1"]);
  expect(layout.annotations[1].y).toBeCloseTo(Math.log10(0.4), 5);
  expect(data[0].x).toEqual([1, 10]);
});

it("names ranks together whose labels would lie on each other", () => {
  const curves = [{ name: "theory", t: [1, 2], pmse: [1, 0.01], colour: 0 }];
  const { layout } = errorFigure(curves, [1, 0.98, 0.96, 0.1]) as unknown as Drawn;
  expect(layout.annotations.map(({ text }) => text)).toEqual(["rank 0–2", "rank 3"]);
});

it("draws a single time as a point", () => {
  const curves = [{ name: "theory", t: [0, 5], pmse: [1, 0.5], colour: 0 }];
  const { data } = errorFigure(curves, [1]) as unknown as { data: { mode: string }[] };
  expect(data[0].mode).toBe("markers");
});

it("shades plateaus below the curves", () => {
  const curves = [{ name: "theory", t: [1, 2], pmse: [1, 1], colour: 0 }];
  const plateau = { from: 1, to: 2, pmse: 1, rank: 0, pcaError: 1, difference: 0 };
  const { layout } = errorFigure(curves, [1], [plateau]) as unknown as Drawn;
  expect(layout.shapes.map(({ type }) => type)).toEqual(["rect", "line"]);
});
