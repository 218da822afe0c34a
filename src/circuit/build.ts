import { invariant } from "../fault.ts";
import type { Span } from "../syntax/span.ts";
import {
  type Axis,
  type FeatureAxis,
  featureAxis,
  hasAxis,
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
  /** Sums over axes; along an axis that the operand lacks it is multiplied by that axis's length. */
  readonly sum: (over: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
  /** The maximum over axes; along an axis that the operand lacks it is the operand. */
  readonly maximum: (over: ReadonlyArray<Axis>, operand: NodeId) => NodeId;
  readonly delay: (axis: TimeAxis, by: number, boundary: NodeId, source: NodeId) => NodeId;
  /** A delay whose source comes later: give it with `tie`. `axes` are all the axes of the delayed value. */
  readonly feedback: (axis: TimeAxis, by: number, boundary: NodeId, axes: ReadonlyArray<Axis>) => NodeId;
  readonly tie: (feedback: NodeId, source: NodeId) => void;
  readonly at: (axis: TimeAxis, position: Position, operand: NodeId) => NodeId;
  readonly onehot: (axis: FeatureAxis, symbol: NodeId) => NodeId;
  readonly concat: (slot: number, sizes: ReadonlyArray<number>, parts: ReadonlyArray<NodeId>) => NodeId;
  readonly slice: (axis: FeatureAxis, from: number, size: number, operand: NodeId) => NodeId;
  readonly rename: (renames: ReadonlyArray<readonly [Axis, Axis]>, operand: NodeId) => NodeId;
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
  const axesOf = (id: NodeId): ReadonlyArray<Axis> => node(id).axes;
  const push = (made: Node): NodeId => nodes.push(made) - 1;
  const add = (op: Op, inputs: ReadonlyArray<NodeId>, axes: ReadonlyArray<Axis>): NodeId => {
    const key = `${keyOf(op)}(${inputs.join()})`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const id = push({ op, inputs, axes });
    known.set(key, id);
    return id;
  };

  const constant = (value: number): NodeId => add({ tag: "constant", value }, [], []);
  const map = (fn: Pointwise, ...operands: ReadonlyArray<NodeId>): NodeId => {
    invariant("build", operands.length === arity[fn], `${fn} takes ${arity[fn]} operands, not ${operands.length}`);
    return add({ tag: "map", fn }, operands, unionAxes(...operands.map(axesOf)));
  };
  const length = (axis: Axis): NodeId => {
    if (axis.tag === "feature") return constant(axis.size);
    if (axis.tag === "time" && axis.extent.tag === "fixed") return constant(axis.extent.size);
    const over = axis.tag === "time" && axis.extent.tag === "length" ? axis.extent.over : [];
    return add({ tag: "length", axis }, [], sortAxes(over));
  };
  const reduce = (fn: "sum" | "max", over: ReadonlyArray<Axis>, operand: NodeId): NodeId => {
    const present = sortAxes(over.filter((axis) => hasAxis(axesOf(operand), axis)));
    if (present.length === 0) return operand;
    return add({ tag: "reduce", fn, over: present }, [operand], withoutAxes(axesOf(operand), present));
  };

  return {
    node,
    constant,
    parameter: (path, shape) =>
      add(
        { tag: "parameter", path, shape },
        [],
        shape.map((size, slot) => featureAxis(slot, size)),
      ),
    input: (name, axes) => add({ tag: "input", name, axes: sortAxes(axes) }, [], sortAxes(axes)),
    index: (axis) => add({ tag: "index", axis }, [], [axis]),
    length,
    map,
    sum: (over, operand) =>
      withoutAxes(over, axesOf(operand)).reduce<NodeId>(
        (total, axis) => map("mul", total, length(axis)),
        reduce("sum", over, operand),
      ),
    maximum: (over, operand) => reduce("max", over, operand),
    delay: (axis, by, boundary, source) =>
      add({ tag: "delay", axis, by }, [boundary, source], unionAxes(axesOf(boundary), axesOf(source), [axis])),
    feedback: (axis, by, boundary, axes) => {
      const id = push({
        op: { tag: "delay", axis, by },
        inputs: [boundary, Number.NaN],
        axes: unionAxes(axes, axesOf(boundary), [axis]),
      });
      untied.add(id);
      return id;
    },
    tie: (feedback, source) => {
      const { op, inputs, axes, ...rest } = node(feedback);
      invariant("build", untied.has(feedback), `node ${feedback} is no open feedback`);
      invariant(
        "build",
        withoutAxes(axesOf(source), axes).length === 0,
        "the source of a feedback has axes that the delay lacks",
      );
      untied.delete(feedback);
      nodes[feedback] = { op, inputs: [inputs[0]!, source], axes, ...rest };
    },
    at: (axis, position, operand) =>
      add({ tag: "at", axis, position }, [operand], withoutAxes(axesOf(operand), [axis])),
    onehot: (axis, symbol) => add({ tag: "onehot", axis }, [symbol], unionAxes(axesOf(symbol), [axis])),
    concat: (slot, sizes, parts) => {
      const axis = featureAxis(
        slot,
        sizes.reduce((a, b) => a + b, 0),
      );
      const others = parts.map((part, i) => withoutAxes(axesOf(part), [featureAxis(slot, sizes[i]!)]));
      return add({ tag: "concat", axis, sizes }, parts, unionAxes(...others, [axis]));
    },
    slice: (axis, from, size, operand) => {
      const axes = axesOf(operand);
      if (!hasAxis(axes, axis) || (from === 0 && size === axis.size)) return operand;
      return add(
        { tag: "slice", axis, from, size },
        [operand],
        unionAxes(withoutAxes(axes, [axis]), [featureAxis(axis.slot, size)]),
      );
    },
    rename: (renames, operand) => {
      const axes = axesOf(operand);
      const present = renames.filter(([from, to]) => hasAxis(axes, from) && !sameAxis(from, to));
      if (present.length === 0) return operand;
      const to = (axis: Axis): Axis => present.find(([from]) => sameAxis(from, axis))?.[1] ?? axis;
      return add({ tag: "rename", renames: present }, [operand], sortAxes(axes.map(to)));
    },
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

/** A text that is equal for equal operations. */
const keyOf = (op: Op): string =>
  JSON.stringify(op, (_, value) =>
    Object.is(value, -0) ? "-0" : typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
