import { type Panel, typeset } from "../draw/figure.js";
import type { Report, Section, Table } from "./report.js";
import { SCRIPT } from "./script.js";
import { STYLE } from "./style.js";

/**
 * A report as one HTML file with everything in it, that asks nothing of the network.
 * @param plotly the source text of plotly.js
 */
export function* reportPage(report: Report, plotly: string): Generator<string> {
  const { title, texts, alert, sections, record } = report;
  yield pageHead(title);
  yield `<header><h1>${escapeHtml(title)}</h1><button id="theme" type="button" title="light or dark">◐<span hidden>theme</span></button></header>\n`;
  for (const text of texts) {
    if (text) yield `<p class="soft">${escapeHtml(text)}</p>\n`;
  }
  if (alert) yield `<p role="status"><b>${escapeHtml(alert[0])}</b>: ${escapeHtml(alert[1])}</p>\n`;
  let count = 0;
  for (const section of sections) {
    yield sectionHtml(section, count);
    count += section.panels?.length ?? 0;
  }
  yield* downloadsHtml(report);
  yield `<details><summary>Scenario, statistics and provenance</summary><pre>${escapeHtml(JSON.stringify(record, null, 2))}</pre></details>\n`;
  const figures = sections.flatMap(({ panels = [] }) => panels.map(({ figure }) => figure));
  yield `<script type="application/json" id="figure-data">${embed(figures)}</script>\n<script>`;
  yield plotly;
  yield `</script>\n<script>${SCRIPT}</script>\n</html>\n`;
}

/** Up to the style sheet; the rest of a page follows. */
export function pageHead(title: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
`;
}

function sectionHtml({ title, note, panels = [], tables = [] }: Section, first: number): string {
  if (panels.length + tables.length === 0 && !note) return "";
  const heading = title ? `<h2>${escapeHtml(title)}</h2>\n` : "";
  const words = note ? `<p class="soft">${escapeHtml(note)}</p>\n` : "";
  const grid = `<div class="panels">\n${panels.map((panel, i) => panelHtml(panel, first + i)).join("")}</div>\n`;
  return heading + words + (panels.length > 0 ? grid : "") + tables.map(tableHtml).join("");
}

function panelHtml({ title, note, wide }: Panel, number: number): string {
  const caption = title ? `<figcaption>${escapeHtml(title)}</figcaption>` : "";
  const words = note ? `<p class="soft">${escapeHtml(note)}</p>` : "";
  return `<figure class="panel${wide ? " wide" : ""}">${caption}<div class="plot" id="figure-${number}" role="img" aria-label="${escapeHtml(title)}"></div>${words}</figure>\n`;
}

/** A claims table has words in its cells, and whether each holds in colour. */
function tableHtml({ title, header, rows }: Table): string {
  if (rows.length === 0) return "";
  const claims = header.at(-1) === "holds";
  const cell = (text: string, tag: string, last: boolean) => {
    const mark =
      claims && last && tag === "td" ? ` class="${text === "yes" ? "holds" : "fails"}"` : "";
    return `<${tag}${mark}>${claims ? formulas(escapeHtml(text)) : escapeHtml(typeset(text))}</${tag}>`;
  };
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((text, i) => cell(text, tag, i === cells.length - 1)).join("")}</tr>`;
  return `<h3>${escapeHtml(title)}</h3>
<div class="scroll${claims ? " claims" : ""}"><table>${row(header, "th")}${rows.map((cells) => row(cells, "td")).join("")}</table></div>
`;
}

/** The numbers themselves, and a button for each form in which they can be saved. */
function* downloadsHtml({ data, scenarios, record }: Report): Generator<string> {
  const button = (source: string, kind: string, name: string) =>
    `<button type="button" data-source="${source}" data-kind="${kind}" data-name="${escapeHtml(name)}">${escapeHtml(name)}</button>`;
  yield '<h2>Data</h2>\n<div class="downloads">';
  for (const { name } of scenarios) yield button(`scenario-${name}`, "json", `${name}.json`);
  yield button("record", "json", "run.json");
  for (const { name } of data) {
    yield button(`table-${name}`, "csv", `${name}.csv`);
    yield button(`table-${name}`, "columns", `${name}.json`);
  }
  yield "</div>\n";
  for (const { note } of data) if (note) yield `<p class="soft">${escapeHtml(note)}</p>\n`;
  for (const { name, scenario } of scenarios) {
    yield `<script type="application/json" id="scenario-${escapeHtml(name)}">${embed(scenario)}</script>\n`;
  }
  yield `<script type="application/json" id="record">${embed(record)}</script>\n`;
  for (const { name, csv } of data) {
    yield `<script type="text/csv" id="table-${name}">`;
    yield* csv();
    yield "</script>\n";
  }
}

/** t^(−2/3), D^1.02 and α_w as they are printed. */
function formulas(html: string): string {
  return html
    .replace(/\^\(([^()]*)\)/g, "<sup>$1</sup>")
    .replace(/\^(−?[\d.]*\d)/g, "<sup>$1</sup>")
    .replace(/(?<=\p{L})_(\p{L}+)/gu, "<sub>$1</sub>");
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}

/** JSON that can stand in a script element whatever its strings say. */
function embed(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}
