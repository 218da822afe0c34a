import { sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Circuit } from "../../circuit/circuit.ts";
import { copyNode, rebuild } from "../../circuit/rewrite.ts";
import { isGiven } from "./phases.ts";

/**
 * Takes the value at one position of an axis when a pass meets the position, as a maximum that is -Infinity everywhere
 * else: no other value need then be kept for it. The bits are the same.
 */
export const positionsInPassing = (circuit: Circuit, axis: TimeAxis): Circuit =>
  rebuild(circuit, (b, node, inputs) => {
    const { op } = node;
    if (op.tag !== "at" || !sameAxis(op.axis, axis) || isGiven(circuit, node.inputs[0]!))
      return copyNode(b, node, inputs);
    const { position } = op;
    const length = b.length(axis);
    const place =
      position.tag === "fromStart"
        ? b.constant(position.position)
        : position.offset === 0
          ? length
          : b.map("add", length, b.constant(position.offset));
    const nothing = b.constant(Number.NEGATIVE_INFINITY);
    const found = b.maximum([axis], b.map("select", b.map("equal", b.index(axis), place), inputs[0]!, nothing));
    const exists = b.map("and", b.map("lessEqual", b.constant(1), place), b.map("lessEqual", place, length));
    return b.map("select", exists, found, b.constant(0));
  });
