import { hasAxis, withoutAxes } from "../../circuit/axis.ts";
import { match } from "../../match.ts";
import type { Expression, Statement, Variable } from "../../syntax/tree.ts";
import { initialiserOf } from "../initialiser.ts";
import { staticNumber } from "../static.ts";
import type { Family, Meaning, Term } from "../system.ts";
import { freeAxes } from "../term.ts";
import { type Context, type Override, pathIn } from "./context.ts";
import { elaborateEquation, elaborateWithin } from "./equation.ts";
import { elaborateExpression } from "./expression.ts";
import { asVariable } from "./gate.ts";
import { markOutput } from "./output.ts";
import { targetOf } from "./target.ts";

/** Gives every variable on the left of a statement its meaning; `bounds` are the boundaries of a path stated elsewhere. */
export const elaborateStatement = (
  context: Context,
  statement: Statement,
  bounds: (path: string) => ReadonlyArray<Override>,
): void =>
  match<Statement, void>({
    input: ({ variables }) => defineAll(context, variables, { tag: "input" }),
    param: (parameters) => elaborateParameters(context, parameters),
    noise: (noise) => elaborateNoise(context, noise),
    equation: (equation) => elaborateEquation(context, equation, bounds),
    output: ({ variables }) => {
      for (const variable of variables) markOutput(context, variable);
    },
    random: (random) => elaborateRandom(context, random),
    minimize: (minimized) => elaborateMinimize(context, minimized),
    // Axes, `let` and `for` have done their work when the statements were placed.
    axis: () => {},
    let: () => {},
    for: () => {},
  })(statement);

type Of<T extends Statement["tag"]> = Extract<Statement, { readonly tag: T }>;

/** The path that a name on the left stands for. What is wrong with it was reported when it was declared. */
const pathOf = ({ scope }: Context, variable: Variable): string | undefined => {
  const entity = scope.variables.get(variable.name.text);
  return entity === undefined ? undefined : targetOf(variable, entity, scope, () => {})?.path;
};

const defineAll = (context: Context, variables: ReadonlyArray<Variable>, meaning: Meaning): void => {
  for (const variable of variables) {
    const path = pathOf(context, variable);
    if (path !== undefined) context.assembly.define(path, meaning);
  }
};

const elaborateParameters = (context: Context, { isFixed, names, initialiser }: Of<"param">): void => {
  if (context.frame.hasParameters) return;
  const found =
    initialiser === undefined ? undefined : initialiserOf(context.scope, initialiser, context.assembly.report);
  const isListed = names.length > 1;
  const initially = found === undefined ? {} : { initialiser: found };
  defineAll(context, names, { tag: "parameter", isListed, isFixed, ...initially });
};

const elaborateNoise = (context: Context, { variables, distribution }: Of<"noise">): void => {
  const meaning = noiseOf(context, distribution);
  if (meaning !== undefined) defineAll(context, variables, meaning);
  else
    context.assembly.report({
      tag: "badDistribution",
      span: distribution.span,
      name: distributionIn(distribution).name,
      known: ["bernoulli(p)", "normal", "normal(0, deviation)"],
    });
};

const noiseOf = ({ scope }: Context, expression: Expression): Meaning | undefined => {
  const { name, given } = distributionIn(expression);
  const parameters = given.map((argument) => staticNumber(scope, argument));
  const [first, second] = parameters;
  if (name === "bernoulli" && first !== undefined && parameters.length === 1)
    return { tag: "noise", distribution: name, parameter: first };
  if (name !== "normal") return undefined;
  if (parameters.length === 0) return { tag: "noise", distribution: name, parameter: 1 };
  return first === 0 && second !== undefined ? { tag: "noise", distribution: name, parameter: second } : undefined;
};

/** A loss term is one number for the whole example; a cell's is summed over the axes that ride along. */
const elaborateMinimize = ({ assembly, frame, ...context }: Context, { value, span }: Of<"minimize">): void => {
  const base = pathIn(frame.statePrefix, "loss");
  const operand = elaborateExpression({ ...context, assembly, frame, base }, value);
  const free = freeAxes(operand);
  const axes = free.filter((axis) => hasAxis(frame.riding, axis));
  const left = withoutAxes(free, axes).map(({ key }) => key);
  if (left.length > 0) assembly.report({ tag: "notSummed", span: value.span, axes: left });
  const summed: Term = axes.length === 0 ? operand : { tag: "reduce", fn: "sum", axes, operand, span };
  // What a gate stands behind are the equations of variables.
  assembly.addMinimized(frame.gated === undefined ? summed : asVariable(assembly, "loss", summed));
};

/** How many arguments each family takes. */
const families: { readonly [F in Family]: number } = { categorical: 1, bernoulli: 1, normal: 2 };
const isFamily = (name: string): name is Family => Object.hasOwn(families, name);

const elaborateRandom = (context: Context, { variable, distribution, weight }: Of<"random">): void => {
  const { report } = context.assembly;
  const path = pathOf(context, variable);
  if (path === undefined) return;
  const { name, given } = distributionIn(distribution);
  const at = distribution.span;
  const terms = given.map((argument) => elaborateWithin(context, path, argument));
  const weighed = weight === undefined ? {} : { weight: elaborateWithin(context, path, weight) };
  if (!isFamily(name)) report({ tag: "badDistribution", span: at, name, known: Object.keys(families) });
  else if (given.length === families[name])
    context.assembly.define(path, { tag: "random", family: name, arguments: terms, ...weighed, span: at });
  else {
    const expected = families[name] === 1 ? "one argument" : "two arguments";
    report({ tag: "argumentCount", span: at, name, expected, found: given.length });
  }
};

const distributionIn = (
  expression: Expression,
): { readonly name: string; readonly given: ReadonlyArray<Expression> } => {
  if (expression.tag === "name") return { name: expression.text, given: [] };
  if (expression.tag === "apply" && expression.target.tag === "name" && expression.named === undefined)
    return { name: expression.target.text, given: expression.arguments };
  return { name: "", given: [] };
};
