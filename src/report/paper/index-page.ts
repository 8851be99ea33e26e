import { escapeHtml, pageHead } from "../page/page.js";
import type { Claim } from "./claim.js";
import type { PaperFigure } from "./paper-figure.js";

/** A figure that has been made. */
export interface Made {
  readonly figure: Pick<PaperFigure, "name" | "title" | "caption">;
  readonly claims: readonly Claim[];
  /** its files, the page first */
  readonly files: readonly string[];
}

/** The page that leads to all figures and says how many of their claims hold. */
export function* indexPage(made: readonly Made[], note: string | undefined): Generator<string> {
  yield pageHead("Figures");
  yield "<h1>The dynamics of representation learning in shallow, non-linear autoencoders</h1>\n";
  yield '<p class="soft">Figures of Refinetti &amp; Goldt, ICML 2022, arXiv:2201.02115, made anew: theory as lines, simulation as points, and whether the paper\'s claims hold.</p>\n';
  if (note) yield `<p class="soft">${escapeHtml(note)}</p>\n`;
  for (const { figure, claims, files } of made) {
    const holding = claims.filter(({ holds }) => holds).length;
    const verdict = `<span class="${holding === claims.length ? "holds" : "fails"}">${holding} of ${claims.length} claims hold</span>`;
    const links = files.map((file) => `<a href="${escapeHtml(file)}">${escapeHtml(file)}</a>`);
    yield `<h2>${escapeHtml(figure.title)}</h2>\n<p>${escapeHtml(figure.caption)}</p>\n`;
    yield `<p>${verdict} · ${links.join(" · ")}</p>\n`;
  }
  yield "</html>\n";
}
