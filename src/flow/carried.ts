import { featuresOf, type TimeAxis } from "../circuit/axis.ts";
import type { NodeId } from "../circuit/circuit.ts";
import { components } from "../circuit/components.ts";
import type { Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";

/** A variable along one axis, whose value at each position may be moved. */
export interface Variable {
  readonly name: string;
  readonly node: NodeId;
  readonly axis: TimeAxis;
  readonly shape: ReadonlyArray<number>;
}

/** The circles of a model's circuit: nodes that need each other, from one position to the next. */
export const circlesOf = ({ circuit: { nodes } }: Pick<Model, "circuit">): ReadonlyArray<ReadonlyArray<NodeId>> =>
  components([...nodes.keys()], (id) => nodes[id]!.inputs).filter(
    (circle) => circle.length > 1 || nodes[circle[0]!]!.inputs.includes(circle[0]!),
  );

/** Its states: what a delay carries round a circle, in the order of the program's nodes. */
export const carriedOf = (model: Pick<Model, "circuit">): ReadonlyArray<Variable> => {
  const ids = circlesOf(model).flatMap((circle) =>
    circle.flatMap((id) => {
      const { op, inputs } = nodeAt(model.circuit, id);
      return op.tag === "delay" && circle.includes(inputs[1]!) ? [inputs[1]!] : [];
    }),
  );
  return [...new Set(ids)]
    .sort((a, b) => a - b)
    .flatMap((id) => {
      const variable = variableAt(model, id);
      return variable === undefined ? [] : [variable];
    });
};

/** The variable that is computed at a node; undefined of what has no name, no position or several kinds of them, or is given. */
const variableAt = ({ circuit }: Pick<Model, "circuit">, node: NodeId): Variable | undefined => {
  const { name, axes, op } = nodeAt(circuit, node);
  const [axis, ...others] = axes.filter(({ tag }) => tag === "time");
  const isPlain = axis?.tag === "time" && (axis.extent.tag === "fixed" || axis.extent.over.length === 0);
  if (name === undefined || others.length > 0 || !isPlain || ["delay", "input"].includes(op.tag)) return undefined;
  return { name, node, axis, shape: featuresOf(axes).map(({ size }) => size) };
};

/** All variables whose flow can be followed. */
export const variablesOf = (model: Pick<Model, "circuit">): ReadonlyArray<Variable> =>
  [...model.circuit.nodes.keys()].flatMap((id) => {
    const variable = variableAt(model, id);
    return variable === undefined ? [] : [variable];
  });
