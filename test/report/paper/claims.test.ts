import { expect, it } from "vitest";
import { claimsTable, number, percent, valueClaim } from "../../../src/report/paper/claim.js";

it("a claim holds up to its tolerance and not beyond", () => {
  const claim = (value: number) => valueClaim("s", "where", value, -0.5, 0.25, { why: "w" }).holds;
  expect([-0.75, -0.25, -0.5].map(claim)).toEqual([true, true, true]);
  expect([-0.76, -0.24, Number.NaN].map(claim)).toEqual([false, false, false]);
});

it("the table says yes or no in its last column", () => {
  const holds = valueClaim("s", "section 1", 1, 1, 0.1, { why: "w" });
  const { header, rows } = claimsTable([holds, { ...holds, holds: false }]);
  expect(header.at(-1)).toBe("holds");
  expect(rows.map((row) => row.at(-1))).toEqual(["yes", "no"]);
  expect(rows[0][0]).toBe("s (section 1)");
});

it("numbers have true minus signs and powers of ten in print", () => {
  expect([-0.5, 1.63e-5, 1e5, 0, -2e-7].map((x) => number(x))).toEqual([
    "−0.5",
    "1.63·10⁻⁵",
    "10⁵",
    "0",
    "−2·10⁻⁷",
  ]);
  expect(percent(0.0123)).toBe("1.2 %");
});
