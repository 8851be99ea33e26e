import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The source text of plotly.js, as it goes into pages. */
export function plotlySource(): string {
  return readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist-min"), "utf8");
}
