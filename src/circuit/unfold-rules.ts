import { type Axis, beforeRenaming, featureAxis, unionAxes } from "./axis.ts";
import type { Circuit, NodeId, Op, Pointwise } from "./circuit.ts";
import type { Index } from "./environment.ts";
import { nodeAt } from "./node-at.ts";
import { startsOf } from "./offsets.ts";
import type { Space } from "./space.ts";
import { unexpanded } from "./unexpanded.ts";

/** One component of a node at one index. */
export interface Component {
  readonly node: NodeId;
  readonly index: Index;
}

/** How a component is made from others, named by places or by numbers. */
export type Formula<Ref> =
  | { readonly tag: "number"; readonly value: number }
  | { readonly tag: "leaf"; readonly op: Extract<Op, { readonly tag: "parameter" | "input" }>; readonly index: Index }
  | { readonly tag: "apply"; readonly fn: Pointwise; readonly of: ReadonlyArray<Ref> }
  | { readonly tag: "sum"; readonly of: ReadonlyArray<Ref> }
  | { readonly tag: "most"; readonly of: ReadonlyArray<Ref> }
  /** 1 if the symbol names this component, else 0. */
  | { readonly tag: "names"; readonly component: number; readonly of: ReadonlyArray<Ref> };

/** The equation of one component of a node, for given lengths: what is left of an operation when all axes are gone. */
export const formulaOf = (circuit: Circuit, space: Space, { node, index }: Component): Formula<Component> => {
  const { op, inputs, axes } = nodeAt(circuit, node);
  return formulas[op.tag](op as never, { circuit, space, index, inputs, axes });
};

/** What a formula is made of besides its operation. */
interface Setting {
  readonly circuit: Circuit;
  readonly space: Space;
  readonly index: Index;
  readonly inputs: ReadonlyArray<NodeId>;
  readonly axes: ReadonlyArray<Axis>;
}

const formulas: {
  readonly [T in Op["tag"]]: (op: Extract<Op, { readonly tag: T }>, setting: Setting) => Formula<Component>;
} = {
  constant: ({ value }) => number(value),
  parameter: (op, { index }) => ({ tag: "leaf", op, index }),
  input: (op, { index }) => ({ tag: "leaf", op, index }),
  index: ({ axis }, { index }) => number(index[axis.key]!),
  length: ({ axis }, { space, index }) => number(space.length(axis, index)),
  map: ({ fn }, { circuit, inputs, index }) => ({
    tag: "apply",
    fn,
    of: inputs.map((input) => placeOf(circuit, input, index)),
  }),
  reduce: ({ fn, over }, { circuit, space, index, inputs: [of = -1] }) => ({
    tag: fn === "sum" ? "sum" : "most",
    of: space.positions(over, unionAxes(nodeAt(circuit, of).axes, over), index).map((at) => placeOf(circuit, of, at)),
  }),
  delay: ({ axis, by }, { circuit, space, index, axes, inputs: [boundary = -1, source = -1] }) => {
    const before = { ...index, [axis.key]: index[axis.key]! - by };
    return space.exists(axes, before) ? copy(circuit, source, before) : copy(circuit, boundary, index);
  },
  at: ({ axis, position }, { circuit, space, index, inputs: [of = -1] }) => {
    const from = position.tag === "fromStart" ? 0 : space.length(axis, index);
    const at = { ...index, [axis.key]: from + (position.tag === "fromStart" ? position.position : position.offset) };
    return space.exists(unionAxes(nodeAt(circuit, of).axes, [axis]), at) ? copy(circuit, of, at) : number(0);
  },
  onehot: ({ axis }, { circuit, index, inputs: [of = -1] }) => ({
    tag: "names",
    component: index[axis.key]!,
    of: [placeOf(circuit, of, index)],
  }),
  concat: ({ axis, sizes }, { circuit, index, inputs }) => {
    const starts = startsOf(sizes);
    const part = starts.findLastIndex((start) => start <= index[axis.key]!);
    const own = featureAxis(axis.slot, sizes[part]!).key;
    return copy(circuit, inputs[part]!, { ...index, [own]: index[axis.key]! - starts[part]! });
  },
  slice: ({ axis, from, size }, { circuit, index, inputs: [of = -1] }) =>
    copy(circuit, of, { ...index, [axis.key]: index[featureAxis(axis.slot, size).key]! + from }),
  mark: (_, { circuit, index, inputs: [of = -1] }) => copy(circuit, of, index),
  grad: () => unexpanded("unfold"),
  rename: ({ renames }, { circuit, index, inputs: [of = -1] }) =>
    copy(circuit, of, { ...index, ...beforeRenaming(renames, index) }),
};

const number = (value: number): Formula<Component> => ({ tag: "number", value });

const copy = (circuit: Circuit, node: NodeId, at: Index): Formula<Component> => ({
  tag: "sum",
  of: [placeOf(circuit, node, at)],
});

/** A node at an index that may name further axes. */
const placeOf = ({ nodes }: Circuit, node: NodeId, at: Index): Component => {
  const index: Record<string, number> = {};
  for (const { key } of nodeAt({ nodes }, node).axes) index[key] = at[key]!;
  return { node, index };
};
