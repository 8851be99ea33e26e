import { paint, THEMES } from "../draw/paint.js";

/**
 * What a page does: draws its figures in the colours of the theme, again whenever that changes, and
 * saves its tables. `paint` goes into the page as source text.
 */
export const SCRIPT = `
const paint = ${paint};
const themes = ${JSON.stringify(THEMES)};
const figures = JSON.parse(document.getElementById("figure-data").textContent);
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const touch = matchMedia("(pointer: coarse)").matches;
function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
function draw() {
  const theme = themes[isDark() ? "dark" : "light"];
  figures.forEach((figure, i) => {
    const { data, layout } = paint(figure, theme);
    const settings = { responsive: true, displaylogo: false, modeBarButtonsToRemove: ["select2d", "lasso2d"] };
    Plotly.react("figure-" + i, data, { ...layout, dragmode: touch ? false : "zoom" }, settings);
  });
}
dark.addEventListener("change", draw);
document.getElementById("theme").addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  draw();
});
draw();
function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
function columnsOf(csv) {
  const [header, ...lines] = csv.trimEnd().split("\\n").map((line) => line.split(","));
  const value = (text) => text === "" ? null : Number.isNaN(Number(text)) ? text : Number(text);
  return Object.fromEntries(header.map((name, j) => [name, lines.map((line) => value(line[j]))]));
}
for (const button of document.querySelectorAll("button[data-source]")) {
  const { source, name, kind } = button.dataset;
  button.addEventListener("click", () => {
    const text = document.getElementById(source).textContent;
    if (kind === "csv") save(name, "text/csv", text);
    else save(name, "application/json", kind === "columns" ? JSON.stringify(columnsOf(text)) : JSON.stringify(JSON.parse(text), null, 2) + "\\n");
  });
}
`;
