import { expect, it } from "vitest";
import { PAPER_FIGURES } from "../../../src/report/paper/registry.js";
import { madeOf } from "../../support/paper.js";

it.each(PAPER_FIGURES.map((figure) => [figure.name, figure] as const))(
  "%s in its full size shows what the paper claims",
  async (_, figure) => {
    const { claims } = figure.draw(await madeOf(figure, false));
    expect(claims.filter(({ holds }) => !holds)).toEqual([]);
  },
  300_000,
);
