import { spawnSync } from "node:child_process";
import { solve } from "../../src/integrate/solve.js";
import { resolveScenario } from "../../src/model/resolve.js";
import { parseScenario } from "../../src/scenario/parse.js";
import { theoryOf } from "../../src/theory/theory-of.js";
import { root } from "../support/command.js";
import { shippedScenarios } from "../support/scenarios.js";
import { time } from "./timing.js";

/** What a shipped scenario costs as it is shipped. */
export interface ScenarioCost {
  readonly name: string;
  readonly variables: number;
  /** of a right-hand side */
  readonly microseconds: number;
  /** that "auto" has taken */
  readonly method: string;
  readonly steps: number;
  readonly evaluations: number;
  /** of a warm solve */
  readonly milliseconds: number;
}

export function scenarioCosts(quick: boolean): ScenarioCost[] {
  return shippedScenarios().map(({ name, content }) => {
    const experiment = resolveScenario(parseScenario(content));
    const { system, equations } = theoryOf(experiment);
    const variables = system.start.length;
    const dy = new Float64Array(variables);
    const calls = Math.max(200, Math.round(2e6 / variables));
    const drift = time(() => {
      for (let i = 0; i < calls; i++) equations.drift(system.start, dy);
    });
    const { method, steps, evaluations } = solve(experiment).stats;
    return {
      name: name.replace(".json", ""),
      variables,
      microseconds: (1000 * drift) / calls,
      ...{ method, steps, evaluations },
      milliseconds: time(() => solve(experiment), quick ? 3 : 5),
    };
  });
}

/** A command, from its start to its end. */
export interface CommandTime {
  readonly command: string;
  readonly milliseconds: number;
}

/** The first is bare node. */
export function commandTimes(quick: boolean): CommandTime[] {
  const commands = [
    ["node -e 0", "-e", "0"],
    ["dyn --help", "dist/bin/dyn.js", "--help"],
    [
      "dyn solve scenarios/sigmoid-k3.json",
      ...["dist/bin/dyn.js", "solve", "scenarios/sigmoid-k3.json"],
    ],
  ];
  return commands.map(([command, ...args]) => {
    const run = () => spawnSync(process.execPath, args, { cwd: root, stdio: "ignore" });
    return { command, milliseconds: time(run, quick ? 3 : 11) };
  });
}
