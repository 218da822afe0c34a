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
export const axesOf = (op: Op, operands: ReadonlyArray<Axes>): Axes => axesRules[op.tag](op as never, operands);

const axesRules: {
  readonly [T in Op["tag"]]: (op: Extract<Op, { readonly tag: T }>, operands: ReadonlyArray<Axes>) => Axes;
} = {
  constant: () => [],
  parameter: ({ shape }) => shape.map((size, slot) => featureAxis(slot, size)),
  input: ({ axes }) => sortAxes(axes),
  index: ({ axis }) => closeAxes([axis]),
  length: ({ axis }) => sortAxes(lengthAxes(axis)),
  map: (_, operands) => unionAxes(...operands),
  reduce: ({ over }, operands) => withoutAxes(unionAxes(...operands, ...over.map(lengthAxes)), over),
  delay: ({ axis }, operands) => closeAxes(withLengthAxes(axis, unionAxes(...operands, [axis]))),
  at: ({ axis }, operands) => withoutAxes(withLengthAxes(axis, unionAxes(...operands)), [axis]),
  onehot: ({ axis }, operands) => closeAxes(unionAxes(...operands, [axis])),
  concat: ({ axis, sizes }, operands) =>
    unionAxes(...operands.map((axes, i) => withoutAxes(axes, [featureAxis(axis.slot, sizes[i]!)])), [axis]),
  slice: ({ axis, size }, operands) =>
    unionAxes(withoutAxes(unionAxes(...operands), [axis]), [featureAxis(axis.slot, size)]),
  mark: ({ axes }, operands) => closeAxes(unionAxes(...operands, axes)),
  // The gradient of a value has its axes, and may differ along whatever that which is differentiated does.
  grad: ({ over }, [, by = []]) => closeAxes(unionAxes(by, over)),
  rename: ({ renames }, operands) =>
    closeAxes(unionAxes(...operands).map((axis) => renames.find(([from]) => from.key === axis.key)?.[1] ?? axis)),
};

/** Whether another position along `axis` exists depends on its length, and on those of the axes ragged over it. */
const withLengthAxes = (axis: Axis, axes: Axes): Axes =>
  unionAxes(axes, lengthAxes(axis), ...raggedOver(axes, axis).map(lengthAxes));
