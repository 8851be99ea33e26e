import type { Comparison } from "../../analyse/comparison.js";
import { mainTheory } from "../comparison-record.js";
import { meansTable, trajectoryTable } from "../data-tables.js";
import type { DataTable, Report } from "../page/report.js";
import { meanCourses } from "../simulation-report.js";
import { claimsTable } from "./claim.js";
import type { Drawing, PaperFigure, Results } from "./paper-figure.js";

const CITATION =
  "After M. Refinetti & S. Goldt, The dynamics of representation learning in shallow, non-linear autoencoders, ICML 2022, arXiv:2201.02115.";

/** The page of one figure: its pictures, the claims below them, and the numbers to check both. */
export function figureReport(
  figure: PaperFigure,
  drawing: Drawing,
  results: Results,
  provenance: object,
): Report {
  const letters = drawing.panels.map((panel, i) => ({
    ...panel,
    title: `(${String.fromCharCode(97 + i)}) ${panel.title}`,
  }));
  const scenarios = scenariosOf(figure, results);
  return {
    title: figure.title,
    texts: [figure.caption, CITATION],
    sections: [{ panels: letters, tables: [claimsTable(drawing.claims)] }],
    data: dataOf(results),
    scenarios,
    record: {
      figure: figure.name,
      claims: drawing.claims,
      scenarios: Object.fromEntries(scenarios.map(({ name, scenario }) => [name, scenario])),
      provenance,
    },
  };
}

function scenariosOf({ sources }: PaperFigure, { theory, comparison }: Results) {
  return sources.map(({ scenario: name }) => ({
    name,
    scenario: comparison[name]?.simulation.scenario ?? theory[name].scenario,
  }));
}

function dataOf({ theory, comparison, spectra }: Results): DataTable[] {
  return [
    ...Object.entries(comparison).flatMap(([name, of]) => comparisonTables(name, of)),
    ...Object.entries(theory)
      .filter(([name]) => !spectra[name])
      .map(([name, { trajectory }]) => trajectoryTable(`${name}-theory`, trajectory)),
    ...Object.entries(spectra).map(([name, samples]) => ({
      name: `${name}-eigenvalues`,
      *csv() {
        yield "dimension,seed,samples,rank,eigenvalue\n";
        for (const { dimension, seed, samples: N, eigenvalues } of samples) {
          for (const [i, value] of eigenvalues.entries()) {
            yield `${dimension},${seed},${N},${i + 1},${value}\n`;
          }
        }
      },
    })),
  ];
}

const MOST_TIMES = 400;

function comparisonTables(name: string, of: Comparison): DataTable[] {
  const { trajectory } = mainTheory(of).solution;
  return [
    trajectoryTable(`${name}-theory`, trajectory),
    meansTable(meanCourses(of.simulation, MOST_TIMES), `${name}-means`),
  ];
}
