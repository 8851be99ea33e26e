import type { MathNode } from "mathjs";
import { ScenarioError } from "./problem.js";

const FUNCTIONS = new Set(
  "exp log sqrt sin cos tan sinh cosh tanh asin acos atan abs sign erf logistic".split(" "),
);
const SYMBOLS = new Set(["x", "pi", "e"]);
const OPERATORS = new Set("+ - * / ^".split(" "));

/**
 * Checks an activation given as an expression: the variable x, numbers, pi, e, + − * / ^,
 * parentheses and the functions above; nothing else. Loads mathjs, so call it only where needed.
 * @throws ScenarioError that names the part which is not allowed
 */
export async function checkExpression(expression: string): Promise<void> {
  const fail = (message: string): never => {
    throw new ScenarioError([{ path: "model.activation.expression", message }]);
  };
  if (/#|\b0[xbo]/i.test(expression))
    fail(`only decimal numbers and no comments, got "${expression}"`);
  const { parse } = await import("mathjs/number");
  let root: MathNode;
  try {
    root = parse(expression) as unknown as MathNode;
  } catch (error) {
    return fail(`${(error as Error).message}, got "${expression}"`);
  }
  root.traverse((node, _path, parent) => {
    if (!isAllowed(node, parent)) fail(`"${node.toString()}" is not allowed in "${expression}"`);
  });
}

function isAllowed(node: MathNode, parent: MathNode | null): boolean {
  const is = node as MathNode & Record<string, unknown>;
  switch (node.type) {
    case "ConstantNode":
      return typeof is.value === "number" && Number.isFinite(is.value);
    case "ParenthesisNode":
      return true;
    case "OperatorNode":
      return OPERATORS.has(is.op as string) && is.implicit !== true;
    case "SymbolNode": {
      const isCallee = parent?.type === "FunctionNode" && is.name === calleeName(parent);
      return isCallee || SYMBOLS.has(is.name as string);
    }
    case "FunctionNode":
      return FUNCTIONS.has(calleeName(node)) && (is.args as unknown[]).length === 1;
    default:
      return false;
  }
}

function calleeName(node: MathNode): string {
  return String((node as unknown as { fn: { name?: string } }).fn.name);
}
