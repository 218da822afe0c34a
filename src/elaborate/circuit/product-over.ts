import {
  type Axis,
  type FeatureAxis,
  featureAxis,
  hasAxis,
  lengthAxes,
  raggedOver,
  type TimeAxis,
  unionAxes,
  withoutAxes,
} from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { mayBeEmpty } from "../../circuit/empty.ts";

/**
 * The product of a value over axes, written out as multiplications: so its derivatives are those of products, right where
 * factors are 0, to every order. A ragged axis goes before those that its length stands over.
 */
export const productOver = (b: Builder, over: ReadonlyArray<Axis>, x: NodeId): NodeId => {
  const axis = over.find((candidate) => raggedOver(over, candidate).length === 0);
  if (axis === undefined) return x;
  const along = axis.tag === "feature" ? ofComponents(b, axis, x) : axis.tag === "time" ? ofPositions(b, axis, x) : x;
  return productOver(b, withoutAxes(over, [axis]), along);
};

/** One half times the other, again and again: as many nodes as the size has binary digits. */
const ofComponents = (b: Builder, axis: FeatureAxis, x: NodeId): NodeId => {
  if (!hasAxis(b.node(x).axes, axis)) return b.map("pow", x, b.constant(axis.size));
  if (axis.size === 1) return b.sum([axis], x);
  const size = Math.floor(axis.size / 2);
  const part = (from: number, many: number): NodeId => b.slice(axis, from, many, x);
  const halves = ofComponents(b, featureAxis(axis.slot, size), b.map("mul", part(0, size), part(size, size)));
  if (axis.size % 2 === 0) return halves;
  return b.map("mul", halves, b.sum([featureAxis(axis.slot, 1)], part(axis.size - 1, 1)));
};

/** What has been multiplied up to each position, at the last one; of no position it is 1. */
const ofPositions = (b: Builder, axis: TimeAxis, x: NodeId): NodeId => {
  const one = b.constant(1);
  const before = b.feedback(axis, 1, one, unionAxes(b.node(x).axes, [axis], lengthAxes(axis)));
  const sofar = b.map("mul", before, x);
  b.tie(before, sofar);
  const last = b.at(axis, { tag: "fromEnd", offset: 0 }, sofar);
  return mayBeEmpty(axis) ? b.map("select", b.map("less", b.constant(0), b.length(axis)), last, one) : last;
};
