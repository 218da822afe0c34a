import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import type { Item, Loop } from "./plan.ts";

/** The products that nothing reads but sums of the same loop. */
export const absorbedIn = (circuit: Circuit, items: ReadonlyArray<Item>): ReadonlySet<NodeId> => {
  const homes = new Map<NodeId, Loop>();
  const visit = (loop: Loop): void => {
    for (const id of loop.members) homes.set(id, loop);
    for (const item of loop.items) if (item.tag === "loop") visit(item);
  };
  for (const item of items) if (item.tag === "loop") visit(item);
  const readers = new Map<NodeId, NodeId[]>();
  circuit.nodes.forEach(({ inputs }, id) => {
    for (const input of inputs) readers.set(input, [...(readers.get(input) ?? []), id]);
  });
  const outputs = new Set(circuit.outputs.map(({ node }) => node));
  return new Set(
    circuit.nodes.flatMap(({ op }, id) => {
      const isProduct = op.tag === "map" && (op.fn === "mul" || (op.fn === "times" && picks(circuit, id)));
      const isSummed = (readers.get(id) ?? []).every((reader) => {
        const node = nodeAt(circuit, reader);
        return node.op.tag === "reduce" && node.op.fn === "sum" && homes.get(reader) === homes.get(id);
      });
      return isProduct && isSummed && !outputs.has(id) ? [id] : [];
    }),
  );
};

/** Whether a product picks a component, so that it is no product of numbers at all. */
const picks = (circuit: Circuit, id: NodeId): boolean =>
  nodeAt(circuit, id).inputs.some((input) => {
    const { op, inputs } = nodeAt(circuit, input);
    return op.tag === "onehot" || (op.tag === "rename" && nodeAt(circuit, inputs[0]!).op.tag === "onehot");
  });
