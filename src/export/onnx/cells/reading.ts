import { sameAxis } from "../../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import type { Cell } from "../recognise/cell.ts";

/** The reads of a cell's last memory: all that an operation of ONNX tells of it. */
export const lastReads = (circuit: Circuit, { loop, memory }: Cell): ReadonlySet<NodeId> =>
  new Set(
    circuit.nodes.flatMap(({ op, inputs }, id) => {
      if (memory === undefined || op.tag !== "at" || inputs[0] !== memory.state || !sameAxis(op.axis, loop.axis))
        return [];
      const isLast = loop.descending
        ? op.position.tag === "fromStart" && op.position.position === 1
        : op.position.tag === "fromEnd" && op.position.offset === 0;
      return isLast ? [id] : [];
    }),
  );

/**
 * Whether all that is read of a recurrence from outside can be told from the states that are seen: these themselves, what is
 * made of them once more, and the last memory.
 */
export const tellsEnough = (circuit: Circuit, cell: Cell): boolean => {
  const { loop, memory, state } = cell;
  const last = lastReads(circuit, cell);
  const needsMemory = (id: NodeId, seen = new Set<NodeId>()): boolean => {
    if (id === memory?.state || id === memory?.delay) return true;
    if (id === state || !loop.members.has(id) || seen.has(id)) return false;
    seen.add(id);
    return nodeAt(circuit, id).inputs.some((input) => needsMemory(input, seen));
  };
  const isOutput = circuit.outputs.some(({ node }) => loop.members.has(node) && needsMemory(node));
  return (
    !isOutput &&
    circuit.nodes.every(
      ({ inputs }, id) =>
        loop.members.has(id) ||
        last.has(id) ||
        inputs.every((input) => !loop.members.has(input) || !needsMemory(input)),
    )
  );
};

/** Whether a node is computed from one of those given. */
export const dependsOn = (circuit: Circuit, from: ReadonlyArray<NodeId>, on: ReadonlySet<NodeId>): boolean => {
  const seen = new Set<NodeId>();
  const pending = [...from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (on.has(id)) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    pending.push(...nodeAt(circuit, id).inputs);
  }
  return false;
};
