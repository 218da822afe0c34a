import { type Axis, featureAxis, hasAxis, raggedOver, sameAxis, withoutAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { Node, NodeId, Op, Position } from "../circuit/circuit.ts";
import { startsOf } from "../circuit/offsets.ts";
import { constantValue } from "../elementary/value.ts";
import { distribute, joinSums } from "./contraction.ts";

/** A law about the operations that move values along axes: the better node for one of this form, if it has the form. */
export interface StructureLaw {
  readonly name: string;
  readonly better: (b: Builder, node: Node) => NodeId | undefined;
}

type Of<T extends Op["tag"]> = Extract<Op, { readonly tag: T }>;

/** A law about one operation, given its operands as well. */
const about = <T extends Op["tag"]>(
  tag: T,
  name: string,
  better: (b: Builder, op: Of<T>, operands: ReadonlyArray<NodeId>, node: Node) => NodeId | undefined,
): StructureLaw => ({
  name,
  better: (b, node) => (node.op.tag === tag ? better(b, node.op as Of<T>, node.inputs, node) : undefined),
});

/** What is known when compiling. */
export const constantLaws: ReadonlyArray<StructureLaw> = [
  about("map", "a function of constants is a constant", (b, { fn }, operands) => {
    const values = operands.flatMap((id) => constantOf(b, id) ?? []);
    const value = values.length < operands.length ? Number.NaN : apply(fn, values);
    return Number.isFinite(value) ? b.constant(value) : undefined;
  }),
  about("map", "a condition that is known chooses", (b, { fn }, [condition, whenTrue, whenFalse]) => {
    const known = fn === "select" ? constantOf(b, condition!) : undefined;
    return known === undefined ? undefined : known !== 0 ? whenTrue : whenFalse;
  }),
  about("delay", "delaying what never changes changes nothing", (b, { axis }, [boundary, source]) =>
    boundary === source && constantOf(b, boundary!) !== undefined && !hasAxis(b.node(boundary!).axes, axis)
      ? boundary
      : undefined,
  ),
];

/** Negations move outwards, where they meet. */
export const signLaws: ReadonlyArray<StructureLaw> = [
  about("reduce", "negation moves out of a sum", (b, { fn, over }, [operand]) => {
    const { op, inputs } = b.node(operand!);
    if (fn !== "sum" || op.tag !== "map" || op.fn !== "neg") return undefined;
    return b.map("neg", b.sum(over, inputs[0]!));
  }),
];

/** Sums of which one term is not zero. */
export const positionLaws: ReadonlyArray<StructureLaw> = [
  about("reduce", "the sum of a value at one position is the value there", (b, { fn, over }, [operand]) =>
    fn === "sum" ? sumOfOne(b, over, operand!) : undefined,
  ),
  about("reduce", "a symbol names one component", (b, { fn, over }, [operand]) => {
    const { op, inputs } = b.node(operand!);
    if (fn !== "sum" || op.tag !== "onehot" || hasAxis(b.node(inputs[0]!).axes, op.axis)) return undefined;
    return hasAxis(over, op.axis) ? b.sum(withoutAxes(over, [op.axis]), b.constant(1)) : undefined;
  }),
];

/** Sums of products. */
export const contractionLaws: ReadonlyArray<StructureLaw> = [
  about("reduce", "sums of sums are one sum", (b, { fn, over }, [operand]) =>
    fn === "sum" ? joinSums(b, over, operand!) : undefined,
  ),
  about("reduce", "a factor that lacks a summed axis leaves the sum", (b, { fn, over }, [operand]) =>
    fn === "sum" ? distribute(b, over, operand!) : undefined,
  ),
];

/** Renamings, slices and concatenations that come to nothing. */
export const arrangementLaws: ReadonlyArray<StructureLaw> = [
  about("rename", "renaming twice is renaming once", (b, { renames }, [operand], node) => {
    const { op, inputs } = b.node(operand!);
    if (op.tag !== "rename") return undefined;
    const inner = b.node(inputs[0]!).axes;
    const through = (axis: Axis, pairs: Of<"rename">["renames"]): Axis =>
      pairs.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
    const pairs = inner.map((axis) => [axis, through(through(axis, op.renames), renames)] as const);
    return node.axes.length === inner.length ? b.rename(pairs, inputs[0]!) : undefined;
  }),
  about("slice", "a slice of a slice is a slice", (b, { from, size }, [operand]) => {
    const { op, inputs } = b.node(operand!);
    return op.tag === "slice" ? b.slice(op.axis, op.from + from, size, inputs[0]!) : undefined;
  }),
  about(
    "slice",
    "a slice of one part of a concatenation is a slice of the part",
    (b, { axis, from, size }, [operand]) => {
      const { op, inputs } = b.node(operand!);
      if (op.tag !== "concat" || !sameAxis(op.axis, axis)) return undefined;
      const starts = startsOf(op.sizes);
      const part = op.sizes.findIndex((length, i) => starts[i]! <= from && from + size <= starts[i]! + length);
      if (part < 0) return undefined;
      return b.slice(featureAxis(axis.slot, op.sizes[part]!), from - starts[part]!, size, inputs[part]!);
    },
  ),
  about("concat", "a concatenation of one part is the part", (_, { sizes }, operands) =>
    sizes.length === 1 ? operands[0] : undefined,
  ),
  about("concat", "all the slices of a value in order are the value", (b, { axis, sizes }, operands) => {
    const starts = startsOf(sizes);
    const whole = b.node(operands[0]!).inputs[0];
    const inOrder = operands.every((id, i) => {
      const { op, inputs } = b.node(id);
      return op.tag === "slice" && inputs[0] === whole && op.from === starts[i] && sameAxis(op.axis, axis);
    });
    return inOrder ? whole : undefined;
  }),
];

const apply = (fn: Of<"map">["fn"], [x = 0, z = 0, w = 0]: ReadonlyArray<number>): number => constantValue(fn, x, z, w);

const constantOf = (b: Builder, id: NodeId): number | undefined => {
  const { op } = b.node(id);
  return op.tag === "constant" ? op.value : undefined;
};

/** Sum over t of select(index(t) == position, x, 0). */
const sumOfOne = (b: Builder, over: ReadonlyArray<Axis>, operand: NodeId): NodeId | undefined => {
  const { op, inputs } = b.node(operand);
  const [condition, value, otherwise] = inputs;
  if (op.tag !== "map" || op.fn !== "select" || constantOf(b, otherwise!) !== 0) return undefined;
  const comparison = b.node(condition!);
  if (comparison.op.tag !== "map" || comparison.op.fn !== "equal") return undefined;
  const [index, place] = comparison.inputs.map((id) => b.node(id).op);
  if (index?.tag !== "index" || index.axis.tag !== "time" || !hasAxis(over, index.axis)) return undefined;
  const position = positionOf(b, index.axis, comparison.inputs[1]!, place!);
  if (position === undefined || raggedOver(b.node(operand).axes, index.axis).length > 0) return undefined;
  return b.sum(withoutAxes(over, [index.axis]), b.at(index.axis, position, value!));
};

const positionOf = (b: Builder, axis: Axis, id: NodeId, op: Op): Position | undefined => {
  if (op.tag === "constant") {
    return Number.isInteger(op.value) ? { tag: "fromStart", position: op.value } : undefined;
  }
  if (op.tag === "length" && sameAxis(op.axis, axis)) return { tag: "fromEnd", offset: 0 };
  const [length, offset] = b.node(id).inputs;
  const isSum = op.tag === "map" && op.fn === "add" && b.node(length!).op === b.node(b.length(axis)).op;
  const value = isSum ? constantOf(b, offset!) : undefined;
  return value === undefined || !Number.isInteger(value) ? undefined : { tag: "fromEnd", offset: value };
};
