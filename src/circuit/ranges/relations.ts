import { type Axis, withoutAxes } from "../axis.ts";
import type { Circuit, NodeId } from "../circuit.ts";
import { nodeAt } from "../node-at.ts";

/** Whether a node is the greatest of some values, another among them. */
export const isGreatestOf = (circuit: Circuit, most: NodeId, id: NodeId): boolean => {
  const { op, inputs } = nodeAt(circuit, greatestIn(circuit, most));
  if (op.tag === "reduce") return op.fn === "max" && inputs[0] === id;
  return op.tag === "map" && op.fn === "max" && inputs.includes(id);
};

/** Whether a value is an exponential that is nowhere more than 1, and 1 somewhere along axes. */
export const attainsOne = (circuit: Circuit, id: NodeId, over: ReadonlyArray<Axis>): boolean => {
  const exponential = nodeAt(circuit, id);
  if (exponential.op.tag !== "map" || exponential.op.fn !== "exp") return false;
  const { op, inputs } = nodeAt(circuit, exponential.inputs[0]!);
  if (op.tag !== "map" || op.fn !== "sub" || !isGreatestOf(circuit, inputs[1]!, inputs[0]!)) return false;
  const most = nodeAt(circuit, greatestIn(circuit, inputs[1]!)).op;
  return most.tag === "reduce" && withoutAxes(most.over, over).length === 0;
};

/** What stands under a `stop`, where axes have positions, or where it is finite. */
const greatestIn = (circuit: Circuit, id: NodeId): NodeId => {
  const { op, inputs } = nodeAt(circuit, id);
  if (op.tag !== "map") return id;
  if (op.fn === "stop") return greatestIn(circuit, inputs[0]!);
  const isOfLength = op.fn === "select" && nodeAt(circuit, inputs[0]!).op.tag === "length";
  return isOfLength || isMadeFinite(circuit, id) ? greatestIn(circuit, inputs[1]!) : id;
};

/** Whether a node is a value where that is finite, and another where it is not: a difference with itself is then not 0. */
export const isMadeFinite = ({ nodes }: Circuit, id: NodeId): boolean => {
  const { op, inputs } = nodeAt({ nodes }, id);
  if (op.tag !== "map" || op.fn !== "select") return false;
  const { op: comparison, inputs: compared } = nodeAt({ nodes }, inputs[0]!);
  if (comparison.tag !== "map" || comparison.fn !== "equal") return false;
  const [difference, zero] = compared.map((each) => nodeAt({ nodes }, each));
  const isDifference = difference!.op.tag === "map" && difference!.op.fn === "sub";
  const isOfItself = difference!.inputs.every((each) => each === inputs[1]);
  return isDifference && isOfItself && zero!.op.tag === "constant" && zero!.op.value === 0;
};

/** What a product is the magnitude of: `abs(x)` is x times its sign, and a sign is 1 or -1, or x itself where it is neither greater nor less than 0. */
export const magnitudeIn = ({ nodes }: Circuit, id: NodeId): NodeId | undefined => {
  const { op, inputs } = nodeAt({ nodes }, id);
  if (op.tag !== "map" || op.fn !== "mul") return undefined;
  const isConstant = (of: NodeId, value: number): boolean => {
    const { op: constant } = nodeAt({ nodes }, of);
    return constant.tag === "constant" && constant.value === value;
  };
  /** The branches of a choice by whether one value is less than another. */
  const chosen = (choice: NodeId, isBetween: (least: NodeId, most: NodeId) => boolean): ReadonlyArray<NodeId> => {
    const { op: select, inputs: parts } = nodeAt({ nodes }, choice);
    if (select.tag !== "map" || select.fn !== "select") return [];
    const { op: less, inputs: compared } = nodeAt({ nodes }, parts[0]!);
    return less.tag === "map" && less.fn === "less" && isBetween(compared[0]!, compared[1]!) ? parts.slice(1) : [];
  };
  const isSignOf = (sign: NodeId, x: NodeId): boolean => {
    const [positive, rest] = chosen(sign, (least, most) => isConstant(least, 0) && most === x);
    if (positive === undefined || rest === undefined || !isConstant(positive, 1)) return false;
    const [negative, neither] = chosen(rest, (least, most) => least === x && isConstant(most, 0));
    if (negative === undefined || neither === undefined || !isConstant(negative, -1)) return false;
    const { op: stop, inputs: stopped } = nodeAt({ nodes }, neither);
    return stop.tag === "map" && stop.fn === "stop" && stopped[0] === x;
  };
  const [x, z] = inputs;
  return isSignOf(z!, x!) ? x : isSignOf(x!, z!) ? z : undefined;
};
