import { type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Span } from "../../syntax/span.ts";
import type { Expression, Variable } from "../../syntax/tree.ts";
import { arityOf, derivative, type FunctionName, isCount, isPointwise, isReduction } from "../functions.ts";
import { axesIn, lookUp, type StaticValue } from "../scope.ts";
import { staticValue } from "../static.ts";
import type { Reduction, Term } from "../system.ts";
import { freeAxes } from "../term.ts";
import type { Callee, Context } from "./context.ts";
import { elaborateCount } from "./count.ts";
import { componentOf, indexOf } from "./position.ts";

type Of<T extends Expression["tag"]> = Extract<Expression, { readonly tag: T }>;
type Elaborate = (context: Context, expression: Expression) => Term;

/** `f(x)`: a function, a reduction, a cell; or a product, if `f` is a value. */
export const elaborateApply = (context: Context, expression: Of<"apply">, elaborate: Elaborate): Term => {
  const { target, arguments: given, named = [], span } = expression;
  const value = staticValue(context.scope, target);
  const [first] = named;
  if (first !== undefined && !takesStatics(value)) {
    context.assembly.report({ tag: "namedArgument", span: first.span });
    return { tag: "wrong", span };
  }
  const reduction = reductionIn(context, target);
  if (reduction !== undefined) return elaborateReduction(context, expression, reduction, elaborate);
  if (value?.tag === "builtin") return elaborateBuiltin(context, value.name, expression, elaborate);
  const application = applicationIn(context, expression);
  if (application !== undefined)
    return context.apply(context, { ...application, overrides: [], span })?.[0] ?? { tag: "wrong", span };
  if (value?.tag === "definition") return reportNotStatic(context, expression);
  const meant = indexMeant(context, expression);
  if (meant !== undefined) return meant;
  const left = elaborate(context, target);
  const right = given.map((argument) => elaborate(context, argument));
  if (right.length === 1) return { tag: "product", left, right: right[0]!, span };
  if (left.tag !== "wrong") context.assembly.report({ tag: "notAFunction", span: target.span });
  return { tag: "wrong", span };
};

/** `s(t-1)`, where `s` takes that many indices. */
const indexMeant = (
  { scope, assembly }: Context,
  { target, arguments: given, span }: Of<"apply">,
): Term | undefined => {
  const entity = target.tag === "name" ? lookUp(scope, target.text) : undefined;
  const isMeant =
    entity?.tag === "variable" &&
    entity.slots.length === given.length &&
    given.every((index, i) => indexOf(scope, index, entity.slots[i]!) !== undefined);
  if (!isMeant || given.length === 0) return undefined;
  const meant = printExpression({ tag: "index", target, indices: given, span });
  assembly.report({ tag: "indexCount", span, name: entity.name, expected: given.length, found: 0, meant });
  return { tag: "wrong", span };
};

const takesStatics = (value: StaticValue | undefined): boolean =>
  value?.tag === "definition" && value.known.definition.tag === "cell" && value.known.definition.statics.length > 0;

/** A cell whose static parameters are missing, or depend on run-time values. */
const reportNotStatic = (context: Context, { target, arguments: given, named = [], span }: Of<"apply">): Term => {
  const unknown =
    [...given, ...named.map(({ value }) => value)].find(
      (argument) => staticValue(context.scope, argument) === undefined,
    ) ?? target;
  context.assembly.report({ tag: "notStatic", span: unknown.span, expected: "A static parameter of a cell" });
  return { tag: "wrong", span };
};

/** `sum[j]`, if the name has no other meaning here. */
const reductionIn = (
  { scope }: Context,
  target: Expression,
): { readonly fn: Reduction; readonly indices: ReadonlyArray<Expression> } | undefined => {
  if (target.tag !== "index" || target.target.tag !== "name") return undefined;
  const { text } = target.target;
  return isReduction(text) && lookUp(scope, text) === undefined ? { fn: text, indices: target.indices } : undefined;
};

const elaborateReduction = (
  context: Context,
  { arguments: given, span }: Of<"apply">,
  { fn, indices }: { readonly fn: Reduction; readonly indices: ReadonlyArray<Expression> },
  elaborate: Elaborate,
): Term => {
  const axes = indices.map((index) => axisNamed(context, index));
  if (given.length !== 1) return reportArguments(context, fn, "one argument", given.length, span);
  const known = axes.filter((axis): axis is TimeAxis => axis !== undefined);
  if (new Set(known.map(({ key }) => key)).size < known.length)
    context.assembly.report({ tag: "unsupported", span, what: `The same axis twice in a \`${fn}\`` });
  const operand = elaborate({ ...context, ambient: [...context.ambient, ...known] }, given[0]!);
  return known.length === axes.length ? { tag: "reduce", fn, axes: known, operand, span } : { tag: "wrong", span };
};

const elaborateBuiltin = (
  context: Context,
  name: string,
  { arguments: given, span }: Of<"apply">,
  elaborate: Elaborate,
): Term => {
  const component = name === "onehot" && given.length === 1 ? componentOf(context.scope, given[0]!) : undefined;
  if (component !== undefined) return { tag: "unit", index: component, span };
  const operands = given.map((argument) => elaborate(context, argument));
  if (name === derivative) return elaborateDerivative(context, operands, span);
  if (isReduction(name) && (operands.length === 1 || !isPointwise(name)))
    return operands.length === 1
      ? { tag: "reduce", fn: name, axes: [], operand: operands[0]!, span }
      : reportArguments(context, name, "one argument", operands.length, span);
  const expected = arityOf(name as FunctionName);
  if (operands.length !== expected) return reportArguments(context, name, counted[expected]!, operands.length, span);
  if (isCount(name)) return elaborateCount(context.assembly.report, name, operands, span);
  return { tag: "call", fn: name as FunctionName, operands, span };
};

const counted = ["no argument", "one argument", "two arguments", "three arguments"];
/** `grad(e, x)`. */
const elaborateDerivative = ({ assembly }: Context, operands: ReadonlyArray<Term>, span: Span): Term => {
  const [of, by, ...others] = operands;
  if (of === undefined || by === undefined || others.length > 0) {
    const expected = "what is differentiated and what it is differentiated by";
    assembly.report({ tag: "argumentCount", span, name: derivative, expected, found: operands.length });
    return { tag: "wrong", span };
  }
  if (by.tag === "read" || by.tag === "wrong") {
    const missing = by.tag === "wrong" ? [] : withoutAxes(freeAxes(of), freeAxes(by));
    if (missing.length === 0) return { tag: "grad", of, by, span };
    assembly.report({ tag: "derivativeAxes", span: of.span, by: by.span, axes: missing.map(({ key }) => key) });
    return { tag: "wrong", span };
  }
  assembly.report({ tag: "derivativeBy", span: by.span });
  return { tag: "wrong", span };
};

const reportArguments = (context: Context, name: string, expected: string, found: number, span: Span): Term => {
  context.assembly.report({ tag: "argumentCount", span, name, expected, found });
  return { tag: "wrong", span };
};

/** The axis that a reduction binds. */
const axisNamed = ({ scope, assembly }: Context, index: Expression): TimeAxis | undefined => {
  const entity = index.tag === "name" ? lookUp(scope, index.text) : undefined;
  if (entity?.tag === "axis") return entity.axis;
  assembly.report({ tag: "notAnIndex", span: index.span, known: axesIn(scope) });
  return undefined;
};

/** `backward LSTM(n)(x[t])`. */
export const elaborateBackward = (context: Context, { operand, span }: Of<"backward">): Term => {
  const application = applicationIn(context, operand);
  const definition = application?.callee.known.definition;
  const runs = definition?.tag === "cell" && [...definition.arguments, ...definition.results].some(hasIndices);
  if (application === undefined || !runs) {
    context.assembly.report({ tag: "notAFunction", span: operand.span, isBackward: true });
    return { tag: "wrong", span };
  }
  const results = context.apply(context, { ...application, backward: !application.backward, overrides: [], span });
  return results?.[0] ?? { tag: "wrong", span };
};

const hasIndices = ({ indices }: Variable): boolean => indices.length > 0;

/** The cell and arguments of an application, if an expression is one. */
export const applicationIn = (
  context: Context,
  expression: Expression,
):
  | { readonly callee: Callee; readonly arguments: ReadonlyArray<Expression>; readonly backward: boolean }
  | undefined => {
  if (expression.tag === "backward") {
    const found = applicationIn(context, expression.operand);
    return found === undefined ? undefined : { ...found, backward: !found.backward };
  }
  if (expression.tag !== "apply" || expression.named !== undefined) return undefined;
  const callee = calleeOf(staticValue(context.scope, expression.target));
  return callee === undefined ? undefined : { callee, arguments: expression.arguments, backward: false };
};

const calleeOf = (value: StaticValue | undefined): Callee | undefined => {
  if (value?.tag === "instance") return value;
  if (value?.tag !== "definition") return undefined;
  const { definition } = value.known;
  const ready = definition.tag === "function" || (definition.tag === "cell" && definition.statics.length === 0);
  return ready ? { known: value.known, statics: [] } : undefined;
};
