import type { Expression, Statement, Variable } from "../../syntax/tree.ts";
import { initialiserOf } from "../declared.ts";
import { staticNumber } from "../static.ts";
import type { Family, Meaning } from "../system.ts";
import type { Context, Override } from "./context.ts";
import { elaborateEquation, elaborateWithin } from "./equation.ts";
import { elaborateExpression } from "./expression.ts";
import { targetOf } from "./target.ts";

/** Gives every variable on the left of a statement its meaning; `bounds` are the boundaries of a path stated elsewhere. */
export const elaborateStatement = (
  context: Context,
  statement: Statement,
  bounds: (path: string) => ReadonlyArray<Override>,
): void => {
  switch (statement.tag) {
    case "input":
      return defineAll(context, statement.variables, { tag: "input" });
    case "param":
      return context.frame.hasParameters ? undefined : elaborateParameters(context, statement);
    case "noise":
      return elaborateNoise(context, statement);
    case "equation":
      return elaborateEquation(context, statement, bounds);
    case "output":
      return statement.variables.forEach((variable) => markOutput(context, variable));
    case "random":
      return elaborateRandom(context, statement);
    case "minimize":
      return context.assembly.addMinimized(elaborateExpression({ ...context, base: "loss" }, statement.value));
    // Axes, `let` and `for` have done their work when the statements were placed.
    case "axis":
    case "let":
    case "for":
      return;
  }
};

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

const elaborateParameters = (context: Context, { names, initialiser }: Of<"param">): void => {
  const found =
    initialiser === undefined ? undefined : initialiserOf(context.scope, initialiser, context.assembly.report);
  defineAll(context, names, { tag: "parameter", ...(found === undefined ? {} : { initialiser: found }) });
};

const elaborateNoise = (context: Context, { variables, distribution }: Of<"noise">): void => {
  const { report } = context.assembly;
  const { name, given } = distributionIn(distribution);
  const parameters = given.map((argument) => staticNumber(context.scope, argument));
  if (context.frame.origin === "cell")
    return report({ tag: "unsupported", span: distribution.span, what: "Noise inside a cell" });
  if (name === "normal" && parameters.length === 0)
    return defineAll(context, variables, { tag: "noise", distribution: "normal", parameter: 1 });
  const [parameter, ...more] = parameters;
  if ((name === "bernoulli" || name === "normal") && parameter !== undefined && more.length === 0)
    return defineAll(context, variables, { tag: "noise", distribution: name, parameter });
  report({ tag: "badDistribution", span: distribution.span, known: ["bernoulli(p)", "normal", "normal(deviation)"] });
};

/** How many arguments each family takes. */
const families: { readonly [F in Family]: number } = { categorical: 1, bernoulli: 1, normal: 2 };
const isFamily = (name: string): name is Family => Object.hasOwn(families, name);

const elaborateRandom = (context: Context, { variable, distribution, span }: Of<"random">): void => {
  const { report } = context.assembly;
  if (context.frame.origin === "cell") return report({ tag: "unsupported", span, what: "`~` inside a cell" });
  const { name, given } = distributionIn(distribution);
  const path = pathOf(context, variable);
  if (path === undefined) return;
  const values = given.map((argument) => elaborateWithin(context, path, argument));
  if (!isFamily(name)) return report({ tag: "badDistribution", span: distribution.span, known: Object.keys(families) });
  if (given.length === families[name])
    return context.assembly.define(path, {
      tag: "random",
      family: name,
      arguments: values,
      span: distribution.span,
    });
  const expected = families[name] === 1 ? "one argument" : "two arguments";
  report({ tag: "argumentCount", span: distribution.span, name, expected, found: given.length });
};

const distributionIn = (
  expression: Expression,
): { readonly name: string; readonly given: ReadonlyArray<Expression> } => {
  if (expression.tag === "name") return { name: expression.text, given: [] };
  if (expression.tag === "apply" && expression.target.tag === "name")
    return { name: expression.target.text, given: expression.arguments };
  return { name: "", given: [] };
};

const markOutput = (context: Context, variable: Variable): void => {
  const { assembly, frame, scope } = context;
  const { name, span } = variable;
  if (frame.origin === "cell") return assembly.report({ tag: "unsupported", span, what: "`output` inside a cell" });
  if (!scope.variables.has(name.text))
    return assembly.report({
      tag: "unknownName",
      span: name.span,
      name: name.text,
      known: [...scope.variables.keys()],
    });
  const path = pathOf(context, variable);
  if (path !== undefined) assembly.addOutput(path, path, span);
};
