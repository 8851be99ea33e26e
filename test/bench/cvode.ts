import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveScenario } from "../../src/model/resolve.js";
import { timeGrid } from "../../src/model/time-grid.js";
import { parseScenario } from "../../src/scenario/parse.js";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { theoryOf } from "../../src/theory/theory-of.js";
import { root } from "../support/command.js";
import type { Answer } from "./work-precision.js";

const LIBRARIES = [
  "sundials_cvode",
  "sundials_nvecserial",
  "sundials_sunlinsoldense",
  "sundials_sunmatrixdense",
  "m",
];
const REPEATS = 5;

interface Printed {
  readonly evaluations: number;
  readonly microseconds: number;
  readonly ends: readonly { readonly pmse: number; readonly y: readonly number[] }[];
}

/** CVODE (cvode.c, analytic Jacobian) on plain SGD of sigmoids. */
export class Cvode {
  readonly #folder = mkdtempSync(join(tmpdir(), "dyn-cvode-"));
  readonly #program = join(this.#folder, "cvode");
  /** there are a compiler and SUNDIALS */
  readonly isThere: boolean;

  constructor() {
    const source = join(root, "test/bench/cvode.c");
    const libraries = LIBRARIES.map((name) => `-l${name}`);
    const flags = ["-O3", "-march=native", source, ...libraries, "-o", this.#program];
    this.isThere = spawnSync("cc", flags).status === 0;
  }

  solve(content: ScenarioInput, relTol: number): Answer & { milliseconds: number } {
    const experiment = resolveScenario(parseScenario(content));
    const { system } = theoryOf(experiment);
    const { K, M, count, rho, qWeight, start } = system;
    const { learningRate } = experiment.scenario.training;
    const times = timeGrid(experiment.scenario.time);
    const vectors = Array.from({ length: count }, (_, v) => [
      ...[rho[v], qWeight[v]],
      ...start.subarray(2 * K * v, 2 * K * (v + 1)),
    ]);
    const head = [K, count, learningRate, experiment.spectrum.trace];
    const rows = [head, ...vectors, [times.length], times];
    const problem = join(this.#folder, "problem");
    writeFileSync(problem, rows.map((row) => row.join(" ")).join("\n"));
    const { evaluations, microseconds, ends } = this.#run(problem, relTol);
    const amplitudes = {
      encoder: new Float64Array(K * M),
      decoder: new Float64Array(K * M),
    };
    const last = ends[ends.length - 1];
    system.amplitudes(Float64Array.from(last.y), amplitudes.encoder, amplitudes.decoder, 0);
    return {
      pmse: ends.map(({ pmse }) => pmse),
      end: [...amplitudes.encoder, ...amplitudes.decoder],
      evaluations,
      milliseconds: microseconds / 1000,
    };
  }

  #run(problem: string, relTol: number): Printed {
    const tolerances = [String(relTol), String(relTol / 1000)];
    const args = [problem, "analytic", ...tolerances, String(REPEATS)];
    const options = { encoding: "utf8", maxBuffer: 1 << 28 } as const;
    const { status, stdout, stderr } = spawnSync(this.#program, args, options);
    if (status !== 0) throw new Error(`CVODE failed: ${stderr}`);
    return JSON.parse(stdout);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
