import type { Solution } from "../integrate/solve.js";
import { errorFigure } from "./error-figure.js";
import { PLATEAU_HEADER, plateauRows } from "./plateau-rows.js";
import { type Provenance, runHeader } from "./run-record.js";

const STYLE = `
:root { color-scheme: light dark; --text: #1c2024; --soft: #5d656d; --page: #fff; --line: #d8dde2; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ec; --soft: #9aa4ae; --page: #14171a; --line: #343a40; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
p { margin: 0 0 .5rem; } .soft { color: var(--soft); }
#figure { width: 100%; height: min(28rem, 75vh); margin: 1rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .25rem .75rem; border-bottom: 1px solid var(--line); }
details { margin-top: 1.5rem; }
@media (max-width: 30rem) { th, td { padding: .25rem .3rem; font-size: .85rem; } }
pre { font-size: .8rem; overflow: auto; max-height: 30rem; }
`;

// Colours follow the system's theme, also when it changes while the page is open.
const SCRIPT = `
const figure = JSON.parse(document.getElementById("figure-data").textContent);
const dark = matchMedia("(prefers-color-scheme: dark)");
function draw() {
  const css = getComputedStyle(document.documentElement);
  const grid = { gridcolor: css.getPropertyValue("--line"), zeroline: false };
  const layout = { ...figure.layout, paper_bgcolor: "transparent", plot_bgcolor: "transparent",
    font: { color: css.getPropertyValue("--text") }, colorway: [dark.matches ? "#6cb0f5" : "#1f62b4"],
    xaxis: { ...figure.layout.xaxis, ...grid }, yaxis: { ...figure.layout.yaxis, ...grid } };
  Plotly.react("figure", figure.data, layout, { responsive: true, displaylogo: false });
}
dark.addEventListener("change", draw);
draw();
`;

/**
 * A run's report: one HTML file with everything in it, that asks nothing of the network.
 * @param plotly the source text of plotly.js
 */
export function* reportPage(
  solution: Solution,
  provenance: Provenance,
  plotly: string,
): Generator<string> {
  const { scenario, status, message } = solution;
  const record = JSON.stringify(runHeader(solution, provenance), null, 2);
  yield `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(scenario.title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(scenario.title)}</h1>
`;
  for (const text of [scenario.description, scenario.citation]) {
    if (text) yield `<p class="soft">${escapeHtml(text)}</p>\n`;
  }
  if (status !== "ok") yield `<p role="alert"><b>${status}</b>: ${escapeHtml(message ?? "")}</p>\n`;
  yield `<div id="figure"></div>\n${plateauTable(solution)}
<details><summary>Scenario, statistics and provenance</summary><pre>${escapeHtml(record)}</pre></details>
<script type="application/json" id="figure-data">${embed(errorFigure(solution))}</script>
<script>`;
  yield plotly;
  yield `</script>\n<script>${SCRIPT}</script>\n</html>\n`;
}

function plateauTable(solution: Solution): string {
  const rows = plateauRows(solution);
  if (rows.length === 0) return "";
  const row = (cells: string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  return `<h2>Plateaus</h2>
<div class="scroll"><table>${row(PLATEAU_HEADER, "th")}${rows.map((cells) => row(cells, "td")).join("")}</table></div>`;
}

function escapeHtml(text: string): string {
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
