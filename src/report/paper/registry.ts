import { figure1b } from "./figure-1b.js";
import { figure2 } from "./figure-2.js";
import { figure3 } from "./figure-3.js";
import { figure5 } from "./figure-5.js";
import type { PaperFigure } from "./paper-figure.js";

/** The paper's figures, in its order. */
export const PAPER_FIGURES: readonly PaperFigure[] = [figure1b, figure2, figure3, figure5];
