import { type Axis, type CountedAxis, hasAxis, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { product } from "../contraction.ts";

/** A sum of which symbols name the terms that count. */
export interface Lookup {
  /** What is picked from, if it is not 1. */
  readonly value: NodeId | undefined;
  /** The same symbols' components of another value. */
  readonly of: (value: NodeId) => NodeId;
  /** The axes over which it is a sum besides. */
  readonly over: ReadonlyArray<Axis>;
}

export const lookupOf = (b: Builder, over: ReadonlyArray<Axis>, operand: NodeId): Lookup | undefined => {
  const factors = pickingFactors(b, operand).map((id) => ({ id, hot: onehotOf(b, id) }));
  const hots = factors.flatMap(({ hot }) => (hot !== undefined && hasAxis(over, hot.axis) ? [hot] : []));
  const isOnce = hots.every(({ axis }) => hots.filter((other) => sameAxis(other.axis, axis)).length === 1);
  if (hots.length === 0 || !isOnce) return undefined;
  const others = factors.flatMap(({ id, hot }) => (hot !== undefined && hots.includes(hot) ? [] : [id]));
  return {
    value: others.length === 0 ? undefined : product(b, others),
    over: withoutAxes(
      over,
      hots.map(({ axis }) => axis),
    ),
    of: (value) => {
      const varying = hots.filter(({ axis }) => hasAxis(b.node(value).axes, axis));
      const symbols = varying.map(({ axis, symbol }) => b.onehot(axis, symbol));
      return b.sum(
        varying.map(({ axis }) => axis),
        product(b, [value, ...symbols]),
      );
    },
  };
};

/** Where a symbol picks, zero may have to absorb: what is picked is multiplied by 1. */
const pickingFactors = (b: Builder, id: NodeId): ReadonlyArray<NodeId> => {
  const { op, inputs } = b.node(id);
  const isProduct = op.tag === "map" && (op.fn === "mul" || op.fn === "times");
  return isProduct ? inputs.flatMap((input) => pickingFactors(b, input)) : [id];
};

interface Onehot {
  readonly axis: CountedAxis;
  readonly symbol: NodeId;
}

/** What names a component, on whatever slot it is laid. */
const onehotOf = (b: Builder, id: NodeId): Onehot | undefined => {
  const { op, inputs } = b.node(id);
  const [input = -1] = inputs;
  if (op.tag === "onehot") return hasAxis(b.node(input).axes, op.axis) ? undefined : { axis: op.axis, symbol: input };
  const inner = op.tag === "rename" ? onehotOf(b, input) : undefined;
  if (op.tag !== "rename" || inner === undefined || op.renames.length !== 1) return undefined;
  const [from, to] = op.renames[0]!;
  return sameAxis(from, inner.axis) && to.tag !== "batch" ? { axis: to, symbol: inner.symbol } : undefined;
};
