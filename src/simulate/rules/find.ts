import type { LearningRule } from "./rule.js";
import { sgd } from "./sgd.js";
import { truncated } from "./truncated.js";

const RULES = new Map<string, LearningRule>([
  ["sgd", sgd],
  ["truncated", truncated],
]);

/** The rule of this name; what {@link RULES} lacks is refused when a scenario is resolved. */
export function findRule(name: string): LearningRule {
  const rule = RULES.get(name);
  if (!rule) throw new Error(`unknown rule "${name}"`);
  return rule;
}
