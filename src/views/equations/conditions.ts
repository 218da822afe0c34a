import type { NodeId, Position } from "../../circuit/circuit.ts";
import { binary, number } from "../../syntax/make.ts";
import type { BinaryOperator, Expression } from "../../syntax/tree.ts";
import { not } from "./expressions.ts";
import { placeOf, type Where } from "./places.ts";
import { constantOf, isNamed, nodeOf, operandsOf, type Reading } from "./reading.ts";

/** A truth value where a condition stands. */
export const readCondition = (reading: Reading, id: NodeId, where: Where): Expression => {
  const { op, inputs } = nodeOf(reading, id);
  const value = (place: number): Expression => reading.read(inputs[place]!, where).expression;
  const condition = (place: number): Expression => readCondition(reading, inputs[place]!, where);
  if (!isNamed(reading, id, where) && op.tag === "map") {
    const operator = comparisons[op.fn];
    if (operator !== undefined) return binary(operator, value(0), value(1));
    if (op.fn === "and" || op.fn === "or") return binary(op.fn, condition(0), condition(1));
    const equal = op.fn === "not" ? operandsOf(reading, inputs[0]!, "equal") : undefined;
    if (equal !== undefined && !isNamed(reading, inputs[0]!, where)) {
      const [left, right] = equal.map((operand) => reading.read(operand, where).expression);
      return binary("!=", left!, right!);
    }
    if (op.fn === "not") return not(condition(0));
  }
  return binary("!=", reading.read(id, where).expression, number(0));
};

export const isComparison = (fn: string): boolean => fn in comparisons || fn === "and" || fn === "or" || fn === "not";

const comparisons: Readonly<Record<string, BinaryOperator>> = { less: "<", lessEqual: "<=", equal: "==" };

/** Whether a condition is known where all is read at one position: `t == 1` of what stands before the first. */
export const decided = (reading: Reading, id: NodeId, where: Where): boolean | undefined => {
  const [left, right] = (operandsOf(reading, id, "equal") ?? []).map((operand) => positionOf(reading, operand, where));
  if (left === undefined || right === undefined || left.tag !== right.tag) return undefined;
  return JSON.stringify(left) === JSON.stringify(right);
};

const positionOf = (reading: Reading, id: NodeId, where: Where): Position | undefined => {
  const { op } = nodeOf(reading, id);
  if (op.tag === "constant") return { tag: "fromStart", position: op.value };
  if (op.tag === "length") return { tag: "fromEnd", offset: 0 };
  if (op.tag === "index") {
    const place = placeOf(where, op.axis);
    return place?.tag === "at" ? place.position : undefined;
  }
  const [length, by] = operandsOf(reading, id, "add") ?? [];
  const offset = by === undefined ? undefined : constantOf(reading, by);
  const isLength = length !== undefined && nodeOf(reading, length).op.tag === "length";
  return isLength && offset !== undefined ? { tag: "fromEnd", offset } : undefined;
};
