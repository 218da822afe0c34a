import { hasAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Statement, Summand } from "../../schedule/statements/statement.ts";
import { binary, concat, index, name, number, offset } from "../../syntax/make.ts";
import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import { minus, product } from "../equations/expressions.ts";
import { expressionOf, lengthText, mapExpression, moved, type Shown, standing, summed } from "./expression.ts";

/** What a statement computes, as an equation: `a[t] = b + v7[t]`. */
export const formulaOf = (shown: Shown, statement: Statement): string => {
  const { circuit } = shown;
  const read = (id: NodeId): Expression => expressionOf(shown, id);
  const equation = (value: Expression, left: Expression): string =>
    `${printExpression(left)} = ${printExpression(value)}`;
  switch (statement.tag) {
    case "point": {
      const { op, inputs } = nodeAt(circuit, statement.node);
      const left = standing(shown, statement.node);
      if (op.tag === "map") return equation(mapExpression(op.fn, inputs.map(read)), left);
      if (op.tag === "delay") {
        const source = expressionOf(shown, inputs[1]!, moved(new Map(), op.axis, op.by));
        return `${equation(source, left)}, or ${printExpression(read(inputs[0]!))} outside`;
      }
      if (op.tag !== "at") return printExpression(left);
      const place =
        op.position.tag === "fromStart"
          ? number(op.position.position)
          : offset(lengthText(op.axis), op.position.offset);
      return equation(expressionOf(shown, inputs[0]!, new Map([[op.axis.key, place]])), left);
    }
    case "lookup":
      return equation(summandOf(shown, statement), standing(shown, statement.node));
    case "reduction":
      return equation(
        summed(statement.fn, statement.over, summandOf(shown, statement)),
        standing(shown, statement.node),
      );
    case "scatter": {
      const target = index(standing(shown, statement.node), [read(statement.symbol)]);
      return `${printExpression(target)} += ${printExpression(summed("sum", statement.over, summandOf(shown, statement)))}`;
    }
    case "product": {
      const value = product(read(statement.left), read(statement.right));
      const over = statement.over.filter(({ tag }) => tag !== "feature");
      return equation(over.length === 0 ? value : summed("sum", over, value), standing(shown, statement.node));
    }
    case "concat":
      return equation(concat(nodeAt(circuit, statement.node).inputs.map(read)), standing(shown, statement.node));
    case "boundary": {
      const { source, axis, front, frontValue, back, backValue } = statement.pad;
      const at = (place: Expression, value: NodeId | undefined): ReadonlyArray<string> =>
        value === undefined ? [] : [equation(read(value), standing(shown, source, new Map([[axis.key, place]])))];
      const end = lengthText(axis);
      return [
        ...Array.from({ length: front }, (_, i) => at(minus(number(0), number(i)), frontValue)).flat(),
        ...Array.from({ length: back }, (_, i) => at(offset(end, i + 1), backValue)).flat(),
      ].join(", ");
    }
    case "result": {
      const { output } = statement;
      const indices = output.axes.flatMap(({ tag, key }) => (tag === "time" ? [name(key)] : []));
      return equation(read(output.node), index(name(output.name), indices));
    }
  }
};

/** The product of the factors, each at the rows that symbols pick. */
const summandOf = (shown: Shown, { factors, lookups }: Summand): Expression => {
  const { nodes } = shown.circuit;
  const parts = factors.map((factor) => {
    const picks = lookups.filter(({ axis }) => hasAxis(nodeAt({ nodes }, factor).axes, axis));
    const value = expressionOf(shown, factor);
    return index(
      value,
      picks.map(({ symbol }) => expressionOf(shown, symbol)),
    );
  });
  return parts.length === 0 ? number(1) : parts.reduce((left, right) => binary("*", left, right));
};
