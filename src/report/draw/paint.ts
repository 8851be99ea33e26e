import type { Figure } from "./figure.js";

/** Colours of a page or file. */
export interface Theme {
  readonly text: string;
  readonly grid: string;
  readonly level: string;
  readonly shade: string;
  /** around points, so that they stay apart where they overlap */
  readonly page: string;
  readonly palette: readonly string[];
}

export const THEMES: Readonly<Record<"light" | "dark", Theme>> = {
  light: {
    text: "#1c2024",
    grid: "#d8dde2",
    level: "#868e96",
    shade: "rgba(120,130,140,0.14)",
    page: "#ffffff",
    palette: [
      "#1f62b4",
      "#c05a0e",
      "#1d7f4e",
      "#a83279",
      "#7a7210",
      "#5b46c0",
      "#0b7a86",
      "#b3312f",
      "#5f6b76",
    ],
  },
  dark: {
    text: "#e6e9ec",
    grid: "#343a40",
    level: "#8a939c",
    shade: "rgba(170,180,190,0.13)",
    page: "#14171a",
    palette: [
      "#6cb0f5",
      "#f0a35e",
      "#7fd1a0",
      "#e58fc0",
      "#c9c36a",
      "#a79af0",
      "#5cc6d0",
      "#ff8f8a",
      "#aab4be",
    ],
  },
};

type Part = Record<string, unknown>;

/**
 * A figure in the colours of a theme. It uses nothing from outside itself: pages carry its source text
 * and call it whenever their theme changes.
 */
export function paint(figure: Figure, theme: Theme): { data: object[]; layout: object } {
  const part = (value: unknown) => value as Part | undefined;
  const data = figure.data.map((given) => {
    const { colour, ...trace } = given as Part;
    const bar = part(trace.colorbar);
    if (bar) return { ...trace, colorbar: { ...bar, outlinecolor: theme.grid } };
    if (typeof colour !== "number") return trace;
    const color = theme.palette[colour % theme.palette.length];
    const error = part(trace.error_y);
    return {
      ...trace,
      line: { ...part(trace.line), color },
      marker: { line: { width: 1, color: theme.page }, ...part(trace.marker), color },
      ...(error && { error_y: { ...error, color } }),
    };
  });
  const given = figure.layout as Part;
  const layout: Part = {
    ...given,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { ...part(given.font), color: theme.text },
  };
  for (const key of Object.keys(given)) {
    if (!/^[xy]axis\d*$/.test(key)) continue;
    const axis = part(given[key]) as Part;
    const lines = { gridcolor: theme.grid, tickcolor: theme.level, linecolor: theme.level };
    const minor = part(axis.minor);
    layout[key] = {
      zeroline: false,
      ...axis,
      ...lines,
      ...(minor && { minor: { ...minor, tickcolor: theme.level } }),
    };
  }
  layout.shapes = ((given.shapes ?? []) as Part[]).map(({ colour, ...shape }) =>
    colour === "shade"
      ? { ...shape, fillcolor: theme.shade, line: { width: 0 } }
      : { ...shape, line: { ...part(shape.line), color: theme.level } },
  );
  return { data, layout };
}
