import { hasAxis, type TimeAxis } from "../../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import { components } from "../../../circuit/components.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { invariant } from "../../../fault.ts";

/** What is computed, producers first: nodes, and recurrences, whose members are computed position by position. */
export type Item = { readonly tag: "node"; readonly id: NodeId } | Loop;

export interface Loop {
  readonly tag: "loop";
  readonly axis: TimeAxis;
  /** Whether it runs from the end. */
  readonly descending: boolean;
  readonly members: ReadonlySet<NodeId>;
  readonly items: ReadonlyArray<Item>;
  /** Its delays: what one position hands on to later ones. */
  readonly delays: ReadonlyArray<NodeId>;
}

/** Nothing but what is in a cycle is in a loop: a product with an input is taken for all positions at once. */
export const planOf = (circuit: Circuit): ReadonlyArray<Item> =>
  itemsOf(
    circuit,
    circuit.nodes.map((_, id) => id),
    new Set(),
  );

const itemsOf = (circuit: Circuit, ids: ReadonlyArray<NodeId>, open: ReadonlySet<string>): ReadonlyArray<Item> => {
  const among = new Set(ids);
  const producers = (id: NodeId): ReadonlyArray<NodeId> => {
    const { op, inputs } = nodeAt(circuit, id);
    const known = op.tag === "delay" && open.has(op.axis.key) ? inputs.slice(0, 1) : inputs;
    return known.filter((input) => among.has(input));
  };
  return components(ids, producers).map((members): Item => {
    const [first] = members;
    return members.length === 1 && !producers(first!).includes(first!)
      ? { tag: "node", id: first! }
      : loopOf(circuit, new Set(members), open);
  });
};

const loopOf = (circuit: Circuit, members: ReadonlySet<NodeId>, open: ReadonlySet<string>): Loop => {
  const delays = [...members].flatMap((id) => {
    const { op, inputs } = nodeAt(circuit, id);
    return op.tag === "delay" && !open.has(op.axis.key) && members.has(inputs[1]!)
      ? [{ id, axis: op.axis, by: op.by }]
      : [];
  });
  const runsOneWay = (axis: TimeAxis): boolean => {
    const along = delays.filter((delay) => delay.axis.key === axis.key);
    return along.every(({ by }) => by > 0) || along.every(({ by }) => by < 0);
  };
  const isEverywhere = (axis: TimeAxis): boolean => [...members].every((id) => hasAxis(nodeAt(circuit, id).axes, axis));
  const axes = delays.map(({ axis }) => axis).sort((a, b) => a.rank - b.rank);
  const axis = axes.find((each) => runsOneWay(each) && isEverywhere(each));
  if (axis === undefined) {
    invariant("onnx", false, `no loop computes nodes ${[...members].join(", ")}`);
    throw new Error();
  }
  const along = delays.filter((delay) => delay.axis.key === axis.key);
  return {
    tag: "loop",
    axis,
    descending: along[0]!.by < 0,
    members,
    items: itemsOf(circuit, [...members], new Set([...open, axis.key])),
    delays: along.map(({ id }) => id),
  };
};
