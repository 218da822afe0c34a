import type { TimeAxis } from "../../circuit/axis.ts";
import type { Position } from "../../circuit/circuit.ts";
import type { Expression } from "../../syntax/tree.ts";
import { lookUp, type Scope, type Slot } from "../scope.ts";
import { staticNumber, staticValue } from "../static.ts";
import type { Component } from "../system.ts";

/** What an index says: an axis plus a static offset, a constant position, or `_`. */
export type Index =
  | { readonly tag: "shift"; readonly axis: TimeAxis; readonly by: number }
  | { readonly tag: "position"; readonly position: Position; readonly length?: TimeAxis }
  | { readonly tag: "outside" };

/** Reads an index; undefined if it is none of these. In a reversed slot positions count from the end. */
export const indexOf = (scope: Scope, expression: Expression, slot: Slot): Index | undefined => {
  if (expression.tag === "name" && expression.text === "_") return { tag: "outside" };
  const position = staticNumber(scope, expression);
  if (position !== undefined)
    return Number.isSafeInteger(position) ? { tag: "position", position: fromStart(position, slot) } : undefined;
  const { name, offset } = nameWithOffset(scope, expression) ?? {};
  if (name === undefined || offset === undefined || !Number.isSafeInteger(offset)) return undefined;
  const entity = lookUp(scope, name);
  if (entity?.tag === "axis")
    return { tag: "shift", axis: entity.axis, by: avoidMinusZero(entity.reversed ? offset : -offset) };
  if (entity?.tag === "length") return { tag: "position", position: fromEnd(offset, slot), length: entity.axis };
  return undefined;
};

/** `t`, `t - 1`, `t + k`, `k + t`. */
const nameWithOffset = (
  scope: Scope,
  expression: Expression,
): { readonly name: string; readonly offset: number } | undefined => {
  if (expression.tag === "name") return { name: expression.text, offset: 0 };
  if (expression.tag !== "binary") return undefined;
  const { operator, left, right } = expression;
  if (operator !== "+" && operator !== "-") return undefined;
  const [moved, by] =
    operator === "+" && staticNumber(scope, left) !== undefined
      ? [right, staticNumber(scope, left)]
      : [left, staticNumber(scope, right)];
  const inner = by === undefined ? undefined : nameWithOffset(scope, moved);
  if (inner === undefined || by === undefined) return undefined;
  return { name: inner.name, offset: operator === "+" ? inner.offset + by : inner.offset - by };
};

/** Which component an expression says when compiling: a number, or an axis plus one. */
export const componentOf = (scope: Scope, expression: Expression): Component | undefined => {
  const { span } = expression;
  const known = staticValue(scope, expression);
  if (known?.tag === "number") return { tag: "number", value: known.value, origins: known.origins ?? [], span };
  const { name, offset } = nameWithOffset(scope, expression) ?? {};
  const entity = name === undefined ? undefined : lookUp(scope, name);
  if (entity?.tag !== "axis" || offset === undefined) return undefined;
  const { axis, reversed } = entity;
  return { tag: "axis", axis, reversed, by: offset, span };
};

// Counted from the end, position n of 1..T is T + 1 - n.
const fromStart = (position: number, slot: Slot): Position =>
  slot === "reversed" ? { tag: "fromEnd", offset: 1 - position } : { tag: "fromStart", position };

const fromEnd = (offset: number, slot: Slot): Position =>
  slot === "reversed" ? { tag: "fromStart", position: 1 - offset } : { tag: "fromEnd", offset: avoidMinusZero(offset) };

const avoidMinusZero = (n: number): number => n + 0;

/** Positions of a fixed axis from its start, so that equal positions are equal data. */
export const normalPosition = (axis: TimeAxis, position: Position): Position =>
  position.tag === "fromEnd" && axis.extent.tag === "fixed"
    ? { tag: "fromStart", position: axis.extent.size + position.offset }
    : position;

/** Whether a position can lie in 1..T. */
export const isInside = (axis: TimeAxis, position: Position): boolean =>
  position.tag === "fromEnd"
    ? position.offset <= 0
    : position.position >= 1 && (axis.extent.tag !== "fixed" || position.position <= axis.extent.size);

export const showPosition = (axis: TimeAxis, position: Position): string => {
  if (position.tag === "fromStart") return String(position.position);
  const length = axis.extent.tag === "length" ? axis.extent.name : String(axis.extent.size);
  if (position.offset === 0) return length;
  return position.offset > 0 ? `${length}+${position.offset}` : `${length}-${-position.offset}`;
};

export const showIndex = (index: Index): string => {
  if (index.tag === "outside") return "_";
  if (index.tag === "shift") return index.axis.key;
  const { position, length } = index;
  if (position.tag === "fromStart") return String(position.position);
  return length === undefined ? `end+${position.offset}` : showPosition(length, position);
};
