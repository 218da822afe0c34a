import type { Axis } from "../../circuit/axis.ts";
import type { Circuit, Node, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";

/**
 * A circuit without the choices that elaboration makes for axes that are empty, as an equation shows it: they say nothing
 * where it stands over an axis as long.
 */
export const withoutEmpty = (
  circuit: Circuit,
  names: ReadonlyMap<NodeId, string>,
  isNeverEmpty: (axis: Axis) => boolean,
): Circuit => {
  const { nodes } = circuit;
  const chosenBy = ({ op, inputs }: Node): NodeId | undefined => {
    const condition = op.tag === "map" && op.fn === "select" ? nodeAt({ nodes }, inputs[0]!).op : undefined;
    return condition?.tag === "length" && isNeverEmpty(condition.axis) ? inputs[1] : undefined;
  };
  if (nodes.every((node) => chosenBy(node) === undefined)) return circuit;
  const through = (id: NodeId): NodeId => {
    const chosen = names.has(id) ? undefined : chosenBy(nodeAt({ nodes }, id));
    return chosen === undefined ? id : through(chosen);
  };
  const shown = (node: Node): Node => {
    const chosen = chosenBy(node);
    const { op, inputs } = chosen === undefined || names.has(chosen) ? node : nodeAt({ nodes }, chosen);
    return { ...node, op, inputs: inputs.map(through) };
  };
  return { ...circuit, nodes: nodes.map(shown) };
};

/** Whether an axis cannot be empty, as the equation of a node stands at a position of one as long. */
export const hasPositions = ({ nodes }: Circuit, root: NodeId, axis: Axis): boolean =>
  axis.tag !== "time" ||
  axis.extent.tag === "fixed" ||
  nodes[root]?.axes.some(
    (other) => other.tag === "time" && JSON.stringify(other.extent) === JSON.stringify(axis.extent),
  ) === true;
