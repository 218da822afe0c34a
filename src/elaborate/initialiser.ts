import { type Builder, newBuilder } from "../circuit/build.ts";
import type { Node, NodeId } from "../circuit/circuit.ts";
import type { Draw, Initialiser, InitialStep } from "../circuit/model.ts";
import { number } from "../syntax/make.ts";
import { printExpression } from "../syntax/print-expression.ts";
import type { BinaryOperator, Expression } from "../syntax/tree.ts";
import { isPointwise, type PointwiseName, pointwiseFunctions } from "./functions.ts";
import type { Report } from "./problem.ts";
import type { Scope } from "./scope.ts";
import { staticNumber, staticValue } from "./static.ts";

/** How a parameter starts: a number, what stands after `~`, or a function of these. */
export const initialiserOf = (scope: Scope, expression: Expression, report: Report): Initialiser | undefined => {
  const drawn = drawOf(scope, expression);
  if (drawn !== undefined) return drawn;
  const b = newBuilder();
  const draws: Draw[] = [];
  const result = built(b, draws, scope, expression);
  if (result === undefined) {
    report({ tag: "badInitialiser", span: expression.span });
    return undefined;
  }
  const written = printExpression(withNumbers(scope, expression));
  // What follows is of no use; all that it needs stands before.
  const steps = b.finish([]).nodes.slice(0, result + 1);
  return { tag: "function", written, steps: steps.map((node) => stepOf(node, draws)) };
};

const stepOf = ({ op, inputs }: Node, draws: ReadonlyArray<Draw>): InitialStep => {
  if (op.tag === "map") return { tag: "apply", fn: op.fn, of: inputs };
  const draw: Draw = op.tag === "input" ? draws[Number(op.name)]! : { tag: "constant", value: valueOfConstant(op) };
  return { tag: "draw", draw };
};

const valueOfConstant = (op: Node["op"]): number => (op.tag === "constant" ? op.value : Number.NaN);

/** The node of a function of draws; each draw that is written is one of its own. */
const built = (b: Builder, draws: Draw[], scope: Scope, expression: Expression): NodeId | undefined => {
  const drawn = drawOf(scope, expression);
  if (drawn?.tag === "constant") return b.constant(drawn.value);
  if (drawn !== undefined) return b.input(String(draws.push(drawn) - 1), []);
  const applied = applicationOf(scope, expression);
  const operands = applied?.operands.map((operand) => built(b, draws, scope, operand));
  if (applied === undefined || !operands!.every((operand) => operand !== undefined)) return undefined;
  return pointwiseFunctions[applied.fn].meaning(b, ...operands!);
};

const operators: { readonly [O in BinaryOperator]?: PointwiseName } = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
};

/** The function at every position that an expression applies, with as many operands as it takes. */
const applicationOf = (
  scope: Scope,
  expression: Expression,
): { readonly fn: PointwiseName; readonly operands: ReadonlyArray<Expression> } | undefined => {
  if (expression.tag === "negate") return { fn: "neg", operands: [expression.operand] };
  if (expression.tag === "power") return { fn: "pow", operands: [expression.base, expression.exponent] };
  if (expression.tag === "product") return { fn: "mul", operands: [expression.left, expression.right] };
  if (expression.tag === "binary") {
    const fn = operators[expression.operator];
    return fn === undefined ? undefined : { fn, operands: [expression.left, expression.right] };
  }
  if (expression.tag !== "apply" || expression.named !== undefined) return undefined;
  const target = staticValue(scope, expression.target);
  if (target?.tag !== "builtin" || !isPointwise(target.name)) return undefined;
  const { arity } = pointwiseFunctions[target.name];
  return expression.arguments.length === arity ? { fn: target.name, operands: expression.arguments } : undefined;
};

const drawOf = (scope: Scope, expression: Expression): Draw | undefined => {
  const value = staticNumber(scope, expression);
  if (value !== undefined) return { tag: "constant", value };
  return expression.tag === "name" ? named(expression.text) : distribution(scope, expression);
};

const named = (name: string): Draw | undefined => {
  switch (name) {
    case "glorot":
    case "he":
    case "orthogonal":
    case "identity":
      return { tag: name };
    case "normal":
      return { tag: "normal", mean: 0, deviation: 1 };
    default:
      return undefined;
  }
};

const distribution = (scope: Scope, expression: Expression): Draw | undefined => {
  if (expression.tag !== "apply" || expression.target.tag !== "name" || expression.named !== undefined)
    return undefined;
  const [first, second, ...more] = expression.arguments.map((argument) => staticNumber(scope, argument));
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  if (expression.target.text === "uniform") return { tag: "uniform", low: first, high: second };
  if (expression.target.text === "normal") return { tag: "normal", mean: first, deviation: second };
  return undefined;
};

/** An initialiser as it is written with the values of static parameters. */
const withNumbers = (scope: Scope, expression: Expression): Expression => {
  const value = staticNumber(scope, expression);
  if (value !== undefined) return number(value);
  const inner = (part: Expression): Expression => withNumbers(scope, part);
  switch (expression.tag) {
    case "negate":
      return { ...expression, operand: inner(expression.operand) };
    case "power":
      return { ...expression, base: inner(expression.base), exponent: inner(expression.exponent) };
    case "product":
    case "binary":
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case "apply":
      return { ...expression, arguments: expression.arguments.map(inner) };
    default:
      return expression;
  }
};
