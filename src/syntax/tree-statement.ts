import type { Interval, Node } from "ohm-js";
import type { RnnActionDict } from "../../grammar/rnn.ohm-bundle.js";
import type { Span } from "./span.ts";
import type { Boundary, Expression, Name, Statement, Type, Variable } from "./tree.ts";
import { toExpression } from "./tree-expression.ts";

/** How each rule for a statement becomes a tree. `output y[t] ~ …` says two things at once, so a rule gives a list. */
export const statementActions = (spanOf: (source: Interval) => Span): RnnActionDict<ReadonlyArray<Statement>> => ({
  Statement: (statement, _end) => toStatements(statement),
  Body: (_open, statements, _close) => statements.children.flatMap(toStatements),
  Axis(_axis, name, _in, range, until) {
    return [
      {
        tag: "axis",
        name: toName(name),
        ...toRange(range),
        ...optional("until", until, (node) => toExpression(node.child(1))),
        span: spanOf(this.source),
      },
    ];
  },
  Input(_input, variables, type) {
    const span = spanOf(this.source);
    return [{ tag: "input", variables: toVariables(variables), ...optional("type", type, toType), span }];
  },
  Param(_param, names, type, initialiser) {
    return [
      {
        tag: "param",
        isFixed: false,
        names: toVariables(names),
        ...optional("type", type, toType),
        ...optional("initialiser", initialiser, (node) => toExpression(node.child(1))),
        span: spanOf(this.source),
      },
    ];
  },
  Fixed(_fixed, _line, names, type, initialiser) {
    return [
      {
        tag: "param",
        isFixed: true,
        names: toVariables(names),
        ...optional("type", type, toType),
        ...optional("initialiser", initialiser, (node) => toExpression(node.child(1))),
        span: spanOf(this.source),
      },
    ];
  },
  Noise_typed(_noise, variables, type, _tilde, distribution) {
    return [
      {
        tag: "noise",
        variables: toVariables(variables),
        type: toType(type),
        distribution: toExpression(distribution),
        span: spanOf(this.source),
      },
    ];
  },
  Noise_plain(_noise, variables, _colon, distribution) {
    return [
      {
        tag: "noise",
        variables: toVariables(variables),
        distribution: toExpression(distribution),
        span: spanOf(this.source),
      },
    ];
  },
  Let(_let, name, _equals, value) {
    return [{ tag: "let", name: toName(name), value: toExpression(value), span: spanOf(this.source) }];
  },
  For(head, body) {
    const [, index, , range] = head.children;
    return [
      {
        tag: "for",
        index: toName(index!),
        ...toRange(range!),
        body: toStatements(body),
        span: spanOf(this.source),
      },
    ];
  },
  Minimize(_minimize, value) {
    return [{ tag: "minimize", value: toExpression(value), span: spanOf(this.source) }];
  },
  Output_defined(_output, definition) {
    const span = spanOf(this.source);
    return toStatements(definition).flatMap((statement): ReadonlyArray<Statement> => {
      if (statement.tag === "equation") return [{ ...statement, output: true, span }];
      if (statement.tag !== "random") return [statement];
      return [
        { ...statement, span },
        { tag: "output", variables: [statement.variable], span },
      ];
    });
  },
  Output_list(_output, variables) {
    return [{ tag: "output", variables: toVariables(variables), span: spanOf(this.source) }];
  },
  Random_weighted(variable, type, _tilde, distribution, _line, weight) {
    return [
      {
        tag: "random",
        variable: toVariable(variable),
        ...optional("type", type, toType),
        distribution: toExpression(distribution),
        weight: toExpression(weight.child(2)),
        span: spanOf(this.source),
      },
    ];
  },
  Random_plain(variable, type, _tilde, distribution) {
    return [
      {
        tag: "random",
        variable: toVariable(variable),
        ...optional("type", type, toType),
        distribution: toExpression(distribution),
        span: spanOf(this.source),
      },
    ];
  },
  Equation_when(targets, _equals, value, _when, mask, _reset, ending, boundaries) {
    const when = toExpression(mask);
    const reset = optional("reset", ending, toExpression);
    return [equation(targets, value, boundaries, spanOf(this.source), { when, ...reset })];
  },
  Equation_reset(targets, _equals, value, _reset, ending, boundaries) {
    return [equation(targets, value, boundaries, spanOf(this.source), { reset: toExpression(ending) })];
  },
  Equation_plain(targets, _equals, value, boundaries) {
    return [equation(targets, value, boundaries, spanOf(this.source), {})];
  },
});

export const targetsActions: RnnActionDict<Targets> = {
  Targets_single: (variable, type) => ({
    form: "single",
    targets: [toVariable(variable)],
    ...optional("type", type, toType),
  }),
  Targets_split: (_open, variables, _close) => ({ form: "split", targets: toVariables(variables) }),
  Targets_results: (_open, variables, _close) => ({ form: "results", targets: toVariables(variables) }),
};

const equation = (
  targets: Node,
  value: Node,
  boundaries: Node,
  span: Span,
  gates: Pick<Extract<Statement, { tag: "equation" }>, "when" | "reset">,
): Statement => ({
  tag: "equation",
  output: false,
  ...targets.targets(),
  value: toExpression(value),
  ...gates,
  with: boundaries.children.flatMap((node) => listOf<Boundary>("boundary")(node.child(1))),
  span,
});

type Targets = Pick<Extract<Statement, { tag: "equation" }>, "form" | "targets" | "type">;

export const toStatements = (node: Node): ReadonlyArray<Statement> => node.statements();
export const toName = (node: Node): Name => node.name();
const toVariable = (node: Node): Variable => node.variable();

/** The elements of a `ListOf`, by the operation of that name. */
export const listOf =
  <T>(operation: string) =>
  (list: Node): ReadonlyArray<T> =>
    list.asIteration().children.map((node): T => node[operation]());

export const toVariables = listOf<Variable>("variable");

const toType = (node: Node): Type => node.type();

const toRange = (node: Node): { readonly lower: Expression; readonly upper: Expression } => ({
  lower: toExpression(node.child(0)),
  upper: toExpression(node.child(2)),
});

/** A property that is absent when the optional part of a rule is. */
export const optional = <K extends string, V>(
  key: K,
  part: Node,
  read: (node: Node) => V,
): { readonly [P in K]?: V } => {
  const node = part.children[0];
  return (node === undefined ? {} : { [key]: read(node) }) as { readonly [P in K]?: V };
};
