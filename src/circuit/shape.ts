import { match } from "../match.ts";
import { type Axis, closeAxes, featureAxis, lengthAxes, raggedOver, sortAxes, unionAxes, withoutAxes } from "./axis.ts";
import type { Op } from "./circuit.ts";

type Axes = ReadonlyArray<Axis>;

/**
 * The axes of an operation's value, from those of its operands.
 *
 * Invariant: axes are closed. Whatever has an axis has those that the axis's length stands over, since which positions
 * exist differs along them; so in a batch, whatever has a run-time axis has the batch axis.
 *
 * What depends on a length has the axes that the length stands over. A delay has them whatever its direction, because
 * its adjoint runs the other way.
 */
export const axesOf = (op: Op, operands: ReadonlyArray<Axes>): Axes =>
  match<Op, Axes>({
    constant: () => [],
    parameter: ({ shape }) => shape.map((size, slot) => featureAxis(slot, size)),
    input: ({ axes }) => sortAxes(axes),
    index: ({ axis }) => closeAxes([axis]),
    length: ({ axis }) => sortAxes(lengthAxes(axis)),
    map: () => unionAxes(...operands),
    reduce: ({ over }) => withoutAxes(unionAxes(...operands, ...over.map(lengthAxes)), over),
    delay: ({ axis }) => closeAxes(withLengthAxes(axis, unionAxes(...operands, [axis]))),
    at: ({ axis }) => withoutAxes(withLengthAxes(axis, unionAxes(...operands)), [axis]),
    onehot: ({ axis }) => unionAxes(...operands, [axis]),
    concat: ({ axis, sizes }) =>
      unionAxes(...operands.map((axes, i) => withoutAxes(axes, [featureAxis(axis.slot, sizes[i]!)])), [axis]),
    slice: ({ axis, size }) => unionAxes(withoutAxes(unionAxes(...operands), [axis]), [featureAxis(axis.slot, size)]),
    rename: ({ renames }) =>
      closeAxes(unionAxes(...operands).map((axis) => renames.find(([from]) => from.key === axis.key)?.[1] ?? axis)),
  })(op);

/** Whether another position along `axis` exists depends on its length, and on those of the axes ragged over it. */
const withLengthAxes = (axis: Axis, axes: Axes): Axes =>
  unionAxes(axes, lengthAxes(axis), ...raggedOver(axes, axis).map(lengthAxes));
