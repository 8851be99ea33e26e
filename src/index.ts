export type { Agreement, TimeComparison } from "./analyse/agreement.js";
export { decoderAlignment, encoderAlignment, subspaceOverlap } from "./analyse/alignment.js";
export { type Comparison, compare, type Theory } from "./analyse/comparison.js";
export { componentErrors, learningTimes } from "./analyse/components.js";
export { findPlateaus, type Plateau } from "./analyse/plateaus.js";
export { fitPowerLaw, fitRunsExponent, type PowerLaw } from "./analyse/power-law.js";
export type { Method, Part } from "./integrate/integrate.js";
export { MOST_AMPLITUDES, type Solution, type SolveOptions, solve } from "./integrate/solve.js";
export type { Outcome, Status } from "./integrate/status.js";
export type { Activation } from "./model/activations/activation.js";
export { CovarianceError } from "./model/activations/determinant.js";
export { findActivation } from "./model/activations/find.js";
export type { InitialState } from "./model/initial-state.js";
export { pcaErrors } from "./model/pca.js";
export { type Experiment, type ResolvedScenario, resolveScenario } from "./model/resolve.js";
export type { Bulk, Spectrum } from "./model/spectrum.js";
export { type ErrorCurve, errorFigure } from "./report/draw/error-figure.js";
export type { Figure } from "./report/draw/figure.js";
export { paint, THEMES } from "./report/draw/paint.js";
export { trajectoryCsv } from "./report/trajectory-csv.js";
export { parseJson, parseScenario } from "./scenario/parse.js";
export { type Problem, ScenarioError } from "./scenario/problem.js";
export { type Scenario, type ScenarioInput, scenarioJsonSchema } from "./scenario/schema.js";
export {
  type RunResult,
  type SimulateOptions,
  type Simulation,
  simulate,
} from "./simulate/simulate.js";
export type { RunSummary } from "./simulate/summary.js";
export { MarchenkoPastur } from "./theory/marchenko-pastur.js";
export { type RescalingLaws, rescalingLaws } from "./theory/rescaling-laws.js";
export type { Trajectory } from "./trajectory.js";
