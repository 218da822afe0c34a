import { unionAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { anything, nothing } from "../../circuit/ranges/range.ts";
import { rangesOf } from "../../circuit/ranges/ranges.ts";
import { wildSlopes } from "../../circuit/ranges/slopes.ts";
import { activeNodes } from "../../transform/active.ts";
import { guardsOf } from "../../transform/guards.ts";

/**
 * The operations in whose gradient zero must be made to absorb: where a slope may be infinite or no number, and those that
 * such a slope's gradient reaches, unless it is one only where an axis has no positions: then the loss is no number either.
 */
export const absorbingNodes = (circuit: Circuit): ReadonlySet<NodeId> => {
  const loss = circuit.outputs.find(({ role }) => role === "loss")?.node;
  if (loss === undefined) return new Set();
  const active = activeNodes(circuit, loss, ({ tag }) => tag === "parameter");
  const guardOf = guardsOf(circuit, new Set());
  const { at } = rangesOf(circuit);
  const all = unionAxes(...circuit.nodes.map(({ axes }) => axes));
  const operandsOf = (id: NodeId): ReadonlyArray<readonly [input: NodeId, place: number]> =>
    nodeAt(circuit, id).inputs.flatMap((input, i) => (active.has(input) ? [[input, i] as const] : []));
  const isWild = (id: NodeId, place: number): boolean => {
    const { op, inputs } = nodeAt(circuit, id);
    if (op.tag !== "map") return false;
    const [x = nothing, z = x] = inputs.map((input) => at(input, all));
    return wildSlopes[op.fn][place]!(x, z, at(id, all));
  };

  const reached = new Set<NodeId>();
  for (let before = -1; before !== reached.size; ) {
    before = reached.size;
    for (const id of active)
      for (const [input, place] of operandsOf(id)) if (reached.has(id) || isWild(id, place)) reached.add(input);
  }
  const hasWildSlope = (id: NodeId): boolean =>
    operandsOf(id).some(([, place]) => {
      const guard = guardOf(id, place);
      return guard.absorbs || guard.singular !== undefined;
    });
  return new Set(
    [...active].filter(
      (id) => hasSlope(circuit, id) && (reached.has(id) || isPowerOfValue(circuit, id) || hasWildSlope(id)),
    ),
  );
};

/** Whether gradients are multiplied by a slope, and not given on as they are or dropped. */
const hasSlope = (circuit: Circuit, id: NodeId): boolean => {
  const { op } = nodeAt(circuit, id);
  return op.tag === "map" && wildSlopes[op.fn].some((slope) => slope(anything, anything, anything));
};

/** A power whose exponent is no number: it has a slope of its own. */
const isPowerOfValue = (circuit: Circuit, id: NodeId): boolean => {
  const { op, inputs } = nodeAt(circuit, id);
  return op.tag === "map" && op.fn === "pow" && nodeAt(circuit, inputs[1]!).op.tag !== "constant";
};
