import { type Axis, hasAxis, raggedOver, sameAxis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { isRagged } from "../../loops/size.ts";
import type { Pad } from "./statement.ts";

/** Delays that are read in place, as shifted views of their sources, and the rows that must stand beside those. */
export interface Views {
  readonly views: ReadonlySet<NodeId>;
  readonly pads: ReadonlyMap<NodeId, Pad>;
}

/**
 * A delay becomes a view when its source stands in a buffer and what lies outside 1..T can be written beside it: before
 * the first position always, after the last only where that is the same for every example, or zero like the padding.
 * An axis ragged over the delayed one may reach less far at the other position, so such a delay is copied.
 */
export const delayViews = (
  circuit: Circuit,
  delays: Iterable<NodeId>,
  isStored: (id: NodeId) => boolean,
  isClean: (id: NodeId, axis: Axis) => boolean,
): Views => {
  const node = (id: NodeId): Node => nodeAt(circuit, id);
  const pads = new Map<NodeId, Pad>();
  const views = new Set<NodeId>();
  for (const id of delays) {
    const { op, inputs, axes } = node(id);
    const [boundary, source] = [inputs[0]!, inputs[1]!];
    const from = node(source);
    if (op.tag !== "delay" || !isStored(source) || !hasAxis(from.axes, op.axis)) continue;
    const isOutermost = from.op.tag !== "input" || sameAxis(from.axes[0]!, op.axis);
    const sameAxes = axes.length === from.axes.length && !hasAxis(node(boundary).axes, op.axis);
    const isEven = raggedOver(axes, op.axis).length === 0;
    const { op: outside } = node(boundary);
    const isZero = outside.tag === "constant" && outside.value === 0;
    const fitsAfter = op.by > 0 || !isRagged(op.axis) || (isZero && isClean(source, op.axis));
    const pad = pads.get(source) ?? emptyPad(source, op.axis);
    const agreed = op.by > 0 ? pad.frontValue : pad.backValue;
    const agrees = sameAxis(pad.axis, op.axis) && (agreed === undefined || agreed === boundary);
    if (!isOutermost || !isEven || !sameAxes || !fitsAfter || !agrees) continue;
    if (needs(circuit, boundary, source, op.axis)) continue;
    views.add(id);
    pads.set(
      source,
      op.by > 0
        ? { ...pad, front: Math.max(pad.front, op.by), frontValue: boundary }
        : { ...pad, back: Math.max(pad.back, -op.by), backValue: boundary },
    );
  }
  return { views, pads };
};

const emptyPad = (source: NodeId, axis: Pad["axis"]): Pad => ({
  source,
  axis,
  front: 0,
  back: 0,
  frontValue: undefined,
  backValue: undefined,
});

/**
 * Whether a boundary is computed from what is delayed, in the same turn of the loops around: written beside it before its
 * loop, as other ends of it are, it would come before itself.
 */
const needs = (circuit: Circuit, boundary: NodeId, source: NodeId, axis: Axis): boolean => {
  const seen = new Set([boundary]);
  for (const id of seen) {
    const { op, inputs } = nodeAt(circuit, id);
    if (op.tag !== "delay" || sameAxis(op.axis, axis)) for (const input of inputs) seen.add(input);
  }
  return seen.has(source);
};
