import { type Axis, type FeatureAxis, featureAxis, hasAxis, sameAxis } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Node, NodeId, Op } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { startsOf } from "../circuit/offsets.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rebuild } from "../circuit/rewrite.ts";
import { contractionOf, type Studied, studied } from "./joined/candidates.ts";

/**
 * A product with a concatenation, of which one part comes from outside of a recurrence, is taken part by part:
 * `W [h[t-1]; x[t]]` is `U h[t-1] + V x[t]` with `W = [U, V]`, and the latter is computed for all positions at once. A
 * product of which only slices are read, such as the adjoint `W^T ∂a` of that concatenation, is taken slice by slice where
 * one of them is read outside of the recurrence, or some of it is read by nobody.
 */
export const splitProducts = (isWorthwhile: (whole: FeatureAxis) => boolean): Pass => ({
  name: "split-products",
  description:
    "takes products with concatenations part by part, so that what a recurrence does not change leaves its loop",
  run: (circuit) => {
    if (!circuit.nodes.some(({ op }) => op.tag === "concat" || op.tag === "slice")) return circuit;
    const known = studied(circuit);
    const rebuilt = new Map<NodeId, ReadonlyArray<NodeId>>();
    const isSplit = slicedApart(known, isWorthwhile);
    return rebuild(circuit, (b, node, inputs, id) => {
      rebuilt.set(id, inputs);
      const splitting: Splitting = { known, b, inputsOf: (id) => rebuilt.get(id)! };
      const { op } = node;
      if (op.tag === "slice" && isSplit(node.inputs[0]!)) {
        const share = { from: op.from, size: op.size };
        return sliced(splitting, op.axis, share, node.inputs[0]!, inputs[0]!, true);
      }
      return sumOfParts(splitting, id, isWorthwhile) ?? copyNode(b, node, inputs);
    });
  },
});

/** Whether a product is long enough that two take no longer: of few terms, what surrounds a product takes the time. */
export const manyComponents = ({ size }: FeatureAxis): boolean => size >= 24;

interface Splitting {
  readonly known: Studied;
  readonly b: Builder;
  /** The inputs of a node in the new circuit. */
  readonly inputsOf: (id: NodeId) => ReadonlyArray<NodeId>;
}

type Renames = Extract<Op, { readonly tag: "rename" }>["renames"];

/** A concatenation, or one whose axes are renamed; `axis` is that along which the parts stand then. */
interface Concatenation {
  readonly parts: ReadonlyArray<NodeId>;
  readonly sizes: ReadonlyArray<number>;
  readonly axis: FeatureAxis;
  readonly renames: Renames;
  readonly node: NodeId;
}

const concatenationOf = (nodes: ReadonlyArray<Node>, id: NodeId): Concatenation | undefined => {
  const outer = nodeAt({ nodes }, id);
  const renames = outer.op.tag === "rename" ? outer.op.renames : [];
  const node = outer.op.tag === "rename" ? outer.inputs[0]! : id;
  const { op, inputs } = nodeAt({ nodes }, node);
  if (op.tag !== "concat") return undefined;
  const axis = renames.find(([from]) => sameAxis(from, op.axis))?.[1] ?? op.axis;
  return axis.tag === "feature" ? { parts: inputs, sizes: op.sizes, axis, renames, node } : undefined;
};

const sumOfParts = (
  { known, b, inputsOf }: Splitting,
  sum: NodeId,
  isWorthwhile: (whole: FeatureAxis) => boolean,
): NodeId | undefined => {
  const { nodes } = known.circuit;
  const recurrence = known.recurrenceOf(sum);
  const found = recurrence === undefined ? undefined : contractionOf(known, sum);
  if (found === undefined) return undefined;
  const isOutside = (id: NodeId): boolean => known.recurrenceOf(id) !== recurrence;
  const [[side, whole] = []] = found.factors.flatMap((factor, i) => {
    const concatenation = concatenationOf(nodes, factor);
    const other = found.factors[1 - i]!;
    const isAlong = (axis: Axis): boolean => hasAxis(found.over, axis) && hasAxis(nodeAt({ nodes }, other).axes, axis);
    const isWanted =
      concatenation !== undefined &&
      isWorthwhile(concatenation.axis) &&
      isAlong(concatenation.axis) &&
      isOutside(other) &&
      concatenation.parts.some(isOutside);
    return isWanted ? [[i, concatenation] as const] : [];
  });
  if (side === undefined || whole === undefined) return undefined;
  const { axis, sizes, renames, node } = whole;
  const other = inputsOf(nodeAt({ nodes }, sum).inputs[0]!)[1 - side]!;
  const parts = inputsOf(node);
  const starts = startsOf(sizes);
  const terms = runsOf(whole.parts.map(isOutside)).map(([first, end]) => {
    const own = sizes.slice(first, end);
    const share = { from: starts[first]!, size: starts[end]! - starts[first]! };
    const part = own.length === 1 ? parts[first]! : b.concat(slotBefore(renames, axis), own, parts.slice(first, end));
    const factors = [renamed(b, renames, axis, share.size, part), b.slice(axis, share.from, share.size, other)];
    const over = found.over.map((each): Axis => (sameAxis(each, axis) ? featureAxis(axis.slot, share.size) : each));
    return b.sum(over, b.map("mul", factors[side]!, factors[1 - side]!));
  });
  return terms.reduce((all, term) => b.map("add", all, term));
};

interface Share {
  readonly from: number;
  readonly size: number;
}

/**
 * Which nodes are computed slice by slice: they, or terms of theirs, are products, nothing but slices of them is read, and
 * not each of these in the recurrence, or not each component.
 */
const slicedApart = (known: Studied, isWorthwhile: (whole: FeatureAxis) => boolean): ((id: NodeId) => boolean) => {
  const { nodes } = known.circuit;
  const slices = new Map<NodeId, Array<{ readonly reader: NodeId; readonly size: number }>>();
  nodes.forEach(({ op, inputs: [operand = -1] }, reader) => {
    if (op.tag === "slice") slices.set(operand, [...(slices.get(operand) ?? []), { reader, size: op.size }]);
  });
  const hasProducts = (id: NodeId): boolean => {
    const { op, inputs } = nodeAt({ nodes }, id);
    const isPassage = op.tag === "rename" || (op.tag === "map" && op.fn === "add");
    return contractionOf(known, id) !== undefined || (isPassage && inputs.some(hasProducts));
  };
  return (id) => {
    const readers = slices.get(id) ?? [];
    if (readers.length === 0 || readers.length < known.uses(id) || !hasProducts(id)) return false;
    const { axis } = nodeAt({ nodes }, readers[0]!.reader).op as Extract<Op, { readonly tag: "slice" }>;
    const rest = readers.reduce((left, { size }) => left - size, axis.size);
    const recurrence = known.recurrenceOf(id);
    const leaves = recurrence !== undefined && readers.some(({ reader }) => known.recurrenceOf(reader) !== recurrence);
    return isWorthwhile(axis) && (rest > 0 || (rest === 0 && leaves));
  };
};

/** A share of a node along an axis: of a product that of one factor, of a sum the sum of those. `whole` is the new node. */
const sliced = (
  splitting: Splitting,
  axis: FeatureAxis,
  share: Share,
  id: NodeId,
  whole: NodeId,
  isSplit: boolean,
): NodeId => {
  const { known, b, inputsOf } = splitting;
  const { op, axes, inputs } = nodeAt(known.circuit, id);
  const part = (made: NodeId): NodeId =>
    hasAxis(b.node(made).axes, axis) ? b.slice(axis, share.from, share.size, made) : made;
  if (!hasAxis(axes, axis) || (!isSplit && known.uses(id) > 1)) return part(whole);
  const found = contractionOf(known, id);
  if (found !== undefined) {
    const [left, right] = inputsOf(inputs[0]!).map(part) as [NodeId, NodeId];
    return b.sum(found.over, b.map("mul", left, right));
  }
  const below = (along: FeatureAxis): ReadonlyArray<NodeId> =>
    inputs.map((input, i) => sliced(splitting, along, share, input, inputsOf(id)[i]!, false));
  if (op.tag === "map" && op.fn === "add") return b.map("add", ...below(axis));
  if (op.tag !== "rename") return part(whole);
  const before = featureAxis(slotBefore(op.renames, axis), axis.size);
  return renamed(b, op.renames, axis, share.size, below(before)[0]!);
};

/** The slot of an axis before it was renamed. */
const slotBefore = (renames: Renames, axis: FeatureAxis): number => {
  const [before = axis] = renames.find(([, to]) => sameAxis(to, axis)) ?? [];
  return before.tag === "feature" ? before.slot : axis.slot;
};

/** Renames a part as its whole is, whose parts then stand along `axis`; the part has a size of its own. */
const renamed = (b: Builder, renames: Renames, axis: FeatureAxis, size: number, part: NodeId): NodeId =>
  b.rename(
    renames.map(([from, to]) =>
      sameAxis(to, axis) ? [featureAxis(slotBefore(renames, axis), size), featureAxis(axis.slot, size)] : [from, to],
    ),
    part,
  );

/** Where runs of equal entries begin and end. */
const runsOf = (list: ReadonlyArray<boolean>): ReadonlyArray<readonly [first: number, end: number]> => {
  const starts = list.flatMap((entry, i) => (i === 0 || entry !== list[i - 1] ? [i] : []));
  return starts.map((first, i) => [first, starts[i + 1] ?? list.length]);
};
