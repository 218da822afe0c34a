import { type Axis, featureAxis, hasAxis, type TimeAxis } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Circuit, NodeId, Op, Output } from "../circuit/circuit.ts";
import type { InputSpec, Model } from "../circuit/model.ts";
import { gainName, movedByName, movedPlaceName, movedUnitName } from "../circuit/own-names.ts";
import { copyNode, type Rewriting, rebuild, rewrite } from "../circuit/rewrite.ts";
import { gainAt } from "../transform/forward/gains.ts";
import { tangents } from "../transform/forward/tangents.ts";
import type { Variable } from "./carried.ts";

/** A model of slopes, and whether what the loss gains at each position is among them, or the loss as a whole. */
export interface SlopesModel {
  readonly model: Model;
  readonly loss: "each" | "whole" | "none";
}

/**
 * The model whose outputs are the slopes of variables, and of what the loss gains at each position, as these variables
 * are moved at one position: by forward mode through `v[t] + d[t]`, which all that reads `v[t]` sees. Where several move
 * together, what computes one of them at the same position sees the others as they were: as a state they are given
 * independently of each other.
 */
export const slopesModel = (model: Model, variables: ReadonlyArray<Variable>): SlopesModel => {
  const { axis } = variables[0]!;
  const { b, renamed } = rewrite(model.circuit, movedIn(variables, axis));
  const found = model.circuit.outputs.find(({ role }) => role === "loss");
  const loss = found && renamed[found.node]!;
  const gain = loss === undefined ? undefined : gainAt(b, axis, loss);
  const told = gain ?? loss;
  const moved = b.finish([
    ...variables.map(
      (variable): Output => ({ ...outputNamed(variable.name), node: renamed[variable.node]!, axes: axesOf(variable) }),
    ),
    ...(told === undefined ? [] : [{ ...outputNamed(gainName), node: told, axes: gain === undefined ? [] : [axis] }]),
  ]);
  const along = tangents(
    variables.map((variable, k) => ({
      leaf: { tag: "input", name: movedByName(k), axes: axesOf(variable) },
      direction: (of) =>
        of.map(
          "mul",
          of.map("equal", of.index(axis), of.input(movedPlaceName, [])),
          of.input(movedUnitName(k), features(variable)),
        ),
    })),
  )(moved);
  return {
    model: { ...withCircuit(model, unmoved(along)), inputs: [...model.inputs.map(asInput), ...directions(variables)] },
    loss: gain !== undefined ? "each" : loss !== undefined ? "whole" : "none",
  };
};

/** A model of other results, none of which is drawn. */
export const withCircuit = (model: Model, circuit: Circuit): Model => {
  const { besides: _, written: __, ...rest } = model;
  return { ...rest, inputs: model.inputs.map(asInput), randoms: [], minimized: 0, circuit };
};

const outputNamed = (name: string) => ({ role: "output", name }) as const;

/** What is drawn when generating is given here. */
const asInput = (input: InputSpec): InputSpec => (input.role === "target" ? { ...input, role: "input" } : input);

const features = ({ shape }: Variable): ReadonlyArray<Axis> => shape.map((size, slot) => featureAxis(slot, size));

const axesOf = (variable: Variable): ReadonlyArray<Axis> => [variable.axis, ...features(variable)];

const directions = (variables: ReadonlyArray<Variable>): ReadonlyArray<InputSpec> => [
  { name: movedPlaceName, role: "input", axes: [], shape: [] },
  ...variables.map(({ shape }, k): InputSpec => ({ name: movedUnitName(k), role: "input", axes: [], shape })),
];

/** At the point itself nothing is moved. */
const unmoved = (circuit: Circuit): Circuit =>
  rebuild(circuit, (b, node, inputs) =>
    node.op.tag === "input" && node.op.name.startsWith(movedByName(0).slice(0, -1))
      ? b.constant(0)
      : copyNode(b, node, inputs),
  );

const movedIn = (variables: ReadonlyArray<Variable>, axis: TimeAxis): Rewriting => {
  /** Nodes as they are where the variables at their own position are not moved, if that makes a difference. */
  const still = new Map<NodeId, NodeId>();
  return (b, node, inputs, id) => {
    const apart = staysAt(node.op, axis)
      ? node.inputs.map((input, place) => still.get(input) ?? inputs[place]!)
      : inputs;
    const k = variables.findIndex((variable) => variable.node === id);
    const copy = copyNode(b, node, k < 0 ? inputs : apart);
    if (k < 0) {
      if (apart.some((input, place) => input !== inputs[place])) still.set(id, copyNode(b, node, apart));
      return copy;
    }
    still.set(id, copy);
    return added(b, copy, b.input(movedByName(k), axesOf(variables[k]!)));
  };
};

const added = (b: Builder, value: NodeId, by: NodeId): NodeId => b.map("add", value, by);

/** Whether an operation reads at the position at which its value is. */
export const staysAt = (op: Op, axis: TimeAxis): boolean => {
  if (op.tag === "delay" || op.tag === "at") return op.axis.key !== axis.key;
  if (op.tag === "reduce") return !hasAxis(op.over, axis);
  return op.tag !== "rename" || !op.renames.some((pair) => hasAxis(pair, axis));
};
