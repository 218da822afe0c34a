import { invariant } from "../fault.ts";
import type { Span } from "../syntax/span.ts";
import {
  type Axis,
  type CountedAxis,
  type FeatureAxis,
  featureAxis,
  hasAxis,
  raggedOver,
  sameAxis,
  sortAxes,
  type TimeAxis,
  unionAxes,
  withoutAxes,
} from "./axis.ts";
import {
  arity,
  type Circuit,
  type Node,
  type NodeId,
  type Op,
  type Output,
  type Pointwise,
  type Position,
} from "./circuit.ts";
import { mayBeEmpty } from "./empty.ts";
import { keyOf } from "./key.ts";
import { axesOf } from "./shape.ts";
import { sumOver } from "./sum.ts";

/**
 * Builds a circuit node by node. Equal nodes are one node (hash-consing), so common subexpressions are shared.
 * The builder is the one mutable thing of the circuit's layer; what it gives is immutable.
 */
export interface Builder {
  readonly node: (id: NodeId) => Node;
  readonly constant: (value: number) => NodeId;
  readonly parameter: (path: string, shape: ReadonlyArray<number>) => NodeId;
  readonly input: (name: string, axes: ReadonlyArray<Axis>) => NodeId;
  readonly index: (axis: Axis) => NodeId;
  readonly length: (axis: Axis) => NodeId;
  readonly map: (fn: Pointwise, ...operands: ReadonlyArray<NodeId>) => NodeId;
  /** Sums over axes; along an axis that the operand lacks it counts at each position, and of none the sum is 0. */
  readonly sum: (over: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
  /** The maximum over axes; along an axis that the operand lacks it is the operand, unless the axis is empty. */
  readonly maximum: (over: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
  /** Of `axes`, it keeps those ragged over `axis`, though its operands lack them: which positions exist depends on them. */
  readonly delay: (axis: TimeAxis, by: number, boundary: NodeId, source: NodeId, axes?: ReadonlyArray<Axis>) => NodeId;
  /** A delay whose source comes later: give it with `tie`. `axes` are all the axes of the delayed value. */
  readonly feedback: (axis: TimeAxis, by: number, boundary: NodeId, axes: ReadonlyArray<Axis>) => NodeId;
  readonly tie: (feedback: NodeId, source: NodeId) => void;
  readonly at: (axis: TimeAxis, position: Position, operand: NodeId) => NodeId;
  readonly onehot: (axis: CountedAxis, symbol: NodeId) => NodeId;
  readonly concat: (slot: number, sizes: ReadonlyArray<number>, parts: ReadonlyArray<NodeId>) => NodeId;
  readonly slice: (axis: FeatureAxis, from: number, size: number, operand: NodeId) => NodeId;
  readonly rename: (renames: ReadonlyArray<readonly [Axis, Axis]>, operand: NodeId) => NodeId;
  /** A value along all of `axes`, by which derivatives are taken. */
  readonly mark: (name: string, axes: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
  readonly grad: (over: ReadonlyArray<TimeAxis>, span: Span, what: NodeId, by: NodeId) => NodeId;
  /** Names a node after the user's variable, if it has no name yet. */
  readonly name: (id: NodeId, name: string, span?: Span) => NodeId;
  readonly finish: (outputs: ReadonlyArray<Output>) => Circuit;
}

export const newBuilder = (): Builder => {
  const nodes: Node[] = [];
  const known = new Map<string, NodeId>();
  const untied = new Set<NodeId>();

  const node = (id: NodeId): Node => {
    const found = nodes[id];
    if (found === undefined) throw new Error(`no node ${id}`);
    return found;
  };
  const axes = (id: NodeId): ReadonlyArray<Axis> => node(id).axes;
  const push = (made: Node): NodeId => nodes.push(made) - 1;
  const addWith = (op: Op, inputs: ReadonlyArray<NodeId>, over: ReadonlyArray<Axis>): NodeId => {
    const key = `${keyOf(op)}(${inputs.join()})[${over.map((axis) => axis.key).join()}]`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const id = push({ op, inputs, axes: over });
    known.set(key, id);
    return id;
  };
  const add = (op: Op, ...inputs: ReadonlyArray<NodeId>): NodeId => addWith(op, inputs, axesOf(op, inputs.map(axes)));

  const constant = (value: number): NodeId => add({ tag: "constant", value });
  const index = (axis: Axis): NodeId => add({ tag: "index", axis });
  const map = (fn: Pointwise, ...operands: ReadonlyArray<NodeId>): NodeId => {
    invariant("build", operands.length === arity[fn], `${fn} takes ${arity[fn]} operands, not ${operands.length}`);
    return add({ tag: "map", fn }, ...operands);
  };
  const length = (axis: Axis): NodeId => {
    if (axis.tag === "feature") return constant(axis.size);
    if (axis.tag === "time" && axis.extent.tag === "fixed") return constant(axis.extent.size);
    return add({ tag: "length", axis });
  };
  const reduce = (fn: "sum" | "max", over: ReadonlyArray<Axis>, operand: NodeId): NodeId => {
    const present = sortAxes(over.filter((axis) => hasAxis(axes(operand), axis)));
    return present.length === 0 ? operand : add({ tag: "reduce", fn, over: present }, operand);
  };
  const ofNothing = (value: NodeId, axis: Axis): NodeId =>
    map("select", map("less", constant(0), length(axis)), value, constant(Number.NEGATIVE_INFINITY));
  const maximum = (over: ReadonlyArray<Axis>, operand: NodeId): NodeId =>
    reduce("max", over, withoutAxes(over, axes(operand)).filter(mayBeEmpty).reduce(ofNothing, operand));
  const parts = { node, constant, map, index, length, maximum };

  return {
    ...parts,
    parameter: (path, shape) => add({ tag: "parameter", path, shape }),
    input: (name, unsorted) => add({ tag: "input", name, axes: sortAxes(unsorted) }),
    sum: (over, operand) => sumOver({ ...parts, reduce: (some, of) => reduce("sum", some, of) }, over, operand),
    delay: (axis, by, boundary, source, wanted = []) => {
      const op: Op = { tag: "delay", axis, by };
      const kept = unionAxes(axes(boundary), axes(source), raggedOver(wanted, axis));
      return addWith(op, [boundary, source], axesOf(op, [kept]));
    },
    feedback: (axis, by, boundary, wanted) => {
      const op: Op = { tag: "delay", axis, by };
      const id = push({ op, inputs: [boundary, Number.NaN], axes: axesOf(op, [axes(boundary), wanted]) });
      untied.add(id);
      return id;
    },
    tie: (feedback, source) => {
      const delay = node(feedback);
      invariant("build", untied.has(feedback), `node ${feedback} is no open feedback`);
      invariant(
        "build",
        withoutAxes(axes(source), delay.axes).length === 0,
        "the source of a feedback has axes that the delay lacks",
      );
      untied.delete(feedback);
      nodes[feedback] = { ...delay, inputs: [delay.inputs[0]!, source] };
    },
    at: (axis, position, operand) => add({ tag: "at", axis, position }, operand),
    onehot: (axis, symbol) => add({ tag: "onehot", axis }, symbol),
    concat: (slot, sizes, operands) => {
      const size = sizes.reduce((a, b) => a + b, 0);
      return add({ tag: "concat", axis: featureAxis(slot, size), sizes }, ...operands);
    },
    slice: (axis, from, size, operand) =>
      !hasAxis(axes(operand), axis) || (from === 0 && size === axis.size)
        ? operand
        : add({ tag: "slice", axis, from, size }, operand),
    rename: (renames, operand) => {
      const present = renames.filter(([from, to]) => hasAxis(axes(operand), from) && !sameAxis(from, to));
      return present.length === 0 ? operand : add({ tag: "rename", renames: present }, operand);
    },
    mark: (name, wanted, operand) => add({ tag: "mark", name, axes: sortAxes(wanted) }, operand),
    grad: (over, span, what, by) => add({ tag: "grad", over, span }, what, by),
    name: (id, name, span) => {
      const found = node(id);
      if (found.name === undefined) nodes[id] = { ...found, name, ...(span === undefined ? {} : { span }) };
      return id;
    },
    finish: (outputs) => {
      invariant("build", untied.size === 0, `feedback without a source: nodes ${[...untied].join(", ")}`);
      return { nodes: [...nodes], outputs };
    },
  };
};
