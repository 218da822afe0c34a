import {
  type Axis,
  featureAxis,
  firstOf,
  hasAxis,
  sameAxis,
  type TimeAxis,
  unionAxes,
  withoutAxes,
} from "../../../circuit/axis.ts";
import type { Node, NodeId, Op } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { isOwnName } from "../../../circuit/own-names.ts";
import { unexpanded } from "../../../circuit/unexpanded.ts";
import { invariant } from "../../../fault.ts";
import { elementTypes } from "../../../onnx/messages.ts";
import { int } from "./attributes.ts";
import { givenAxes, inputNamed, isCounted, isRunTime } from "./extents.ts";
import { filled } from "./filled.ts";
import { functions } from "./functions.ts";
import { both, existence, existsBefore, indexAlong, lengthAlong, raggedAlong, shifted } from "./positions.ts";
import {
  broughtIn,
  constant,
  openAxes,
  operation,
  outsideOf,
  rootOf,
  type Scope,
  type Value,
  wholes,
} from "./scope.ts";
import { endWith, givenStart, positionAlong } from "./starts.ts";
import { maximum, summed, summedProduct } from "./sums.ts";
import { asReal, expandedTo, inOrder, placeOf, pointwise, where } from "./tensors.ts";

/** The value of a node in a scope: computed there if it belongs there, else outside and brought in. */
export const nodeValue = (scope: Scope, id: NodeId): Value => {
  const known = scope.values.get(id);
  if (known !== undefined) return known;
  const isOwn = scope.parent === undefined || scope.members!.has(id);
  const value = isOwn ? computed(scope, id) : broughtIn(scope, scope.parent!, nodeValue(scope.parent!, id));
  scope.values.set(id, value);
  return value;
};

type Rule<O extends Op> = (scope: Scope, op: O, node: Node, hint: string, id: NodeId) => Value;

const computed = (scope: Scope, id: NodeId): Value => {
  const node = nodeAt(scope.whole.circuit, id);
  return (rules[node.op.tag] as Rule<Op>)(scope, node.op, node, node.name ?? node.op.tag, id);
};

const operand = (scope: Scope, { inputs }: Node, place = 0): Value => nodeValue(scope, inputs[place]!);

/** Every operation of a circuit as operations of ONNX. */
const rules: { readonly [T in Op["tag"]]: Rule<Extract<Op, { readonly tag: T }>> } = {
  constant: (scope, { value }) => constant(scope, value),
  parameter: (scope, { path, shape }, { axes }) => {
    const { whole } = scope;
    const name = whole.nameOf(`parameter ${path}`);
    whole.initializers.push({ name, type: whole.element, shape, data: whole.params[path]! });
    return { name, axes, kind: "real" };
  },
  input: (scope, { name, axes }) => inputValue(scope, name, axes),
  index: (scope, { axis }) => positionAlong(scope, axis),
  length: (scope, { axis }) => lengthAlong(scope, axis),
  map: (scope, { fn }, node, hint) =>
    functions[fn](
      scope,
      node.inputs.map((input) => nodeValue(scope, input)),
      node.name ?? hint,
    ),
  reduce: (scope, { fn, over }, { inputs }, hint) => {
    const [of] = inputs as readonly [NodeId];
    return fn === "sum" && scope.whole.absorbed.has(of) && !scope.values.has(of)
      ? summedProduct(scope, nodeValue, of, over, hint)
      : (fn === "sum" ? summed : maximum)(scope, over, nodeValue(scope, of), hint);
  },
  delay: (scope, op, node, hint, id) => delayed(scope, op, node, hint, id),
  at: (scope, op, node, hint) => atPosition(scope, op, node, hint),
  onehot: (scope, { axis }, node, hint) =>
    pointwise(scope, "Equal", [indexAlong(scope, axis), asReal(scope, operand(scope, node))], "truth", hint),
  concat: (scope, { axis, sizes }, node, hint) => {
    const parts = node.inputs.map((input) => asReal(scope, nodeValue(scope, input)));
    const own = sizes.map((size) => featureAxis(axis.slot, size));
    const besides = unionAxes(...parts.map(({ axes }, i) => withoutAxes(axes, [own[i]!])));
    const full = parts.map((part, i) => expandedTo(scope, [...besides, own[i]!], part));
    const axes = unionAxes(besides, [axis]);
    const names = full.map(({ name }) => name);
    return { name: operation(scope, "Concat", names, { axis: int(placeOf(axes, axis)) }, hint), axes, kind: "real" };
  },
  slice: (scope, { axis, from, size }, node, hint) => {
    const value = operand(scope, node);
    const place = placeOf(value.axes, axis);
    if (place < 0) return value;
    const ends = [[from], [from + size], [place]].map((each) => wholes(scope, each));
    const name = operation(scope, "Slice", [value.name, ...ends], {}, hint);
    const axes = value.axes.map((each, i) => (i === place ? featureAxis(axis.slot, size) : each));
    return { ...value, name, axes };
  },
  rename: (scope, { renames }, node) => {
    const value = renames.reduce((soFar, pair) => diagonal(scope, renames, pair, soFar), operand(scope, node));
    const axes = value.axes.map((axis) => renames.find(([from]) => sameAxis(from, axis))?.[1] ?? axis);
    return inOrder(scope, value.name, axes, value.kind);
  },
  mark: () => unexpanded("onnx"),
  grad: () => unexpanded("onnx"),
};

type Renames = Extract<Op, { readonly tag: "rename" }>["renames"];

/** Where an axis is renamed to one that is there already, or that a loop runs along, what is left is the diagonal. */
const diagonal = (scope: Scope, renames: Renames, [from, to]: Renames[number], value: Value): Value => {
  const isThere = hasAxis(value.axes, to) && renames.every(([other]) => !sameAxis(other, to));
  const isOpen = hasAxis(openAxes(scope), to);
  if (!hasAxis(value.axes, from) || !(isThere || isOpen)) return value;
  const shift = constant(scope, firstOf(to) - firstOf(from));
  const along = pointwise(scope, "Add", [indexAlong(scope, from), shift]);
  const isSame = pointwise(scope, "Equal", [along, indexAlong(scope, to)], "truth", "is_same");
  return summed(scope, [from], where(scope, isSame, value, constant(scope, 0)), "diagonal");
};

const inputValue = (scope: Scope, name: string, _axes: ReadonlyArray<Axis>): Value => {
  const root = rootOf(scope);
  const { model } = root.whole;
  const spec = model.inputs.find((each) => each.name === name);
  invariant("onnx", spec !== undefined && !isOwnName(name), `input ${name} is not the model's`);
  // Outside of training what is random is its mean.
  if (spec!.role === "noise") return constant(scope, spec!.noise!.mean);
  const order = givenAxes(spec!);
  const whole = filled(root, inputNamed(root, spec!), order);
  const cast = isCounted(spec!)
    ? operation(root, "Cast", [whole], { to: int(elementTypes[root.whole.element]) }, name)
    : whole;
  return inOrder(root, cast, order);
};

type Delay = Extract<Op, { readonly tag: "delay" }>;

/** The value before: what the loop hands on, or the source shifted where the axis is whole. */
const delayed = (scope: Scope, op: Delay, node: Node, hint: string, id: NodeId): Value => {
  const { axis, by } = op;
  const register = scope.registers.get(id);
  const start = startOf(scope, op, node, id);
  const from = outsideOf(scope, axis);
  const source = register ?? broughtIn(scope, from, shiftedSource(from, op, node));
  const isGiven = register !== undefined && startsWithBoundary(scope, id);
  const isPadding = register === undefined && start === undefined && constantOf(scope, node.inputs[0]!) !== undefined;
  const isSure = by > 0 && raggedAlong(node.axes, axis).length === 0;
  if (isSure && (isGiven || isPadding)) return source;
  const boundary = start ?? asReal(scope, operand(scope, node));
  return where(scope, existsBefore(scope, axis, by, node.axes), source, boundary, hint);
};

/** What a delay starts with, if that is an input of the graph: of states, and of all that sequences go on with. */
const startOf = (scope: Scope, { axis, by }: Delay, { inputs, axes }: Node, id: NodeId): Value | undefined => {
  const { starts, carries } = scope.whole;
  const known = starts.get(id);
  const isWhole = scope.parent === undefined;
  if (known !== undefined) return isWhole || outsideOf(scope, axis).parent === undefined ? known : undefined;
  if (!carries || !isWhole || by < 0) return undefined;
  const found = givenStart(scope, id, withoutAxes(axes, [axis]));
  if (found !== undefined) endWith(scope, id, lastAlong(scope, axis, asReal(scope, nodeValue(scope, inputs[1]!))));
  return found;
};

/** What a delay starts with, along all of `axes`: an input of the graph, or its boundary. */
export const startValue = (scope: Scope, delay: NodeId, axes: ReadonlyArray<Axis>): Value => {
  const [boundary] = nodeAt(scope.whole.circuit, delay).inputs as readonly [NodeId, NodeId];
  return givenStart(scope, delay, axes) ?? expandedTo(scope, axes, asReal(scope, nodeValue(scope, boundary)));
};

/** The value at the last position. */
const lastAlong = (scope: Scope, axis: TimeAxis, value: Value): Value => {
  const isLast = pointwise(scope, "Equal", [indexAlong(scope, axis), lengthAlong(scope, axis)], "truth", "is_last");
  return summed(scope, [axis], where(scope, isLast, expandedTo(scope, [axis], value), constant(scope, 0)), "last");
};

const shiftedSource = (scope: Scope, { axis, by }: Delay, { inputs }: Node): Value => {
  const source = expandedTo(scope, [axis], asReal(scope, nodeValue(scope, inputs[1]!)));
  return shifted(scope, axis, by, source, constantOf(scope, inputs[0]!) ?? 0);
};

const constantOf = ({ whole: { circuit } }: Scope, id: NodeId): number | undefined => {
  const { op } = nodeAt(circuit, id);
  return op.tag === "constant" && Number.isFinite(op.value) ? op.value : undefined;
};

/** Whether what a delay of a loop hands on starts as its boundary, which is then the same at every position. */
export const startsWithBoundary = (scope: Scope, delay: NodeId): boolean => {
  const { inputs } = nodeAt(scope.whole.circuit, delay);
  if (scope.members!.has(inputs[0]!)) return false;
  return !hasAxis(nodeValue(scope.parent!, inputs[0]!).axes, scope.axis!);
};

type At = Extract<Op, { readonly tag: "at" }>;

const atPosition = (scope: Scope, { axis, position }: At, node: Node, hint: string): Value => {
  const value = operand(scope, node);
  const index = indexAlong(scope, axis);
  const place =
    position.tag === "fromStart"
      ? constant(scope, position.position)
      : pointwise(scope, "Add", [lengthAlong(scope, axis), constant(scope, position.offset)]);
  const isThere = pointwise(scope, "Equal", [index, place], "truth", "is_there");
  const exists = existence(scope, [...(isRunTime(axis) ? [axis] : []), ...raggedAlong(value.axes, axis)]);
  const there = where(scope, both(scope, [isThere, exists])!, value, constant(scope, 0), "There");
  const full = expandedTo(scope, [axis], there);
  const name = operation(
    scope,
    "ReduceSum",
    [full.name, wholes(scope, [placeOf(full.axes, axis)])],
    { keepdims: int(0) },
    hint,
  );
  return { name, axes: withoutAxes(full.axes, [axis]), kind: "real" };
};
