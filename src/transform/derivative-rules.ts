import { type Axis, featureAxis, hasAxis, raggedOver, sameAxis, unionAxes, withoutAxes } from "../circuit/axis.ts";
import type { Builder } from "../circuit/build.ts";
import type { NodeId, Op, Position } from "../circuit/circuit.ts";
import { startsOf } from "../circuit/offsets.ts";
import { guarded } from "./guards.ts";
import { type Flow, pointwiseDerivatives } from "./pointwise-derivatives.ts";

/** An operand's share of a gradient, before it is summed over those axes of `space` that the operand lacks. */
export interface Contribution {
  readonly value: NodeId;
  readonly space: ReadonlyArray<Axis>;
}

export type DerivativeRule = (b: Builder, flow: Flow) => Contribution;

type Rules<O extends Op> = (op: O) => ReadonlyArray<DerivativeRule | undefined>;

/** For each operation the rule of each of its operands; an operand without one has no derivative. */
const derivativeRules: { readonly [T in Op["tag"]]: Rules<Extract<Op, { readonly tag: T }>> } = {
  constant: () => [],
  parameter: () => [],
  input: () => [],
  index: () => [],
  length: () => [],
  map: ({ fn }) =>
    pointwiseDerivatives[fn].map(
      (share) =>
        share &&
        ((b, flow) => ({
          value: guarded(b, flow, flow.inputs, share(b, flow, flow.inputs[0]!, flow.inputs[1]!)),
          space: b.node(flow.y).axes,
        })),
    ),
  reduce: (op) => [(b, flow) => ({ value: reduceShare(b, op, flow), space: unionAxes(b.node(flow.y).axes, op.over) })],
  delay: (op) => [
    (b, flow) => boundaryShare(b, op, flow),
    (b, { dy, y }) => ({ value: b.delay(op.axis, -op.by, b.constant(0), dy, b.node(y).axes), space: b.node(y).axes }),
  ],
  at: ({ axis, position }) => [
    (b, { dy, y }) => ({
      value: b.map("select", b.map("equal", b.index(axis), place(b, axis, position)), dy, b.constant(0)),
      space: unionAxes(b.node(y).axes, [axis]),
    }),
  ],
  onehot: () => [undefined],
  concat: ({ axis, sizes }) => {
    const starts = startsOf(sizes);
    return sizes.map((size, i) => (b, { dy, y }) => {
      const part = featureAxis(axis.slot, size);
      return {
        value: b.slice(axis, starts[i]!, size, dy),
        space: unionAxes(withoutAxes(b.node(y).axes, [axis]), [part]),
      };
    });
  },
  slice: ({ axis, from, size }) => [
    (b, { dy, y }) => {
      const rest = axis.size - from - size;
      const parts = [
        { size: from, value: b.constant(0) },
        { size, value: dy },
        { size: rest, value: b.constant(0) },
      ].filter((part) => part.size > 0);
      const sizes = parts.map((part) => part.size);
      const values = parts.map((part) => part.value);
      const others = withoutAxes(b.node(y).axes, [featureAxis(axis.slot, size)]);
      return { value: b.concat(axis.slot, sizes, values), space: unionAxes(others, [axis]) };
    },
  ],
  mark: () => [(b, { dy, y }) => ({ value: dy, space: b.node(y).axes })],
  // One stands in another: the inner one is expanded first.
  grad: () => [undefined, undefined],
  rename: ({ renames }) => [
    (b, { dy, y, inputs }) => {
      const after = (axis: Axis): Axis => renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
      const operand = b.node(inputs[0]!).axes;
      const before = (axis: Axis): Axis =>
        operand.find((own) => sameAxis(own, axis) && sameAxis(after(own), axis)) ??
        operand.find((own) => sameAxis(after(own), axis)) ??
        axis;
      const { axes } = b.node(y);
      const back = axes.map((axis) => [axis, before(axis)] as const);
      // Axes that come to be one are a diagonal: elsewhere the operand is not read.
      const further = operand.filter((own) => !back.some(([, kept]) => sameAxis(kept, own)));
      const value = further.reduce(
        (share, own) => {
          const isRead = b.map("equal", position(b, own), position(b, before(after(own))));
          return b.map("select", isRead, share, b.constant(0));
        },
        b.rename(back, dy),
      );
      return { value, space: unionAxes(axes.map(before), further) };
    },
  ],
};

/** The rules of an operation's operands. */
export const rulesOf = (op: Op): ReadonlyArray<DerivativeRule | undefined> =>
  (derivativeRules[op.tag] as Rules<Op>)(op);

/** A sum gives its gradient to every position, a maximum to those that attain it, in equal parts. */
const reduceShare = (b: Builder, { fn, over }: Extract<Op, { tag: "reduce" }>, { dy, y, inputs }: Flow): NodeId => {
  if (fn === "sum") return dy;
  const attains = b.map("equal", inputs[0]!, y);
  return b.map("select", attains, b.map("div", dy, b.sum(over, attains)), b.constant(0));
};

/** The gradient where the delay reads its boundary. A boundary that is the same at all positions gets just those few. */
const boundaryShare = (
  b: Builder,
  { axis, by }: Extract<Op, { tag: "delay" }>,
  { dy, y, inputs }: Flow,
): Contribution => {
  const { axes } = b.node(y);
  const few = Math.abs(by) <= 4 && raggedOver(axes, axis).length === 0;
  if (!few || hasAxis(b.node(inputs[0]!).axes, axis)) {
    return { value: b.map("select", outside(b, axis, by, axes), dy, b.constant(0)), space: axes };
  }
  const values = Array.from({ length: Math.abs(by) }, (_, i) =>
    b.at(axis, by > 0 ? { tag: "fromStart", position: i + 1 } : { tag: "fromEnd", offset: -i }, dy),
  );
  return { value: values.reduce((sum, value) => b.map("add", sum, value)), space: withoutAxes(axes, [axis]) };
};

/** Whether the position `by` before does not exist: along the axis itself, or along an axis ragged over it. */
const outside = (
  b: Builder,
  axis: Extract<Op, { tag: "delay" }>["axis"],
  by: number,
  axes: ReadonlyArray<Axis>,
): NodeId =>
  raggedOver(axes, axis).reduce(
    (soFar, ragged) =>
      b.map("or", soFar, b.map("less", b.delay(axis, by, b.constant(0), b.length(ragged)), b.index(ragged))),
    by > 0
      ? b.map("lessEqual", b.index(axis), b.constant(by))
      : b.map("less", b.map("add", b.length(axis), b.constant(by)), b.index(axis)),
  );

/** Where an index stands, counted from 1 along every axis. */
const position = (b: Builder, axis: Axis): NodeId =>
  axis.tag === "feature" ? b.map("add", b.index(axis), b.constant(1)) : b.index(axis);

const place = (b: Builder, axis: Axis, position: Position): NodeId =>
  position.tag === "fromStart"
    ? b.constant(position.position)
    : b.map("add", b.length(axis), b.constant(position.offset));
