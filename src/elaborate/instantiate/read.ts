import { type Extent, sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Span } from "../../syntax/span.ts";
import type { Expression } from "../../syntax/tree.ts";
import { limits } from "../limits.ts";
import { axesIn, lookUp, type Slot, type VariableEntity } from "../scope.ts";
import { staticNumber } from "../static.ts";
import type { Component, IndexPlace, Term } from "../system.ts";
import { computedPlace, type Placed, pickedAt } from "./computed.ts";
import type { Context } from "./context.ts";
import { componentOf, indexOf, normalPosition } from "./position.ts";

/** Resolves an expression; given from outside because indices and expressions contain each other. */
export type Elaborate = (context: Context, expression: Expression) => Term;

/** `h[t-1]`, `z[l,t]`, `h[T]`, `x[2*i]`: a variable at an index. */
export const readVariable = (
  context: Context,
  entity: VariableEntity,
  indices: ReadonlyArray<Expression>,
  span: Span,
  elaborate: Elaborate,
): Term => {
  const { slots, name } = entity;
  const { report } = context.assembly;
  if (indices.length !== slots.length) {
    report({ tag: "indexCount", span, name, expected: slots.length, found: indices.length });
    return { tag: "wrong", span };
  }
  const counted = countedSlot(context, entity, indices);
  if (counted !== undefined) return readFamily(context, entity, indices, counted, span, elaborate);
  const path = memberPath(context, entity, indices, span);
  const header = path === undefined ? undefined : context.assembly.header(path);
  if (header === undefined) return { tag: "wrong", span };
  const written = slots.filter((slot) => slot !== "static").length;
  const riding = header.axes.slice(0, header.axes.length - written);
  const own = header.axes.slice(header.axes.length - written);
  const places = indices
    .flatMap((index, i) => (slots[i] === "static" ? [] : [{ index, slot: slots[i]! }]))
    .map(({ index, slot }, i) => placeOf(context, name, own[i]!, index, slot, elaborate));
  const corners = places.reduce((product, placed) => product * Math.max(1, distanceOf(placed)), 1);
  if (corners > limits.distance) {
    report({
      tag: "tooLarge",
      span,
      what: "The distance of this reading, over all its axes,",
      size: corners,
      limit: limits.distance,
    });
    return { tag: "wrong", span };
  }
  if (!places.every((place) => place !== undefined)) return { tag: "wrong", span };
  const around = riding.map(here);
  return pickedAt((all) => ({ tag: "read", path: header.path, places: [...around, ...all], span }), name, places);
};

interface Counted {
  readonly slot: number;
  readonly index: Extract<Component, { readonly tag: "axis" }>;
  readonly size: number;
}

/** The first index of a family that is an axis of static size. */
const countedSlot = (
  { scope }: Context,
  { slots }: VariableEntity,
  indices: ReadonlyArray<Expression>,
): Counted | undefined =>
  indices
    .flatMap((expression, slot): ReadonlyArray<Counted> => {
      const index = slots[slot] === "static" ? componentOf(scope, expression) : undefined;
      return index?.tag === "axis" && index.axis.extent.tag === "fixed"
        ? [{ slot, index, size: index.axis.extent.size }]
        : [];
    })
    .at(0);

/** `z[k,t]`: at each position of `k` another member. The first that does not exist is told. */
const readFamily = (
  context: Context,
  entity: VariableEntity,
  indices: ReadonlyArray<Expression>,
  { slot, index, size }: Counted,
  span: Span,
  elaborate: Elaborate,
): Term => {
  const members: Term[] = [];
  for (let position = 1; position <= size; position += 1) {
    const value = (index.reversed ? size + 1 - position : position) + index.by;
    const at = indices.with(slot, { tag: "number", value, span: index.span });
    const member = readVariable(context, entity, at, span, elaborate);
    if (member.tag === "wrong") return member;
    members.push(member);
  }
  return { tag: "family", axis: index.axis, members, span };
};

const here = (axis: TimeAxis): IndexPlace => ({ tag: "shift", axis, by: 0 });

const distanceOf = (placed: Placed | undefined): number =>
  placed?.tag === "place" && placed.place.tag === "shift" ? Math.abs(placed.place.by) : 0;

const memberPath = (
  { scope, assembly }: Context,
  { slots, prefix, name }: VariableEntity,
  indices: ReadonlyArray<Expression>,
  span: Span,
): string | undefined => {
  const members = indices.flatMap((index, i) => (slots[i] === "static" ? [staticNumber(scope, index)] : []));
  if (members.length === 0) return prefix;
  if (!members.every((member) => member !== undefined)) {
    assembly.report({ tag: "notStatic", span, expected: "The index of a family" });
    return undefined;
  }
  const path = [prefix, ...members].join(".");
  if (assembly.header(path) === undefined)
    assembly.report({ tag: "unknownName", span, name: `${name}[${members.join(", ")}]`, known: [] });
  return path;
};

/** Where a variable over `own` is read; another axis must have the same extent. */
const placeOf = (
  context: Context,
  name: string,
  own: TimeAxis,
  expression: Expression,
  slot: Slot,
  elaborate: Elaborate,
): Placed | undefined => {
  const { scope, assembly } = context;
  const index = indexOf(scope, expression, slot);
  const isUnknown = expression.tag === "name" && lookUp(scope, expression.text) === undefined;
  if (index?.tag === "outside" || (index === undefined && isUnknown)) {
    assembly.report({ tag: "notAnIndex", span: expression.span, known: axesIn(scope) });
    return undefined;
  }
  if (index === undefined) return placeComputed(context, name, own, expression, slot, elaborate);
  const axis = index.tag === "shift" ? index.axis : index.length;
  if (axis !== undefined && !sameExtent(own, axis)) {
    assembly.report({ tag: "otherExtent", span: expression.span, axis: axis.key, own: own.key, name });
    return undefined;
  }
  const place = index.tag === "shift" ? index : ({ tag: "at", position: normalPosition(own, index.position) } as const);
  return { tag: "place", place };
};

/** In a cell that runs backward positions are counted from the end. */
const placeComputed = (
  context: Context,
  name: string,
  own: TimeAxis,
  expression: Expression,
  slot: Slot,
  elaborate: Elaborate,
): Placed | undefined => {
  const { span } = expression;
  const place = elaborate(context, expression);
  const found = computedPlace(own, slot === "reversed" ? fromTheEnd(own, place, span) : place);
  if (found === undefined && place.tag !== "wrong") context.assembly.report({ tag: "notAPosition", span, name });
  return found;
};

const fromTheEnd = (axis: TimeAxis, place: Term, span: Span): Term => {
  const end: Term = { tag: "length", axis, span };
  const after: Term = { tag: "call", fn: "add", operands: [end, { tag: "number", value: 1, span }], span };
  return { tag: "call", fn: "sub", operands: [after, place], span };
};

/** Axes of the same length by name, or of the same fixed size, have the same positions. */
const sameExtent = (a: TimeAxis, b: TimeAxis): boolean => sameAxis(a, b) || extentKey(a.extent) === extentKey(b.extent);

const extentKey = (extent: Extent): string =>
  extent.tag === "fixed" ? String(extent.size) : `${extent.name}[${extent.over.map(({ key }) => key).join()}]`;
