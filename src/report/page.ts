import type { Figure } from "./error-figure.js";

/** A table of texts. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a report shows, top to bottom. */
export interface Report {
  readonly title: string;
  /** paragraphs below the title */
  readonly texts: readonly (string | undefined)[];
  /** what went wrong, or a verdict, in bold words and others */
  readonly alert?: readonly [bold: string, text: string];
  readonly figure: Figure;
  readonly tables: readonly Table[];
  /** all that is needed to repeat the run */
  readonly record: object;
}

const STYLE = `
:root { color-scheme: light dark; --text: #1c2024; --soft: #5d656d; --page: #fff; --line: #d8dde2; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e9ec; --soft: #9aa4ae; --page: #14171a; --line: #343a40; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; } h2::first-letter { text-transform: uppercase; }
p { margin: 0 0 .5rem; } .soft { color: var(--soft); }
#figure { width: 100%; height: min(28rem, 75vh); margin: 1rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .25rem .75rem; border-bottom: 1px solid var(--line); }
td { white-space: nowrap; }
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
  const colours = dark.matches
    ? ["#6cb0f5", "#f0a35e", "#7fd1a0", "#e58fc0", "#c9c36a", "#a79af0"]
    : ["#1f62b4", "#c05a0e", "#1d7f4e", "#a83279", "#7a7210", "#5b46c0"];
  const data = figure.data.map(({ colour, ...trace }) => {
    const color = colours[colour % colours.length];
    return { ...trace, line: { ...trace.line, color }, marker: { ...trace.marker, color } };
  });
  const layout = { ...figure.layout, paper_bgcolor: "transparent", plot_bgcolor: "transparent",
    font: { color: css.getPropertyValue("--text") },
    xaxis: { ...figure.layout.xaxis, ...grid }, yaxis: { ...figure.layout.yaxis, ...grid } };
  Plotly.react("figure", data, layout, { responsive: true, displaylogo: false });
}
dark.addEventListener("change", draw);
draw();
`;

/**
 * A run's report: one HTML file with everything in it, that asks nothing of the network.
 * @param plotly the source text of plotly.js
 */
export function* reportPage(report: Report, plotly: string): Generator<string> {
  const { title, texts, alert, figure, tables, record } = report;
  yield `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
`;
  for (const text of texts) {
    if (text) yield `<p class="soft">${escapeHtml(text)}</p>\n`;
  }
  if (alert) yield `<p role="status"><b>${escapeHtml(alert[0])}</b>: ${escapeHtml(alert[1])}</p>\n`;
  yield '<div id="figure"></div>\n';
  for (const table of tables) yield tableHtml(table);
  yield `<details><summary>Scenario, statistics and provenance</summary><pre>${escapeHtml(JSON.stringify(record, null, 2))}</pre></details>
<script type="application/json" id="figure-data">${embed(figure)}</script>
<script>`;
  yield plotly;
  yield `</script>\n<script>${SCRIPT}</script>\n</html>\n`;
}

function tableHtml({ title, header, rows }: Table): string {
  if (rows.length === 0) return "";
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  return `<h2>${escapeHtml(title)}</h2>
<div class="scroll"><table>${row(header, "th")}${rows.map((cells) => row(cells, "td")).join("")}</table></div>
`;
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
