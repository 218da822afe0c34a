import type { Interval, MatchResult, Node } from "ohm-js";
import grammar, { type RnnActionDict } from "../../grammar/rnn.ohm-bundle.js";
import type { Span } from "./span.ts";
import type {
  Boundary,
  Definition,
  Expression,
  Import,
  Name,
  NamedArgument,
  Program,
  StaticParameter,
  Type,
  Variable,
} from "./tree.ts";
import { expressionActions, listActions, namedActions, toExpression } from "./tree-expression.ts";
import {
  listOf,
  optional,
  statementActions,
  targetsActions,
  toName,
  toStatements,
  toVariables,
} from "./tree-statement.ts";

/** The tree of a source that the grammar has matched. */
export const toProgram = (file: string, source: string, match: MatchResult): Program => {
  const spanOf = ({ startIdx: start, endIdx: end }: Interval): Span => ({ file, start, end });
  const semantics = grammar
    .createSemantics()
    .addOperation<Expression>("expression", expressionActions(spanOf))
    .addOperation<ReadonlyArray<Expression>>("expressions", listActions)
    .addOperation<ReadonlyArray<NamedArgument>>("named", namedActions(spanOf))
    .addOperation<Name>("name", nameActions(spanOf))
    .addOperation<Variable>("variable", variableActions(spanOf))
    .addOperation<Type>("type", typeActions(spanOf))
    .addOperation<Boundary>("boundary", boundaryActions(spanOf))
    .addOperation("targets", targetsActions)
    .addOperation("statements", statementActions(spanOf))
    .addOperation<StaticParameter>("static", staticActions(spanOf))
    .addOperation<ReadonlyArray<Variable>>("results", resultsActions)
    .addOperation<Import | Definition>("item", itemActions(spanOf))
    .addOperation<ReadonlyArray<Import | Definition>>("program", {
      Program: (items) => items.children.map((item) => item.child(0).item()),
    });
  const items: ReadonlyArray<Import | Definition> = semantics(match).program();
  return {
    imports: items.filter((item): item is Import => !("tag" in item)),
    definitions: items.filter((item): item is Definition => "tag" in item),
    span: { file, start: 0, end: source.length },
  };
};

type Actions<T> = (spanOf: (source: Interval) => Span) => RnnActionDict<T>;

const nameActions: Actions<Name> = (spanOf) => ({
  name: (first, rest) => ({
    text: first.sourceString + rest.sourceString,
    span: spanOf(first.source.coverageWith(rest.source)),
  }),
});

const variableActions: Actions<Variable> = (spanOf) => ({
  Variable(name, _line, indices) {
    return {
      name: toName(name),
      indices: indices.children.flatMap((node) => node.expressions()),
      span: spanOf(this.source),
    };
  },
});

const typeActions: Actions<Type> = (spanOf) => ({
  Annotation: (_colon, type) => type.type(),
  Type_real(_r, _line, sizes) {
    return { tag: "real", sizes: sizes.children.flatMap((node) => node.expressions()), span: spanOf(this.source) };
  },
  Type_position(_position, _line, _open, length, _close) {
    return { tag: "position", length: toExpression(length), span: spanOf(this.source) };
  },
  Type_symbol(_symbol, _line, _open, size, _close) {
    return { tag: "symbol", size: toExpression(size), span: spanOf(this.source) };
  },
});

const boundaryActions: Actions<Boundary> = (spanOf) => ({
  Boundary(variable, _equals, value) {
    return { variable: variable.variable(), value: toExpression(value), span: spanOf(this.source) };
  },
});

const staticActions: Actions<StaticParameter> = (spanOf) => ({
  Static(name, value) {
    return {
      name: toName(name),
      ...optional("default", value, (node) => toExpression(node.child(1))),
      span: spanOf(this.source),
    };
  },
});

const resultsActions: RnnActionDict<ReadonlyArray<Variable>> = {
  Results_several: (_open, variables, _close) => toVariables(variables),
  Results_one: (variable) => [variable.variable()],
};

const itemActions: Actions<Import | Definition> = (spanOf) => ({
  Import(_import, names, _from, from) {
    return {
      names: listOf<Name>("name")(names),
      from: from.sourceString.slice(1, -1),
      fromSpan: spanOf(from.source),
      span: spanOf(this.source),
    };
  },
  Model(head, body) {
    const [, name, statics] = head.children;
    return {
      tag: "model",
      name: toName(name!),
      statics: statics!.children.flatMap(toStatics),
      body: toStatements(body),
      span: spanOf(this.source),
    };
  },
  Cell(head, body) {
    const parts = head.child(0).children;
    const [, name] = parts;
    const [inputs, , results] = parts.slice(-3);
    return {
      tag: "cell",
      name: toName(name!),
      statics: parts.length === 6 ? toStatics(parts[2]!) : [],
      arguments: toVariables(inputs!.child(1)),
      results: results!.results(),
      body: toStatements(body),
      span: spanOf(this.source),
    };
  },
  Function(_cell, name, inputs, _equals, result) {
    return {
      tag: "function",
      name: toName(name),
      arguments: toVariables(inputs.child(1)),
      result: toExpression(result),
      span: spanOf(this.source),
    };
  },
});

const toStatics = (node: Node): ReadonlyArray<StaticParameter> => listOf<StaticParameter>("static")(node.child(1));
