import { expect, it } from "vitest";
import { checkExpression } from "../../src/scenario/expression.js";

it.each([
  "x",
  "x/(1+exp(-x))",
  "2*pi*sin(x)^2 - e",
  "tanh(x) + erf(x) * logistic(-x) / sqrt(abs(x))",
  "asin(sign(x))",
])("accepts %s", async (expression) => {
  await expect(checkExpression(expression)).resolves.toBeUndefined();
});

it.each([
  ["y", '"y" is not allowed'],
  ["x = 3", "is not allowed"],
  ["f(x) = x", "is not allowed"],
  ["gamma(x)", '"gamma(x)" is not allowed'],
  ["exp(x, 2)", '"exp(x, 2)" is not allowed'],
  ["import(x)", "is not allowed"],
  ["x % 2", "is not allowed"],
  ["x > 0 ? x : 0", "is not allowed"],
  ["x.y", "is not allowed"],
  ["[x, 1]", "is not allowed"],
  ['"x"', "is not allowed"],
  ["exp", '"exp" is not allowed'],
  ["1 +", 'got "1 +"'],
  ["x; x", "is not allowed"],
  ["2x", '"2 x" is not allowed'],
  ["0x10*x", "only decimal numbers"],
  ["x # y", "no comments"],
  ["2 cm", '"2 cm" is not allowed'],
])("refuses %s", async (expression, message) => {
  await expect(checkExpression(expression)).rejects.toThrow(message);
});
