import { type Axis, hasAxis, sameAxis, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { CompilerFault } from "../../fault.ts";
import { addIndex, constantIndex, type Dimension, type Index, integer, type Loop, scaled } from "../../loops/loops.ts";
import { fixed, type Size, times } from "../../loops/size.ts";
import type { BufferPlace } from "../place/places.ts";
import type { Storage } from "../place/storage.ts";
import type { Classified } from "../statements/classify.ts";
import type { Statement } from "../statements/statement.ts";
import { passAxisFirst } from "../statements/sum-order.ts";
import type { Context } from "./context.ts";
import { type Environment, indexIn } from "./environment.ts";

/** A value as a strided view of a buffer: the stride of each of its axes, and where it begins. */
interface Strided {
  readonly buffer: number;
  readonly strides: ReadonlyArray<{ readonly axis: Axis; readonly stride: Size }>;
  readonly offset: Index["constant"];
}

/**
 * A contraction as matrix products: axes of the left operand alone are rows, of the right alone columns; what both share
 * and the sum does not is looped over. Axes that lie one inside the other in every operand become one.
 */
export const lowerProduct = (
  { classified, storage, over, extent, choices }: Context,
  statement: Extract<Statement, { tag: "product" }>,
  place: BufferPlace,
  environment: Environment,
): ReadonlyArray<Loop> => {
  const { sums } = classified;
  const axesOf = (id: NodeId) => nodeAt(classified.circuit, id).axes;
  const [leftId, rightId] = sidesOf(classified, statement);
  const left = stridedOf(classified, storage, leftId);
  const right = stridedOf(classified, storage, rightId);
  const result = wholeOf(place);
  const closed = (axes: ReadonlyArray<Axis>) => axes.filter((axis) => !environment.has(axis.key));
  const [a, b] = [axesOf(leftId), axesOf(rightId)];
  const dimension = (axis: Axis): Dimension => ({
    extent: extent(axis),
    left: strideIn(left, axis),
    right: strideIn(right, axis),
    result: strideIn(result, axis),
  });
  const collapsed = (axes: ReadonlyArray<Axis>) =>
    choices.collapse(passAxisFirst(sums)(closed(axes)).map((axis) => ({ axes: [axis], dimension: dimension(axis) })));
  const rows = collapsed(withoutAxes(a, b));
  const columns = collapsed(withoutAxes(b, a));
  const inner = collapsed(statement.over);
  const shared = closed(
    withoutAxes(
      a.filter((axis) => hasAxis(b, axis)),
      statement.over,
    ),
  );
  // What does not collapse into the last dimension is looped over outside; a sum then adds up.
  const looped = passAxisFirst(sums)([
    ...shared,
    ...[rows, columns, inner].flatMap((list) => list.slice(0, -1).flatMap(({ axes }) => axes)),
  ]);
  const accumulate = inner.length > 1;
  const isFromEnd = (axis: Axis) =>
    sums.isPassAxis(axis) && hasAxis(statement.over, axis) && sums.isFromEnd(statement.node);
  const body = (inside: Environment): ReadonlyArray<Loop> => [
    {
      tag: "product",
      left: { buffer: left.buffer, index: baseOf(left, inside) },
      right: { buffer: right.buffer, index: baseOf(right, inside) },
      result: { buffer: result.buffer, index: baseOf(result, inside) },
      m: rows.at(-1)?.dimension ?? one,
      n: columns.at(-1)?.dimension ?? one,
      k: inner.at(-1)?.dimension ?? one,
      accumulate,
      inOrder: choices.inOrder || [...rows, ...columns, ...inner].some(({ axes }) => axes.some(sums.isPassAxis)),
      fromEnd: inner.at(-1)?.axes.some(isFromEnd) ?? false,
    },
  ];
  const clear: ReadonlyArray<Loop> = accumulate
    ? over(closed(statement.axes), environment, (inside) => [
        {
          tag: "store",
          buffer: place.buffer,
          index: indexIn(place, inside),
          value: { tag: "number", value: 0 },
          mode: "set",
        },
      ])
    : [];
  return [...clear, ...over(looped, environment, body, isFromEnd)];
};

/** The operand whose rows are taken, and the other: rows are what there is more of, positions and examples. */
export const sidesOf = (
  { circuit }: Classified,
  { left, right }: Extract<Statement, { tag: "product" }>,
): readonly [rows: NodeId, columns: NodeId] => {
  // Each row then meets the same few columns.
  const alone = withoutAxes(nodeAt(circuit, right).axes, nodeAt(circuit, left).axes);
  return alone.some((axis) => axis.tag !== "feature") ? [right, left] : [left, right];
};

const one: Dimension = { extent: fixed(1), left: fixed(0), right: fixed(0), result: fixed(0) };

const strideIn = ({ strides }: Strided, axis: Axis): Size =>
  strides.find((s) => sameAxis(s.axis, axis))?.stride ?? fixed(0);

const baseOf = ({ strides, offset }: Strided, environment: Environment): Index =>
  strides.reduce<Index>(
    (index, { axis, stride }) => {
      const at = environment.get(axis.key);
      return at === undefined ? index : addIndex(index, scaled(at, stride));
    },
    { ...constantIndex, constant: offset },
  );

const wholeOf = ({ buffer, strides, start }: BufferPlace): Strided => ({
  buffer,
  strides,
  offset: integer(start).constant,
});

const stridedOf = (classified: Classified, storage: Storage, id: NodeId): Strided => {
  const place = storage.placeOf(id);
  if (place !== undefined) return wholeOf(place);
  const { op, inputs } = nodeAt(classified.circuit, id);
  switch (op.tag) {
    case "rename": {
      const inner = stridedOf(classified, storage, inputs[0]!);
      const to = (axis: Axis): Axis => op.renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
      return { ...inner, strides: inner.strides.map(({ axis, stride }) => ({ axis: to(axis), stride })) };
    }
    case "slice": {
      const inner = stridedOf(classified, storage, inputs[0]!);
      const stride = strideIn(inner, op.axis);
      const narrow: Axis = { tag: "feature", key: `#${op.axis.slot}:${op.size}`, slot: op.axis.slot, size: op.size };
      return {
        ...inner,
        strides: inner.strides.map((entry) => (sameAxis(entry.axis, op.axis) ? { axis: narrow, stride } : entry)),
        offset: [...inner.offset, times(fixed(op.from), stride)],
      };
    }
    case "delay": {
      const inner = stridedOf(classified, storage, inputs[1]!);
      return { ...inner, offset: [...inner.offset, times(fixed(-op.by), strideIn(inner, op.axis))] };
    }
    default:
      throw new CompilerFault("schedule", `a product reads node ${id} (${op.tag}), which stands in no buffer`);
  }
};
