import { type Axis, batchAxis, hasAxis, lengthAxes, sameAxis } from "../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { isRagged } from "../../loops/size.ts";
import type { Statement, StatementId } from "./statement.ts";

/**
 * Whether a node's value is 0 at the padded positions of an axis, wherever it is stored. A product may only sum over a
 * run-time axis if one of its operands is: it does not ask which positions exist.
 */
export const isClean =
  (circuit: Circuit, statements: ReadonlyMap<StatementId, Statement>) =>
  (id: NodeId, axis: Axis): boolean => {
    const { op, inputs, axes } = nodeAt(circuit, id);
    const again = isClean(circuit, statements);
    if (!hasAxis(axes, axis)) return false;
    if (!isRagged(axis)) return true;
    switch (op.tag) {
      case "rename":
        return again(inputs[0]!, op.renames.find(([, to]) => sameAxis(to, axis))?.[0] ?? axis);
      case "slice":
        return again(inputs[0]!, axis);
      case "delay":
        // Position T + 1 of a delayed value holds the value at T; an advance is a view only of a clean source.
        return op.by < 0 && canGuard(axes, axis);
      case "reduce": {
        const statement = statements.get(id);
        return statement?.tag === "product"
          ? again(statement.left, axis) || again(statement.right, axis)
          : op.fn === "sum" && canGuard(axes, axis);
      }
      case "input":
      case "map":
      case "at":
      case "concat":
        return canGuard(axes, axis);
      case "constant":
      case "parameter":
      case "index":
      case "length":
      case "onehot":
      case "mark":
      case "grad":
        return false;
    }
  };

/** Whether loops over these axes can tell the valid positions of `axis` from its padding. */
export const canGuard = (axes: ReadonlyArray<Axis>, axis: Axis): boolean =>
  !isRagged(axis) || (hasAxis(axes, batchAxis) && lengthAxes(axis).every((outer) => hasAxis(axes, outer)));
