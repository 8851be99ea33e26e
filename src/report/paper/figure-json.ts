import type { Drawing, PaperFigure } from "./paper-figure.js";

const WIDTH = 100;

/** A figure's data as JSON that reads well in a diff: lists of numbers stand in filled lines. */
export function figureJson({ name, title, caption }: PaperFigure, drawing: Drawing): string {
  const { panels, claims } = drawing;
  return `${write({ name, title, caption, claims, panels }, "")}\n`;
}

function write(value: unknown, indent: string): string {
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object" || item === null)) {
      return filled(
        value.map((item) => JSON.stringify(item)),
        deeper,
        indent,
      );
    }
    const items = value.map((item) => deeper + write(item, deeper));
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return "{}";
    const lines = entries.map(
      ([key, item]) => `${deeper}${JSON.stringify(key)}: ${write(item, deeper)}`,
    );
    const short = `{ ${lines.map((line) => line.trim()).join(", ")} }`;
    if (short.length + indent.length <= WIDTH && !short.includes("\n")) return short;
    return `{\n${lines.join(",\n")}\n${indent}}`;
  }
  return JSON.stringify(value);
}

function filled(items: readonly string[], deeper: string, indent: string): string {
  const whole = `[${items.join(", ")}]`;
  if (whole.length + indent.length <= WIDTH) return whole;
  const lines: string[] = [];
  let line = deeper;
  items.forEach((item, i) => {
    const text = i < items.length - 1 ? `${item},` : item;
    if (line.length + text.length > WIDTH) {
      lines.push(line.trimEnd());
      line = deeper;
    }
    line += `${text} `;
  });
  return `[\n${[...lines, line.trimEnd()].join("\n")}\n${indent}]`;
}
