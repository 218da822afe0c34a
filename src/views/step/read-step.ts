import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Learned } from "./learned.ts";
import { functionName, signOf } from "./signs.ts";
import type { NodeKind } from "./step.ts";

/** What stands for a value in a step: a node, or nothing for what is the same at every step. */
export type Place = number | undefined;

/** How nodes come into a step, and what stands for what an expression speaks of. */
export interface Building extends Learned {
  readonly add: (kind: NodeKind, sign: string, reads: ReadonlyArray<Place>) => number;
  readonly refer: (name: string, indices: ReadonlyArray<Expression>) => Place;
  readonly told: (expression: Expression) => string;
  readonly component: (indices: ReadonlyArray<Expression>) => string;
  /** What stands already, by its text: what is written twice is computed once. */
  readonly places: Map<string, Place>;
}

/** The node of an expression, with all that it is made of. */
export const placeOf = (b: Building, expression: Expression): Place => {
  if (b.isConstant(expression)) return undefined;
  const text = printExpression(expression);
  const place = b.places.get(text) ?? newPlace(b, expression);
  b.places.set(text, place);
  return place;
};

const newPlace = (b: Building, expression: Expression): Place => {
  switch (expression.tag) {
    case "name":
      return b.refer(expression.text, []);
    case "index":
      return indexed(b, expression);
    case "transpose":
      return placeOf(b, expression.operand);
    case "negate":
      return summed(b, expression) ?? b.add("operation", "−", [placeOf(b, expression.operand)]);
    case "binary":
      return combined(b, expression);
    case "product":
      return multiplied(b, expression);
    case "power":
      return b.add("function", raised(printExpression(expression.exponent)), within(b, expression.base));
    case "concat":
      return b.add(
        "function",
        "[ ; ]",
        expression.parts.map((part) => placeOf(b, part)),
      );
    case "if":
      return b.add(
        "function",
        "if",
        partsOf(expression).flatMap((part) => within(b, part)),
      );
    case "apply":
      return applied(b, expression);
    default:
      return b.add("function", expression.tag, []);
  }
};

type Of<T extends Expression["tag"]> = Extract<Expression, { readonly tag: T }>;

const partsOf = ({ condition, then: chosen, else: otherwise }: Of<"if">): ReadonlyArray<Expression> => [
  ...(condition.tag === "binary" ? [condition.left, condition.right] : [condition]),
  chosen,
  otherwise,
];

const indexed = (b: Building, expression: Of<"index">): Place => {
  const { target, indices } = expression;
  const of = b.mixed(expression);
  if (of !== undefined) return b.add("layer", "linear", within(b, of));
  if (target.tag === "name") return b.refer(target.text, indices);
  // Some of the components.
  return b.add("function", b.component(indices), [placeOf(b, target)]);
};

const raised = (exponent: string): string => (exponent === "2" ? "( )²" : `( )^${exponent}`);

/** `stop` and brackets leave a value as it is. */
const applied = (b: Building, expression: Of<"apply">): Place => {
  const fn = functionName(expression.target);
  if (b.mixed(expression) !== undefined) return summed(b, expression);
  if (fn === "stop") return placeOf(b, expression.arguments[0]!);
  const isLearned = expression.arguments.some((part) => maps(b, part));
  return b.add(
    isLearned ? "layer" : "function",
    signOf(fn),
    expression.arguments.flatMap((part) => within(b, part)),
  );
};

/** Whether learned parameters act on a value before a function does: all of it is then one layer. */
const maps = (b: Building, expression: Expression): boolean =>
  termsOf(expression).some((term) => b.scaled(term) !== undefined || (b.isConstant(term) && b.isLearned(term))) &&
  !b.isConstant(expression);

/** What comes into a layer: of a sum with parameters what each of its terms is of, of all else its own node. */
const within = (b: Building, expression: Expression): ReadonlyArray<Place> => {
  if (!maps(b, expression)) return [placeOf(b, expression)];
  return termsOf(expression).flatMap((term) => {
    const of = b.scaled(term);
    if (of === undefined) return [placeOf(b, term)];
    return of.tag === "concat" ? of.parts.map((part) => placeOf(b, part)) : within(b, of);
  });
};

/** The terms of a sum, whatever their signs. */
const termsOf = (expression: Expression): ReadonlyArray<Expression> => {
  if (expression.tag === "negate") return termsOf(expression.operand);
  return expression.tag === "binary" && (expression.operator === "+" || expression.operator === "-")
    ? [...termsOf(expression.left), ...termsOf(expression.right)]
    : [expression];
};

/** A sum whose every term is a map with parameters, or a constant, is one layer. */
const summed = (b: Building, expression: Expression): Place => {
  const terms = termsOf(expression);
  const isLinear = terms.every((term) => b.isConstant(term) || b.mixed(term) !== undefined);
  return isLinear ? b.add("layer", "linear", within(b, expression)) : undefined;
};

const combined = (b: Building, expression: Of<"binary">): Place => {
  const { operator, left, right } = expression;
  const sign = operatorSigns[operator];
  if (sign === undefined) return b.add("function", operator, [...within(b, left), ...within(b, right)]);
  const linear =
    b.mixed(expression) === undefined && (operator === "*" || operator === "/") ? undefined : summed(b, expression);
  if (linear !== undefined) return linear;
  if (operator === "+" || operator === "-") {
    const gathered = gatheredTerms(b, expression);
    if (gathered !== undefined) return gathered;
  }
  if (b.isConstant(left))
    return b.add("operation", operator === "-" ? `${b.told(left)}−` : `${b.told(left)}${sign}`, [placeOf(b, right)]);
  if (b.isConstant(right)) return b.add("operation", `${sign}${b.told(right)}`, [placeOf(b, left)]);
  return b.add("operation", sign, [placeOf(b, left), placeOf(b, right)]);
};

/** Where some terms of a sum are maps with parameters, these are one layer, with the constants; the rest is added to it. */
const gatheredTerms = (b: Building, expression: Expression): Place => {
  const terms = signedTerms(expression, false);
  const inLayer = terms.filter(({ term }) => b.isConstant(term) || b.mixed(term) !== undefined);
  if (!inLayer.some(({ term }) => b.mixed(term) !== undefined) || inLayer.length === terms.length) return undefined;
  const layer = b.add(
    "layer",
    "linear",
    inLayer.flatMap(({ term }) => (b.isConstant(term) ? [] : within(b, term))),
  );
  const [first, ...others] = terms.filter((term) => !inLayer.includes(term));
  const start = b.add("operation", first!.isNegative ? "−" : "+", [layer, placeOf(b, first!.term)]);
  return others.reduce(
    (sum, { term, isNegative }) => b.add("operation", isNegative ? "−" : "+", [sum, placeOf(b, term)]),
    start,
  );
};

interface Signed {
  readonly term: Expression;
  readonly isNegative: boolean;
}

const signedTerms = (expression: Expression, isNegative: boolean): ReadonlyArray<Signed> => {
  if (expression.tag === "negate") return signedTerms(expression.operand, !isNegative);
  if (expression.tag === "binary" && (expression.operator === "+" || expression.operator === "-"))
    return [
      ...signedTerms(expression.left, isNegative),
      ...signedTerms(expression.right, expression.operator === "-" ? !isNegative : isNegative),
    ];
  return [{ term: expression, isNegative }];
};

const operatorSigns: Readonly<Partial<Record<Of<"binary">["operator"], string>>> = {
  "+": "+",
  "-": "−",
  "*": "×",
  "/": "÷",
};

/** A product of two values goes component by component where one of them is a number. */
const multiplied = (b: Building, expression: Of<"product">): Place => {
  const { left, right } = expression;
  if (b.mixed(expression) !== undefined) return summed(b, expression);
  if (b.isConstant(left)) return b.add("operation", `${b.told(left)}×`, [placeOf(b, right)]);
  if (b.isConstant(right)) return b.add("operation", `×${b.told(right)}`, [placeOf(b, left)]);
  const isScaling = b.rankOf(left) === 0 || b.rankOf(right) === 0;
  return b.add(isScaling ? "operation" : "function", isScaling ? "×" : "@", [placeOf(b, left), placeOf(b, right)]);
};
