import { match } from "../../match.ts";
import { isCount, isPointwise } from "../functions.ts";
import type { Within } from "../problem.ts";
import { termsIn } from "../reachable.ts";
import type { Component, Meaning, System, Term, Variable } from "../system.ts";
import { freeAxes, operandsOf } from "../term.ts";
import type { Constraint, Typed } from "./constraint.ts";
import { type Shape, scalar, shapeOfType, vector } from "./shape.ts";
import { type Mistaken, spreadOf } from "./spread.ts";
import type { Unifier } from "./unifier.ts";

/** A shape for every variable and every term, and what must hold between them. */
export interface Generated {
  readonly variables: ReadonlyMap<string, Shape>;
  readonly terms: ReadonlyMap<Term, Shape>;
  readonly constraints: ReadonlyArray<Constraint>;
  readonly sources: ReadonlyMap<Constraint, Source>;
}

/** Where a constraint comes from. */
export interface Source {
  /** Its place among all, those of what is mistaken too. */
  readonly place: number;
  /** The term that it is of; if it is of none, the variable. */
  readonly term?: Term;
  readonly variable?: string;
  /** What it is said of. */
  readonly operands: ReadonlyArray<Term>;
  /** The applications of cells in which it came up. */
  readonly within: Within;
}

/** Nothing must hold of what is mistaken. */
export const generateConstraints = (system: System, unifier: Unifier, mistaken: Mistaken): Generated => {
  const variables = new Map(
    [...system.variables.values()].map(({ path, type }) => [
      path,
      type === undefined ? unifier.unknown() : shapeOfType(type, path),
    ]),
  );
  const terms = new Map<Term, Shape>();
  const sources = new Map<Constraint, Source>();
  const isWrong = spreadOf(system, mistaken);
  let place = 0;
  let around: Omit<Source, "place"> = { operands: [], within: [] };
  const addOf = (constraint: Constraint, term?: Term): void => {
    const isLeftOut = mistaken.places.has(place) || (term !== undefined && isWrong(term));
    const own = term === undefined ? {} : { term, operands: operandsOf(term) };
    if (!isLeftOut) sources.set(constraint, { place, ...around, ...own });
    place += 1;
  };
  const add = (constraint: Constraint): void => addOf(constraint);
  const typed = (term: Term): Typed => {
    const own = shapeOfTerm(term, typed, variables, unifier, (constraint) => addOf(constraint, term));
    const shape = isWrong(term) ? unifier.unknown() : own;
    terms.set(term, shape);
    return { shape, span: term.span };
  };
  for (const variable of system.variables.values()) {
    around = { variable: variable.path, operands: termsIn(variable.meaning), within: variable.within };
    const own: Typed = { shape: variables.get(variable.path)!, span: variable.span };
    constrainMeaning(variable, own, typed, add, (path) => ({
      shape: variables.get(path) ?? unifier.unknown(),
      span: system.variables.get(path)?.span ?? variable.span,
    }));
    for (const { variable: bound, span } of variable.boundaries)
      add({ tag: "fits", value: { shape: variables.get(bound) ?? unifier.unknown(), span }, target: own, span });
  }
  for (const term of system.minimized) {
    around = { operands: [term], within: [] };
    add({
      tag: "same",
      left: typed(term),
      right: { shape: scalar, span: term.span },
      rule: "A loss term must be one number",
      span: term.span,
    });
  }
  return { variables, terms, constraints: [...sources.keys()], sources };
};

const constrainMeaning = (
  { meaning, span }: Variable,
  own: Typed,
  typed: (term: Term) => Typed,
  add: (constraint: Constraint) => void,
  variable: (path: string) => Typed,
): void =>
  match<Meaning, void>({
    input: () => {},
    parameter: () => {},
    noise: () => {},
    equation: ({ value }) => add({ tag: "same", left: typed(value), right: own, span: value.span }),
    part: ({ whole, parts, place }) => {
      if (place === 0) add({ tag: "concat", parts: parts.map(variable), result: variable(whole), span });
    },
    random: ({ family, arguments: terms, weight, span: at }) => {
      if (weight !== undefined) {
        const right = { shape: scalar, span: weight.span };
        add({ tag: "same", left: typed(weight), right, rule: "A weight must be one number", span: weight.span });
      }
      const [first, second] = terms.map(typed);
      if (first === undefined) return;
      if (family === "categorical") add({ tag: "onehot", symbol: own, vector: first, span: at });
      else add({ tag: "same", left: first, right: own, rule: "A variable has the shape of its mean", span: at });
      if (second !== undefined) add({ tag: "fits", value: second, target: own, span: at });
    },
  })(meaning);

const shapeOfTerm = (
  term: Term,
  typed: (term: Term) => Typed,
  variables: ReadonlyMap<string, Shape>,
  unifier: Unifier,
  add: (constraint: Constraint) => void,
): Shape => {
  const { span } = term;
  const result: Typed = { shape: unifier.unknown(), span };
  const constrained = (constraint: Constraint): Shape => {
    add(constraint);
    return result.shape;
  };
  switch (term.tag) {
    case "number":
    case "position":
    case "length":
      return scalar;
    case "wrong":
      return result.shape;
    case "read":
      return variables.get(term.path) ?? result.shape;
    case "lookup":
      return constrained({ tag: "lookup", table: typed(term.table), symbol: typed(term.symbol), result, span });
    case "pick":
      add({
        tag: "same",
        left: typed(term.place),
        right: { shape: scalar, span },
        rule: "A position is one number",
        span,
      });
      return typed(term.table).shape;
    case "component": {
      const supposed = supposedSize(term.index);
      return constrained({ tag: "component", table: typed(term.table), result, supposed, span });
    }
    case "unit": {
      const shape = vector(unifier.unknownSize());
      const component: Typed = { shape: scalar, span };
      add({ tag: "component", table: { shape, span }, result: component, supposed: supposedSize(term.index), span });
      return shape;
    }
    case "product": {
      const [left, right] = [typed(term.left), typed(term.right)];
      return constrained({ tag: "product", left, right, result, transposed: term.left.tag === "transpose", span });
    }
    case "transpose":
      return constrained({ tag: "transpose", operand: typed(term.operand), result, span });
    case "concat":
      return constrained({ tag: "concat", parts: term.parts.map(typed), result, span });
    case "compare":
      return constrained({ tag: "compare", left: typed(term.left), right: typed(term.right), result, span });
    case "logic":
      return constrained({ tag: "pointwise", operands: term.operands.map(typed), result, span });
    case "choose": {
      const operands = [term.condition, term.then, term.else].map(typed);
      return constrained({ tag: "pointwise", operands, result, span });
    }
    case "family": {
      const [first, ...others] = term.members.map(typed) as [Typed, ...ReadonlyArray<Typed>];
      for (const right of others)
        add({ tag: "same", left: first, right, rule: "Members that an axis counts have one shape", span });
      return first.shape;
    }
    case "mix": {
      const [mask, next, last] = [term.mask, term.next, term.last].map(typed) as [Typed, Typed, Typed];
      add({ tag: "mix", mask, next, last, span });
      return next.shape;
    }
    case "reduce": {
      const operand = typed(term.operand);
      if (term.axes.length > 0) return constrained({ tag: "pointwise", operands: [operand], result, span });
      add({ tag: "components", operand, ...alongAxes(term), span });
      return term.fn === "softmax" ? operand.shape : scalar;
    }
    case "grad": {
      const rule = "What is differentiated must be one number";
      add({ tag: "same", left: typed(term.of), right: { shape: scalar, span: term.of.span }, rule, span });
      const by = typed(term.by);
      if (term.bounded !== undefined) return variables.get(term.bounded) ?? result.shape;
      return constrained({ tag: "pointwise", operands: [by], result, span });
    }
    case "call":
      return shapeOfCall(term, term.operands.map(typed), result, unifier, add);
  }
};

/** Of a number that varies along axes there is a reduction over each of them. */
const alongAxes = ({ fn, operand }: Extract<Term, { readonly tag: "reduce" }>) => {
  const axes = freeAxes(operand);
  return axes.length === 0 ? {} : { meant: axes.map(({ key }) => `${fn}[${key}](…)`) };
};

const supposedSize = (index: Component): number | undefined =>
  index.tag === "axis" && index.axis.extent.tag === "fixed" && index.by === 0 ? index.axis.extent.size : undefined;

const shapeOfCall = (
  { fn, span }: Extract<Term, { readonly tag: "call" }>,
  operands: ReadonlyArray<Typed>,
  result: Typed,
  unifier: Unifier,
  add: (constraint: Constraint) => void,
): Shape => {
  const [first, second] = operands;
  if (isPointwise(fn) || isCount(fn)) {
    add({ tag: "pointwise", operands, result, span });
    return result.shape;
  }
  switch (fn) {
    case "sumsq":
    case "norm":
      return scalar;
    case "argmax":
      add({ tag: "onehot", symbol: result, vector: first!, span });
      return result.shape;
    case "dot":
      add({ tag: "same", left: first!, right: second!, span });
      add({ tag: "components", operand: first!, span });
      return scalar;
    case "outer":
      add({ tag: "outer", left: first!, right: second!, result, span });
      return result.shape;
    case "onehot": {
      const shape = vector(unifier.unknownSize());
      add({ tag: "onehot", symbol: first!, vector: { shape, span }, span });
      return shape;
    }
  }
};
