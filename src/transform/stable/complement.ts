import { hasAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { lookupOf } from "./lookup.ts";

/** One minus a value, written without the difference, which is 0 where the value rounds to 1. */
export const complementOf = (b: Builder, id: NodeId): NodeId | undefined => {
  const { op, inputs } = b.node(id);
  const [x = -1, y = -1, z = -1] = inputs;
  const inner = (of: NodeId): NodeId | undefined => (Number.isNaN(of) ? undefined : complementOf(b, of));
  const applied = (of: NodeId, make: (complement: NodeId) => NodeId): NodeId | undefined => {
    const complement = inner(of);
    return complement === undefined ? undefined : make(complement);
  };
  switch (op.tag) {
    case "map":
      if (op.fn === "sigmoid") return b.map("sigmoid", b.map("neg", x));
      if (op.fn === "sub") {
        const from = b.node(x).op;
        return from.tag === "constant" && from.value === 1 ? y : undefined;
      }
      if (op.fn === "stop") return applied(x, (complement) => b.map("stop", complement));
      if (op.fn === "select") {
        const [whenTrue, whenFalse] = [inner(y), inner(z)];
        if (whenTrue === undefined && whenFalse === undefined) return undefined;
        const less = (of: NodeId): NodeId => b.map("sub", b.constant(1), of);
        return b.map("select", x, whenTrue ?? less(y), whenFalse ?? less(z));
      }
      return undefined;
    case "slice":
      return applied(x, (complement) => b.slice(op.axis, op.from, op.size, complement));
    case "rename":
      return applied(x, (complement) => b.rename(op.renames, complement));
    case "reduce": {
      const pick = op.fn === "sum" ? lookupOf(b, op.over, x) : undefined;
      if (pick === undefined || pick.over.some((axis) => hasAxis(b.node(x).axes, axis))) return undefined;
      return pick.value === undefined ? undefined : applied(pick.value, pick.of);
    }
    default:
      return undefined;
  }
};
