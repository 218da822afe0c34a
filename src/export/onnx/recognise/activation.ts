import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";

/** A function of ONNX's recurrent operations, by its name there, and what it is applied to. */
export interface Activation {
  readonly name: "Sigmoid" | "Tanh" | "Relu";
  readonly of: NodeId;
}

/** `Softplus` is one of ONNX's too, but ONNX Runtime's recurrent operations have it overflow from 89 on. */
const named: Readonly<Record<string, Activation["name"]>> = { sigmoid: "Sigmoid", tanh: "Tanh" };

export const activationOf = (circuit: Circuit, id: NodeId): Activation | undefined => {
  const { op, inputs } = nodeAt(circuit, id);
  if (op.tag !== "map") return undefined;
  const name = named[op.fn];
  if (name !== undefined) return { name, of: inputs[0]! };
  const of = rectified(circuit, id);
  return of === undefined ? undefined : { name: "Relu", of };
};

/** What max(x, 0) is of: written so, or as the choice between the two, whichever comes first. */
const rectified = (circuit: Circuit, id: NodeId): NodeId | undefined => {
  const { op, inputs } = nodeAt(circuit, id);
  const isZero = (node: NodeId): boolean => {
    const { op: other } = nodeAt(circuit, node);
    return other.tag === "constant" && other.value === 0;
  };
  if (op.tag !== "map") return undefined;
  if (op.fn === "max") return isZero(inputs[0]!) ? inputs[1] : isZero(inputs[1]!) ? inputs[0] : undefined;
  if (op.fn !== "select") return undefined;
  const [condition, chosen, otherwise] = inputs as readonly [NodeId, NodeId, NodeId];
  const compared = nodeAt(circuit, condition);
  if (compared.op.tag !== "map" || (compared.op.fn !== "less" && compared.op.fn !== "lessEqual")) return undefined;
  const [smaller, greater] = compared.inputs as readonly [NodeId, NodeId];
  // x <= 0 chooses 0, or 0 <= x chooses x.
  if (isZero(greater) && isZero(chosen) && smaller === otherwise) return smaller;
  return isZero(smaller) && isZero(otherwise) && greater === chosen ? greater : undefined;
};
