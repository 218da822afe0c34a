import { match } from "../match.ts";
import { type Axis, featureAxis, unionAxes } from "./axis.ts";
import type { Circuit, NodeId, Op, Pointwise } from "./circuit.ts";
import type { Index } from "./environment.ts";
import type { Space } from "./space.ts";

/** One component of a node at one index. */
export interface Place {
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
export const formulaOf = ({ nodes }: Circuit, space: Space, { node: id, index }: Place): Formula<Place> => {
  const { op, inputs, axes } = nodes[id]!;
  const [first = -1, second = -1] = inputs;
  const axesOf = (input: NodeId): ReadonlyArray<Axis> => nodes[input]!.axes;
  const place = (node: NodeId, at: Index): Place => ({
    node,
    index: Object.fromEntries(axesOf(node).map(({ key }) => [key, at[key]!])),
  });
  const copy = (node: NodeId, at: Index): Formula<Place> => ({ tag: "sum", of: [place(node, at)] });
  const number = (value: number): Formula<Place> => ({ tag: "number", value });

  return match<Op, Formula<Place>>({
    constant: ({ value }) => number(value),
    parameter: (leaf) => ({ tag: "leaf", op: leaf, index }),
    input: (leaf) => ({ tag: "leaf", op: leaf, index }),
    index: ({ axis }) => number(index[axis.key]!),
    length: ({ axis }) => number(space.length(axis, index)),
    map: ({ fn }) => ({ tag: "apply", fn, of: inputs.map((input) => place(input, index)) }),
    reduce: ({ fn, over }) => ({
      tag: fn === "sum" ? "sum" : "most",
      of: space.positions(over, unionAxes(axesOf(first), over), index).map((at) => place(first, at)),
    }),
    delay: ({ axis, by }) => {
      const before = { ...index, [axis.key]: index[axis.key]! - by };
      return space.exists(axes, before) ? copy(second, before) : copy(first, index);
    },
    at: ({ axis, position }) => {
      const from = position.tag === "fromStart" ? 0 : space.length(axis, index);
      const at = { ...index, [axis.key]: from + (position.tag === "fromStart" ? position.position : position.offset) };
      return space.exists(unionAxes(axesOf(first), [axis]), at) ? copy(first, at) : number(0);
    },
    onehot: ({ axis }) => ({ tag: "names", component: index[axis.key]!, of: [place(first, index)] }),
    concat: ({ axis, sizes }) => {
      const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((total, size) => total + size, 0));
      const part = ends.findIndex((end) => index[axis.key]! < end);
      const own = featureAxis(axis.slot, sizes[part]!).key;
      return copy(inputs[part]!, { ...index, [own]: index[axis.key]! - (ends[part]! - sizes[part]!) });
    },
    slice: ({ axis, from, size }) =>
      copy(first, { ...index, [axis.key]: index[featureAxis(axis.slot, size).key]! + from }),
    rename: ({ renames }) =>
      copy(first, { ...index, ...Object.fromEntries(renames.map(([from, to]) => [from.key, index[to.key]!])) }),
  })(op);
};
