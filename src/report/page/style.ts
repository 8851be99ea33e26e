import { THEMES } from "../draw/paint.js";

const variables = ({ text, grid, page, level }: (typeof THEMES)["light"]) =>
  `--text: ${text}; --line: ${grid}; --page: ${page}; --level: ${level};`;

/** The page's style sheet: light or dark by the system's theme, or by the page's own switch. */
export const STYLE = `
:root { color-scheme: light; ${variables(THEMES.light)} --soft: #5d656d; --good: #1d7f4e; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {
  color-scheme: dark; ${variables(THEMES.dark)} --soft: #9aa4ae; --good: #7fd1a0; --bad: #ff8a80; } }
:root[data-theme="dark"] {
  color-scheme: dark; ${variables(THEMES.dark)} --soft: #9aa4ae; --good: #7fd1a0; --bad: #ff8a80; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--page);
  max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; overflow-wrap: break-word; }
header { display: flex; gap: 1rem; align-items: flex-start; justify-content: space-between; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; min-width: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
h2::first-letter, h3::first-letter { text-transform: uppercase; }
p { margin: 0 0 .5rem; max-width: 48rem; } .soft { color: var(--soft); }
.panels { display: grid; gap: .5rem 1.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
.panel { margin: 0; min-width: 0; } .wide { grid-column: 1 / -1; }
.panel .plot { width: 100%; height: 20rem; } .wide .plot { height: min(28rem, 75vh); }
.panel figcaption { font-weight: 600; font-size: .95rem; } .panel p { font-size: .85rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .25rem .75rem; border-bottom: 1px solid var(--line); }
td { white-space: nowrap; }
.claims table { width: 100%; } .claims td { white-space: normal; vertical-align: top; }
.claims th, .claims td { text-align: left; } .claims th:first-child, .claims td:first-child { padding-left: 0; }
.holds { color: var(--good); } .fails { color: var(--bad); font-weight: 600; }
sup, sub { line-height: 0; } a { color: inherit; }
button { font: inherit; font-size: .9rem; color: inherit; background: none; cursor: pointer;
  border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .6rem; }
button:hover, button:focus-visible { border-color: var(--text); }
.downloads { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0; }
details { margin-top: 1.5rem; }
@media (max-width: 30rem) { th, td { padding: .25rem .3rem; font-size: .85rem; } .panel .plot { height: 17rem; } }
pre { font-size: .8rem; overflow: auto; max-height: 30rem; }
`;
