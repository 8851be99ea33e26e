import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import packageJson from "../../package.json" with { type: "json" };
import type { ResolvedScenario } from "../model/resolve.js";
import type { Provenance } from "../report/run-record.js";
import type { SimulatedScenario } from "../simulate/simulate.js";

/** Where this run comes from. The packages that can touch a number are pinned to one version. */
export function provenanceOf(scenario: ResolvedScenario | SimulatedScenario): Provenance {
  return {
    version: packageJson.version,
    scenarioHash: scenarioHash(scenario),
    node: process.versions.node,
    dependencies: packageJson.dependencies,
  };
}

/** SHA-256 of the canonical JSON (RFC 8785) of what the experiment is, its texts left out. */
function scenarioHash(scenario: ResolvedScenario | SimulatedScenario): string {
  const { title, description, citation, $schema, ...experiment } = scenario;
  const json = canonicalize(JSON.parse(JSON.stringify(experiment))) as string;
  return createHash("sha256").update(json).digest("hex");
}
