import { type Axis, beforeRenaming, featureAxis, unionAxes } from "./axis.ts";
import type { Node, NodeId, Op } from "./circuit.ts";
import { inputAt, parameterAt } from "./data.ts";
import type { Environment, Index } from "./environment.ts";
import { pointwiseValues } from "./pointwise.ts";
import type { Space } from "./space.ts";
import { unexpanded } from "./unexpanded.ts";

/** What a rule stands in: the values of other nodes, and how far axes reach. */
export interface Setting {
  readonly environment: Environment;
  readonly space: Space;
  readonly axes: (id: NodeId) => ReadonlyArray<Axis>;
  /** The value of a node at an index, which may name more axes than the node has. */
  readonly read: (id: NodeId, index: Index) => number;
}

type Rule<O extends Op> = (op: O, node: Node, index: Index, setting: Setting) => number;

/** The meaning of each operation: its value at an index. */
const valueRules: { readonly [T in Op["tag"]]: Rule<Extract<Op, { readonly tag: T }>> } = {
  constant: ({ value }) => value,
  parameter: ({ path, shape }, _, index, { environment }) => parameterAt(environment, path, shape, index),
  input: ({ name, axes }, _, index, { environment }) => inputAt(environment, name, axes, index),
  index: ({ axis }, _, index) => index[axis.key]!,
  length: ({ axis }, _, index, { space }) => space.length(axis, index),
  map: ({ fn }, { inputs }, index, { read }) => {
    const [x = 0, z = 0, w = 0] = inputs.map((input) => read(input, index));
    return pointwiseValues[fn](x, z, w);
  },
  reduce: ({ fn, over }, { inputs }, index, { read, space, axes }) => {
    const operand = inputs[0]!;
    const values = space
      .positions(over, unionAxes(axes(operand), over), index)
      .map((position) => read(operand, position));
    return fn === "sum"
      ? values.reduce((sum, value) => sum + value, 0)
      : values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  },
  delay: ({ axis, by }, { inputs, axes }, index, { read, space }) => {
    const before = { ...index, [axis.key]: index[axis.key]! - by };
    return space.exists(axes, before) ? read(inputs[1]!, before) : read(inputs[0]!, index);
  },
  at: ({ axis, position }, { inputs }, index, { read, space, axes }) => {
    const place = position.tag === "fromStart" ? position.position : space.length(axis, index) + position.offset;
    const there = { ...index, [axis.key]: place };
    return space.exists(unionAxes(axes(inputs[0]!), [axis]), there) ? read(inputs[0]!, there) : 0;
  },
  onehot: ({ axis }, { inputs }, index, { read }) => (read(inputs[0]!, index) === index[axis.key]! ? 1 : 0),
  concat: ({ axis, sizes }, { inputs }, index, { read }) => {
    let within = index[axis.key]!;
    let part = 0;
    while (within >= sizes[part]!) within -= sizes[part++]!;
    return read(inputs[part]!, { ...index, [featureAxis(axis.slot, sizes[part]!).key]: within });
  },
  slice: ({ axis, from, size }, { inputs }, index, { read }) =>
    read(inputs[0]!, { ...index, [axis.key]: from + index[featureAxis(axis.slot, size).key]! }),
  rename: ({ renames }, { inputs }, index, { read }) =>
    read(inputs[0]!, { ...index, ...beforeRenaming(renames, index) }),
  mark: (_, { inputs }, index, { read }) => read(inputs[0]!, index),
  grad: () => unexpanded("evaluate"),
};

/** The value of a node at an index. */
export const valueAt = (node: Node, index: Index, setting: Setting): number =>
  (valueRules[node.op.tag] as Rule<Op>)(node.op, node, index, setting);
