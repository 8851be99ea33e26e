import { simulationHeader, simulationJson } from "../report/simulation-record.js";
import { simulationReport } from "../report/simulation-report.js";
import { amplitudesCsv, runsCsv } from "../report/trajectory-csv.js";
import { loadScenario } from "../scenario/load.js";
import { planSimulation } from "../simulate/plan.js";
import type { Simulation } from "../simulate/simulate.js";
import { amplitudesOf, printedRuns, warnAmplitudes } from "./amplitudes.js";
import { complain } from "./complain.js";
import { show } from "./output.js";
import { provenanceOf } from "./provenance.js";
import { prepareRunDirectory, present } from "./run-directory.js";
import { INTERRUPTED, runSimulation } from "./run-simulation.js";
import type { SimulationArguments } from "./simulation-arguments.js";
import { summariseSimulation } from "./simulation-summary.js";
import { terminalStyle } from "./text.js";

/** `dyn simulate`: returns the exit code. */
export async function runSimulate(args: SimulationArguments): Promise<number> {
  const scenario = await loadScenario(args.scenario, args.set);
  const plan = planSimulation(scenario);
  if (args.out !== undefined) prepareRunDirectory(args.out, args.force);
  const { keep, inJson, count } = amplitudesOf(plan, args.amplitudes);
  const started = new Date();
  const simulation = await runSimulation(scenario, plan, keep, args);
  if (!simulation) return INTERRUPTED;
  if (args.json && !inJson) warnAmplitudes(count);
  process.exitCode = simulation.status === "ok" ? 0 : 2;
  await show(outputOf(simulation, inJson), args, started);
  if (simulation.status === "ok") return 0;
  complain(`${simulation.status}: ${simulation.message}`);
  return 2;
}

function outputOf(simulation: Simulation, amplitudesInJson: boolean) {
  const provenance = provenanceOf(simulation.scenario);
  return {
    json: () => simulationJson(printedRuns(simulation, amplitudesInJson), provenance),
    csv: () => runsCsv(simulation.runs),
    summary: () => summariseSimulation(simulation, terminalStyle()),
    header: () => simulationHeader(simulation, provenance),
    report: (record: object) => simulationReport(simulation, record),
    tables: present({
      "trajectory.csv": runsCsv(simulation.runs),
      "amplitudes.csv": amplitudesCsv(simulation.runs.map(({ trajectory }) => trajectory)),
    }),
  };
}
