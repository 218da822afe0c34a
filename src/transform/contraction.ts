import { type Axis, hasAxis, knownSize, raggedOver, sortAxes, unionAxes, withoutAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId } from "../circuit/circuit.ts";
import { breaksWhenEmpty } from "../circuit/empty.ts";
import { factorsAmong } from "../circuit/factors.ts";

/** A product, or one in which zero absorbs; factors of one kind alone meet. */
type Product = "mul" | "times";

const productIn = (b: Builder, id: NodeId): Product => {
  const { op } = b.node(id);
  return op.tag === "map" && op.fn === "times" ? "times" : "mul";
};

/**
 * The sum of a product, done in steps: where some factors lack a summed axis, the others are summed along it first. Of
 * several such axes the one with the smallest product goes first, so that a chain of products never passes through a
 * larger one. Undefined if every factor has every summed axis: that is one contraction already.
 */
export const distribute = (b: Builder, over: ReadonlyArray<Axis>, operand: NodeId): NodeId | undefined => {
  const fn = productIn(b, operand);
  const factors = factorsOf(b, operand, fn);
  if (isLookUp(b, over, factors)) return undefined;
  const splits = splitsOf(b, over, factors, fn);
  const best = splits.toSorted((one, other) => one.cost - other.cost)[0];
  if (best === undefined) return undefined;
  const inner = b.sum(best.together, product(b, best.having, fn));
  const outer = product(b, best.lacking, fn);
  const whole = best.lacking[0] === factors[0] ? b.map(fn, outer, inner) : b.map(fn, inner, outer);
  return b.sum(withoutAxes(over, best.together), whole);
};

/** Whether a symbol picks a position of each of several summed axes: where they do so at once, nothing is summed. */
const isLookUp = (b: Builder, over: ReadonlyArray<Axis>, factors: ReadonlyArray<NodeId>): boolean => {
  const picked = factors.flatMap((id) => {
    const { op } = b.node(id);
    return op.tag === "onehot" ? [op.axis] : [];
  });
  return over.length > 1 && over.every((axis) => hasAxis(picked, axis));
};

/** A sum over a sum of a product becomes one sum if the product can then be taken apart along the outer axes. */
export const joinSums = (b: Builder, over: ReadonlyArray<Axis>, operand: NodeId): NodeId | undefined => {
  const { op, inputs } = b.node(operand);
  if (op.tag !== "reduce" || op.fn !== "sum") return undefined;
  const fn = productIn(b, inputs[0]!);
  const apart = splitsOf(b, over, factorsOf(b, inputs[0]!, fn), fn);
  return apart.length === 0 ? undefined : b.sum(sortAxes(unionAxes(over, op.over)), inputs[0]!);
};

/** Summed axes that some factors have and the others lack. */
interface Split {
  readonly together: ReadonlyArray<Axis>;
  readonly having: ReadonlyArray<NodeId>;
  readonly lacking: ReadonlyArray<NodeId>;
  /** About how many products summing the former along them takes. */
  readonly cost: number;
}

const splitsOf = (
  b: Builder,
  over: ReadonlyArray<Axis>,
  factors: ReadonlyArray<NodeId>,
  fn: Product,
): ReadonlyArray<Split> =>
  over.flatMap((axis) => {
    const axesOf = (ids: ReadonlyArray<NodeId>): ReadonlyArray<Axis> => unionAxes(...ids.map((id) => b.node(id).axes));
    const havingAxis = (each: Axis): ReadonlyArray<NodeId> => factors.filter((id) => hasAxis(b.node(id).axes, each));
    const having = havingAxis(axis);
    const lacking = factors.filter((id) => !having.includes(id));
    const together = over.filter((each) => havingAxis(each).join() === having.join());
    if (having.length === 0 || lacking.length === 0) return [];
    // An axis whose length stands over this one cannot stay behind.
    const bound = withoutAxes(raggedOver(axesOf(having), axis), together);
    const breaks = fn === "mul" && lacking.some((id) => together.some((each) => breaksWhenEmpty(b, id, each)));
    const cost = axesOf(having).reduce((size, each) => size * about(each), 1);
    return bound.length > 0 || breaks ? [] : [{ together, having, lacking, cost }];
  });

/** A length that is known at run time only counts as a hundred. */
const about = (axis: Axis): number => knownSize(axis) ?? 100;

export const factorsOf = (b: Builder, id: NodeId, fn: Product = "mul"): ReadonlyArray<NodeId> =>
  factorsAmong(b.node, id, [fn]);

export const product = (b: Builder, factors: ReadonlyArray<NodeId>, fn: Product = "mul"): NodeId =>
  factors.reduce((sofar, factor) => b.map(fn, sofar, factor));

/** Whether a sum over axes is a matrix product: each operand has the summed axes, and axes of its own. */
export const isContraction = (
  over: ReadonlyArray<Axis>,
  left: ReadonlyArray<Axis>,
  right: ReadonlyArray<Axis>,
): boolean =>
  over.every((axis) => hasAxis(left, axis) && hasAxis(right, axis)) &&
  withoutAxes(left, right).length > 0 &&
  withoutAxes(right, left).length > 0;
