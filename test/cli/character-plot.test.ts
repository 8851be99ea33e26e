import { expect, it } from "vitest";
import { characterPlot } from "../../src/cli/character-plot.js";
import { shortNumber } from "../../src/report/short-number.js";

const x = Array.from({ length: 31 }, (_, i) => 10 ** (i / 10));

it("draws a power law as a straight line, with its levels behind it", () => {
  const plot = characterPlot({
    x,
    y: x.map((value) => 1 / value),
    levels: [
      { y: 0.1, rank: 3 },
      { y: 0.09, rank: 4 },
    ],
    columns: 24,
    rows: 6,
  });
  expect(plot).toEqual([
    "  0.668 ┤⠑⠢⢄⡀                    ",
    "        │   ⠈⠑⠒⠤⣀                ",
    "        │┄┄┄┄┄┄┄┄⠉⠒⠤⣀┄┄┄┄┄┄┄┄┄┄┄┄ rank 3–4",
    " 0.0172 ┤            ⠉⠒⠤⣀        ",
    "        │                ⠉⠒⠤⢄⡀   ",
    " 0.0015 ┤                    ⠈⠑⠢⢄",
    "        └┬───────┬──────┬───────┬",
    "         1      10     100    1000  t",
  ]);
});

it("leaves out what has no logarithm, and draws nothing for a single point", () => {
  const plot = { levels: [], columns: 10, rows: 3 };
  expect(characterPlot({ ...plot, x: [0, 1], y: [1, 1] })).toEqual([]);
  expect(characterPlot({ ...plot, x: [0, 1, 2], y: [1, 1, -1] })).toEqual([]);
  expect(characterPlot({ ...plot, x: [1, 2], y: [1, 1] }).length).toBe(5);
});

it.each([
  [0, "0"],
  [0.25, "0.25"],
  [123.456, "123"],
  [9999, "1e4"],
  [12345, "1.23e4"],
  [1e5, "1e5"],
  [-1.5e-7, "-1.5e-7"],
  [1e-10, "1e-10"],
])("writes %d as %s", (value, text) => {
  expect(shortNumber(value)).toBe(text);
});
