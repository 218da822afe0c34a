import { type Axis, hasAxis, type TimeAxis, withoutAxes } from "../../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import type { Model } from "../../../circuit/model.ts";
import { identifierOf } from "../../../mangle.ts";
import type { ElementType, OnnxAttribute, OnnxNode, OnnxTensor, OnnxValue } from "../../../onnx/messages.ts";
import type { Params } from "../../../runtime/interface.ts";

/**
 * A tensor of the graph that is made: an extent for each of `axes`, in their canonical order. It may lack axes of the node
 * whose value it is, and is then constant along them.
 */
export interface Value {
  readonly name: string;
  readonly axes: ReadonlyArray<Axis>;
  /** A truth is a tensor of booleans; whole numbers of circuits are real. */
  readonly kind: "real" | "truth";
}

/** What all scopes of one model have in common. */
export interface Whole {
  readonly circuit: Circuit;
  readonly model: Model;
  readonly params: Params;
  readonly element: "float" | "double";
  /** The names of inputs, outputs, lengths and parameters. */
  readonly nameOf: (name: string) => string;
  /** Products that are taken where they are summed. */
  readonly absorbed: ReadonlySet<NodeId>;
  readonly initializers: OnnxTensor[];
  readonly inputs: OnnxValue[];
  readonly taken: Set<string>;
  readonly homes: Map<string, Scope>;
  readonly nodeNames: Set<string>;
  /** What delays start with that are inputs of the graph. */
  readonly starts: Map<NodeId, Value>;
  /** Whether sequences go on from call to call: then the graph is given all starts, and gives out what the next call starts with. */
  readonly carries: boolean;
  /** The axis along which they go on. */
  readonly along: TimeAxis | undefined;
  /** The inputs that sequences start with. */
  readonly initial: Set<string>;
  /** How long sequences have become, by the names of lengths that are cut. */
  readonly lengths: Map<string, Value>;
  readonly ends: Array<{ readonly name: string; readonly type: ElementType; readonly value: Value }>;
}

/**
 * The graph that is made: the main one, or the body of a `Scan`. With `Whole` the one mutable thing of this layer; what
 * is made of it at the end is immutable.
 */
export interface Scope {
  readonly whole: Whole;
  readonly parent: Scope | undefined;
  readonly depth: number;
  /** The axis of a body's loop, its members, and what its delays hand on. */
  readonly axis: TimeAxis | undefined;
  readonly members: ReadonlySet<NodeId> | undefined;
  readonly registers: ReadonlyMap<NodeId, Value>;
  readonly nodes: OnnxNode[];
  /** By node of the circuit. */
  readonly values: Map<NodeId, Value>;
  /** By what they compute, so that nothing is computed twice. */
  readonly known: Map<string, string>;
  /** Tensors from outside that a body takes a position at a time. */
  readonly slices: Map<string, { readonly outer: Value; readonly inner: Value }>;
}

export const newScope = (
  whole: Whole,
  of: Partial<Pick<Scope, "parent" | "axis" | "members" | "registers">> = {},
): Scope => ({
  whole,
  parent: of.parent,
  depth: of.parent === undefined ? 0 : of.parent.depth + 1,
  axis: of.axis,
  members: of.members,
  registers: of.registers ?? new Map(),
  nodes: [],
  values: new Map(),
  known: new Map(),
  slices: new Map(),
});

export const rootOf = (scope: Scope): Scope => (scope.parent === undefined ? scope : rootOf(scope.parent));

/** The nearest scope in which an axis is whole, and not taken a position at a time. */
export const outsideOf = (scope: Scope, axis: Axis): Scope =>
  scope.parent === undefined || !openAxes(scope).some(({ key }) => key === axis.key)
    ? scope
    : outsideOf(scope.parent, axis);

export const openAxes = (scope: Scope): ReadonlyArray<Axis> =>
  scope.parent === undefined ? [] : [...openAxes(scope.parent), scope.axis!];

/** The axes that are whole in a scope. */
export const closedAxes = (scope: Scope, axes: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
  withoutAxes(axes, openAxes(scope));

/** A name of the graph that nothing has yet. */
export const freshName = ({ taken }: Pick<Whole, "taken">, hint: string): string => {
  const wanted = identifierOf(hint);
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? wanted : `${wanted}_${count}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
};

/** A tensor that is given; the same numbers are one tensor. */
export const given = (
  { whole }: Scope,
  type: ElementType,
  shape: ReadonlyArray<number>,
  data: ReadonlyArray<number>,
  hint: string,
): string => {
  const found = whole.initializers.find(
    (tensor) =>
      tensor.type === type &&
      tensor.data.length === data.length &&
      tensor.shape.join() === shape.join() &&
      data.length < 64 &&
      data.every((each, i) => Object.is(each, tensor.data[i])) &&
      tensor.name.startsWith("const_"),
  );
  if (found !== undefined) return found.name;
  const name = freshName(whole, `const_${hint}`);
  whole.initializers.push({ name, type, shape, data });
  return name;
};

export const wholes = (scope: Scope, numbers: ReadonlyArray<number>): string =>
  given(scope, "int64", [numbers.length], numbers, numbers.join("_"));

export const constant = (scope: Scope, value: number): Value => ({
  name: given(scope, scope.whole.element, [], [value], `${value}`),
  axes: [],
  kind: "real",
});

/** Where a name is computed; what is given is at hand everywhere. */
const homeOf = (scope: Scope, name: string): Scope => scope.whole.homes.get(name) ?? rootOf(scope);

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** The result of an operation. It is computed as far out as its operands allow, and once. */
export const operation = (
  scope: Scope,
  type: string,
  inputs: ReadonlyArray<string>,
  attributes: Attributes = {},
  hint: string = type,
): string => {
  const home = inputs.reduce((inner, input) => deeper(inner, homeOf(scope, input)), rootOf(scope));
  const key = `${type} ${inputs.join()} ${JSON.stringify(attributes)}`;
  const known = home.known.get(key);
  if (known !== undefined) return known;
  const [name] = severalOf(home, type, inputs, attributes, [hint]);
  home.known.set(key, name!);
  return name!;
};

/** The results of an operation with several, in this very scope. A hint of "" leaves a result out. */
export const severalOf = (
  scope: Scope,
  type: string,
  inputs: ReadonlyArray<string>,
  attributes: Attributes,
  hints: ReadonlyArray<string>,
  called?: string,
): ReadonlyArray<string> => {
  const outputs = hints.map((hint) => (hint === "" ? "" : freshName(scope.whole, hint)));
  for (const output of outputs) if (output !== "") scope.whole.homes.set(output, scope);
  const wanted = called ?? `node_${outputs.find((output) => output !== "")}`;
  const name = freshName({ taken: scope.whole.nodeNames }, wanted);
  scope.nodes.push({ type, name, inputs, outputs, attributes });
  return outputs;
};

const deeper = (a: Scope, b: Scope): Scope => (b.depth > a.depth ? b : a);

/** A value from an outer scope as it stands in a body: where it has the loop's axis, a position of it at a time. */
export const broughtIn = (scope: Scope, outer: Scope, value: Value): Value => {
  if (scope === outer || scope.parent === undefined) return value;
  const near = broughtIn(scope.parent, outer, value);
  if (!hasAxis(near.axes, scope.axis!)) return near;
  const known = scope.slices.get(near.name);
  if (known !== undefined) return known.inner;
  const name = freshName(scope.whole, `${near.name}_here`);
  scope.whole.homes.set(name, scope);
  const inner = { ...near, name, axes: withoutAxes(near.axes, [scope.axis!]) };
  scope.slices.set(near.name, { outer: near, inner });
  return inner;
};
