import { type Comparison, compareWithTheory, solveTheories } from "../analyse/comparison.js";
import { agreementCsv } from "../report/agreement-csv.js";
import {
  type ComparisonProvenance,
  comparisonHeader,
  comparisonJson,
  mainTheory,
} from "../report/comparison-record.js";
import { comparisonReport } from "../report/comparison-report.js";
import { amplitudesCsv, runsCsv, theoriesCsv } from "../report/trajectory-csv.js";
import { loadScenario } from "../scenario/load.js";
import { ScenarioError } from "../scenario/problem.js";
import type { Scenario } from "../scenario/schema.js";
import { type Plan, planSimulation } from "../simulate/plan.js";
import { amplitudesOf, printedRuns, warnAmplitudes } from "./amplitudes.js";
import { complain } from "./complain.js";
import { show } from "./output.js";
import { provenanceOf } from "./provenance.js";
import { prepareRunDirectory, present } from "./run-directory.js";
import { INTERRUPTED, runSimulation, type Workload } from "./run-simulation.js";
import type { SimulationArguments } from "./simulation-arguments.js";
import { summariseComparison } from "./simulation-summary.js";
import { terminalStyle } from "./text.js";

/** Exit code where theory and simulation are apart. */
const APART = 3;

/** `dyn compare`: returns the exit code. */
export async function runCompare(args: SimulationArguments): Promise<number> {
  const scenario = await loadScenario(args.scenario, args.set);
  const plan = planSimulation(scenario);
  refuseSingleSeed(plan);
  if (args.out !== undefined) prepareRunDirectory(args.out, args.force);
  const { keep, inJson, count } = amplitudesOf(plan, args.amplitudes);
  const started = new Date();
  const comparison = await carryOutComparison(scenario, plan, keep, args);
  if (!comparison) return INTERRUPTED;
  if (args.json && !inJson) warnAmplitudes(count);
  const { code, failures } = outcomeOf(comparison);
  process.exitCode = code;
  await show(outputOf(comparison, inJson), args, started);
  for (const failure of failures) complain(failure);
  return code;
}

/** Theory and simulation of a plan; nothing where it was interrupted. */
export async function carryOutComparison(
  scenario: Scenario,
  plan: Plan,
  amplitudes: boolean,
  work: Workload,
): Promise<Comparison | undefined> {
  const theories = solveTheories(scenario, plan, { amplitudes });
  const simulation = await runSimulation(scenario, plan, amplitudes, work);
  return simulation && compareWithTheory(theories, simulation);
}

/** The exit code of a comparison, and what of it failed. */
export function outcomeOf(comparison: Comparison): { code: number; failures: string[] } {
  const failures = failuresOf(comparison);
  const { verdict } = comparison.agreement;
  return { code: failures.length > 0 ? 2 : verdict === "apart" ? APART : 0, failures };
}

/** @throws ScenarioError where no dimension has two runs */
export function refuseSingleSeed({ runs, experiments }: Plan): void {
  if (runs.length > experiments.size) return;
  const message = "a single run has no standard error to compare by; give two seeds or more";
  throw new ScenarioError([{ path: "simulation.seeds", message }]);
}

function failuresOf({ theories, simulation }: Comparison): string[] {
  const failures = theories
    .filter(({ solution }) => solution.status !== "ok")
    .map(({ dimension, solution }) => {
      return `theory from the start at D = ${dimension}: ${solution.status}: ${solution.message}`;
    });
  if (simulation.status === "ok") return failures;
  return [...failures, `simulation: ${simulation.status}: ${simulation.message}`];
}

/** Where theory and simulation come from. */
export function comparisonProvenance(comparison: Comparison): ComparisonProvenance {
  return {
    theory: provenanceOf(mainTheory(comparison).solution.scenario),
    simulation: provenanceOf(comparison.simulation.scenario),
  };
}

function outputOf(comparison: Comparison, amplitudesInJson: boolean) {
  const { theories, simulation, agreement } = comparison;
  const from = comparisonProvenance(comparison);
  const printed = { ...comparison, simulation: printedRuns(simulation, amplitudesInJson) };
  return {
    json: () => comparisonJson(printed, from),
    csv: () => agreementCsv(agreement),
    summary: () => summariseComparison(comparison, terminalStyle()),
    header: () => comparisonHeader(comparison, from),
    report: (record: object) => comparisonReport(comparison, record),
    tables: present({
      "trajectory.csv": runsCsv(simulation.runs),
      "amplitudes.csv": amplitudesCsv(simulation.runs.map(({ trajectory }) => trajectory)),
      "theory.csv": theoriesCsv(theories),
      "theory-amplitudes.csv": amplitudesCsv(theories.map(({ solution }) => solution.trajectory)),
      "agreement.csv": agreementCsv(agreement),
    }),
  };
}
