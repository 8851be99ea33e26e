import type { Section } from "../../../src/report/page/report.js";
import type { CommandTime, ScenarioCost } from "../shipped.js";

/** Tables of what the shipped scenarios and the command cost. */
export function shippedSection(
  costs: readonly ScenarioCost[],
  commands: readonly CommandTime[],
): Section {
  return {
    title: "Shipped scenarios",
    note: "As they are shipped, with their own tolerances, times and methods. Times are medians of warm solves.",
    tables: [
      {
        title: "solves",
        header: [
          "scenario",
          "variables",
          "µs a right-hand side",
          "method",
          "steps",
          "evaluations",
          "ms a solve",
        ],
        rows: costs.map((cost) => [
          cost.name,
          String(cost.variables),
          cost.microseconds.toFixed(2),
          cost.method,
          String(cost.steps),
          String(cost.evaluations),
          cost.milliseconds.toFixed(0),
        ]),
      },
      {
        title: "whole processes",
        header: ["whole process", "ms", "times bare node"],
        rows: commands.map(({ command, milliseconds }) => [
          command,
          milliseconds.toFixed(0),
          (milliseconds / commands[0].milliseconds).toFixed(1),
        ]),
      },
    ],
  };
}
