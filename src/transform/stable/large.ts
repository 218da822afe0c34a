import { type Axis, hasAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { Node, NodeId } from "../../circuit/circuit.ts";

/**
 * Whether a value may overflow or vanish though what is made of it does not, because it is made of an exponential by
 * sums, products and choices. An exponent from which its own greatest is taken off is safe. What is made of one in more
 * than so many steps is taken as it stands, so that no walk through a value overflows the stack.
 */
export const largeIn = (b: Builder): ((id: NodeId) => boolean) => {
  const heights = new Map<NodeId, number>();
  const heightOf = (id: NodeId): number => {
    const known = heights.get(id);
    if (known !== undefined) return known;
    // The source of a delay may depend on the delay: that way nothing is found.
    heights.set(id, 0);
    const below = carriers(b, id).reduce((most, input) => Math.max(most, heightOf(input)), 0);
    const height = below > 0 ? below + 1 : isUnsafeExponential(b, id) ? 1 : 0;
    heights.set(id, height);
    return height;
  };
  return (id) => {
    const height = heightOf(id);
    return height > 0 && height <= deepest;
  };
};

/** How many steps a walk through a value goes at most. */
export const deepest = 400;

/** The operands whose size a value has. */
const carriers = (b: Builder, id: NodeId): ReadonlyArray<NodeId> => {
  const { op, inputs } = b.node(id);
  switch (op.tag) {
    case "map":
      switch (op.fn) {
        case "add":
        case "sub":
        case "mul":
        case "times":
        case "neg":
        case "sqrt":
        case "max":
        case "min":
        case "stop":
          return inputs;
        case "div":
        case "pow":
          return inputs.slice(0, 1);
        case "select":
          return inputs.slice(1);
        default:
          return [];
      }
    case "reduce":
    case "at":
    case "slice":
    case "rename":
    case "concat":
      return inputs;
    case "delay":
      // The source of an open feedback is not known yet.
      return inputs.filter((input) => !Number.isNaN(input));
    default:
      return [];
  }
};

/** Whether a value is an exponential from whose exponent its greatest over the axes is taken off. */
export const isNormed = (b: Builder, id: NodeId, over: ReadonlyArray<Axis>): boolean => {
  const { op, inputs } = b.node(id);
  if (op.tag !== "map" || op.fn !== "exp") return false;
  const exponent = b.node(inputs[0]!);
  if (exponent.op.tag !== "map" || exponent.op.fn !== "sub") return false;
  const [value, greatest] = exponent.inputs;
  return isGreatest(b, greatest!, value!) && withoutAxes(over, b.node(greatest!).axes).length === over.length;
};

const isUnsafeExponential = (b: Builder, id: NodeId): boolean => {
  const { op, inputs } = b.node(id);
  if (op.tag !== "map" || (op.fn !== "exp" && op.fn !== "expm1")) return false;
  const exponent = b.node(inputs[0]!);
  if (exponent.op.tag === "constant" || isCapped(b, exponent)) return false;
  if (exponent.op.tag !== "map" || exponent.op.fn !== "sub") return true;
  return !isGreatest(b, exponent.inputs[1]!, exponent.inputs[0]!);
};

/** Whether a value is at most a constant. */
const isCapped = (b: Builder, { op, inputs }: Node): boolean => {
  if (op.tag !== "map") return false;
  const isConstant = (id: NodeId | undefined): boolean => id !== undefined && b.node(id).op.tag === "constant";
  if (op.fn === "min") return inputs.some(isConstant);
  const [condition, chosen, otherwise] = inputs;
  if (op.fn !== "select" || !isConstant(chosen)) return false;
  const compared = b.node(condition!);
  const isLess = compared.op.tag === "map" && compared.op.fn === "less";
  return isLess && compared.inputs[0] === chosen && compared.inputs[1] === otherwise;
};

/** Whether a node is the greatest of a value, over some axes or of it and others. */
const isGreatest = (b: Builder, id: NodeId, of: NodeId): boolean => {
  const { op, inputs } = b.node(id);
  if (op.tag === "reduce")
    return op.fn === "max" && inputs[0] === of && op.over.every((axis) => hasAxis(b.node(of).axes, axis));
  if (op.tag !== "map") return false;
  if (op.fn === "stop") return isGreatest(b, inputs[0]!, of);
  if (op.fn === "select") return isGreatest(b, inputs[1]!, of);
  return op.fn === "max" && inputs.some((input) => input === of || isGreatest(b, input, of));
};
