import pc from "picocolors";
import type { Table } from "../report/page/report.js";
import { characterPlot, type Plot } from "./character-plot.js";

/* Parts of one-screen summaries. */

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
}

/** Colours where standard output is a terminal that has them. */
export function terminalStyle(): Style {
  return pc.createColors(pc.isColorSupported && process.stdout.isTTY === true);
}

/** A learning curve in characters, with the PCA errors as levels. */
export function errorPlot(
  t: ArrayLike<number>,
  pmse: ArrayLike<number>,
  pca: readonly number[],
  marks?: Plot["marks"],
): string[] {
  const levels = pca.map((y, rank) => ({ y, rank }));
  const plot = characterPlot({ x: t, y: pmse, levels, marks, columns: 60, rows: 12 });
  return plot.length === 0 ? [] : ["   pmse", ...plot, ""];
}

/** A table with its title, or nothing where it has no rows. */
export function textTable({ title, header, rows }: Table, style: Style): string[] {
  if (rows.length === 0) return [];
  const widths = header.map((name, i) =>
    Math.max(11, 1 + name.length, ...rows.map((cells) => 1 + cells[i].length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padStart(widths[i]))
      .join("")
      .trimEnd();
  return [style.bold(title), style.dim(line(header)), ...rows.map(line), ""];
}
