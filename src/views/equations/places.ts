import { type Axis, type FeatureAxis, sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { NodeId, Op, Position } from "../../circuit/circuit.ts";
import { number, offset } from "../../syntax/make.ts";
import type { Expression } from "../../syntax/tree.ts";

/** Where a value is read along one of its axes: `by` positions after `axis`, at one position, or as another component. */
export type ReadPlace =
  | { readonly tag: "shift"; readonly axis: TimeAxis; readonly by: number }
  | { readonly tag: "at"; readonly axis: TimeAxis; readonly position: Position }
  /** At a computed position: `pick` is the node that names it. */
  | { readonly tag: "computed"; readonly axis: TimeAxis; readonly pick: NodeId; readonly index: Expression }
  | { readonly tag: "component"; readonly axis: FeatureAxis };

/** By axis key; along an axis that is not named, a value is read where the equation stands. */
export type Where = ReadonlyMap<string, ReadPlace>;

export const here: Where = new Map();

export const placeOf = (where: Where, axis: Axis): ReadPlace | undefined =>
  where.get(axis.key) ??
  (axis.tag === "time"
    ? { tag: "shift", axis, by: 0 }
    : axis.tag === "feature"
      ? { tag: "component", axis }
      : undefined);

export const moved = (where: Where, axis: Axis, place: ReadPlace | undefined): Where =>
  place === undefined ? where : new Map([...where, [axis.key, place]]);

/** The component under which a feature axis of an operand is known outside. */
export const labelOf = (where: Where, axis: FeatureAxis): FeatureAxis => {
  const place = placeOf(where, axis);
  return place?.tag === "component" ? place.axis : axis;
};

/** Where the operand of a renaming is read. */
export const renamed = (where: Where, { renames }: Extract<Op, { readonly tag: "rename" }>): Where =>
  renames.reduce((soFar, [from, to]) => moved(soFar, from, placeOf(where, to)), where);

/** Where a delayed value is read. From a position near an end it may be outside, or depend on the length. */
export const shifted = (where: Where, axis: TimeAxis, by: number, strict: boolean): Where | "outside" | "unknown" => {
  const place = placeOf(where, axis);
  if (place?.tag === "shift") return moved(where, axis, { ...place, by: place.by - by });
  if (place?.tag !== "at") return "unknown";
  const { position } = place;
  if (position.tag === "fromStart") {
    if (by < 0 && strict) return "unknown";
    if (position.position <= by) return "outside";
    return moved(where, axis, { ...place, position: { tag: "fromStart", position: position.position - by } });
  }
  if (by > 0 && strict) return "unknown";
  if (position.offset - by > 0) return "outside";
  return moved(where, axis, { ...place, position: { tag: "fromEnd", offset: position.offset - by } });
};

/** Whether something else is read along an axis that is about to be summed over. */
export const captures = (where: Where, axis: TimeAxis): boolean =>
  [...where].some(([key, place]) => key !== axis.key && place.tag === "shift" && sameAxis(place.axis, axis));

/** Whether a value is read along an axis, and along no other as if it were this one: `softmax[t](…)` may stand. */
export const isHere = (where: Where, axis: Axis): boolean => {
  if (axis.tag !== "time") return true;
  const place = placeOf(where, axis);
  return place?.tag === "shift" && sameAxis(place.axis, axis) && place.by === 0 && !captures(where, axis);
};

/** What stands between the brackets: `t-1`, `T`, `3`. */
export const indexOf = (place: ReadPlace): Expression => {
  if (place.tag === "shift") return offset(place.axis.key, place.by);
  if (place.tag === "computed") return place.index;
  return place.tag === "at" ? positionIn(place.axis, place.position) : number(0);
};

const positionIn = (axis: TimeAxis, position: Position): Expression =>
  position.tag === "fromStart" ? number(position.position) : fromEnd(axis, position.offset);

export const fromEnd = ({ extent }: TimeAxis, by: number): Expression =>
  extent.tag === "fixed" ? number(extent.size + by) : offset(extent.name, by);

export const placeKey = (where: Where, axis: Axis): string => JSON.stringify(placeOf(where, axis) ?? null);
