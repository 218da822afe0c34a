import { type Axis, sortAxes, unionAxes } from "../../../circuit/axis.ts";
import type { NodeId, Op } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import type { OnnxGraph, OnnxValue } from "../../../onnx/messages.ts";
import { int, ints } from "./attributes.ts";
import { shownExtent } from "./extents.ts";
import { nodeValue, startsWithBoundary, startValue } from "./operations.ts";
import type { Item, Loop } from "./plan.ts";
import { existenceOf, indexAlong } from "./positions.ts";
import { closedAxes, constant, freshName, newScope, type Scope, severalOf, type Value } from "./scope.ts";
import { endWith } from "./starts.ts";
import { asReal, expandedTo, placeOf, where } from "./tensors.ts";

/** Computes what is planned, in a scope; `special` takes a recurrence that is an operation of its own. */
export const emitItems = (
  scope: Scope,
  items: ReadonlyArray<Item>,
  special: (scope: Scope, loop: Loop) => boolean = () => false,
): void => {
  for (const item of items) {
    if (item.tag === "loop") {
      if (!special(scope, item)) emitLoop(scope, item);
    } else if (!scope.whole.absorbed.has(item.id)) nodeValue(scope, item.id);
  }
};

/** What one delay of a loop hands on: its value at the last position, the one before, and so on. */
interface Chain {
  readonly delay: NodeId;
  readonly source: NodeId;
  readonly axes: ReadonlyArray<Axis>;
  readonly cells: ReadonlyArray<Value>;
}

/** A loop whose body is computed: what it hands on and starts with, and what others read of it. */
export interface Computed {
  readonly body: Scope;
  readonly chains: ReadonlyArray<Chain>;
  /** What is handed on, as the body is given it, its names for what takes its place, and what it starts with. */
  readonly cells: ReadonlyArray<Value>;
  readonly next: ReadonlyArray<Value>;
  readonly starts: ReadonlyArray<string>;
  readonly results: ReadonlyArray<{ readonly id: NodeId; readonly value: Value }>;
}

export const computedLoop = (scope: Scope, loop: Loop): Computed => {
  const { whole } = scope;
  const chains = loop.delays.map((delay) => chainOf(scope, loop, delay));
  const registers = new Map(chains.map(({ delay, cells }) => [delay, cells[cells.length - 1]!]));
  const body = newScope(whole, { parent: scope, axis: loop.axis, members: loop.members, registers });
  const cells = chains.flatMap((chain) => chain.cells);
  for (const { name } of cells) whole.homes.set(name, body);
  const starts = chains.flatMap((chain) => chain.cells.map(() => startOf(scope, body, chain)));
  emitItems(body, loop.items);
  const results = [...wantedOf(scope, loop)].map((id) => ({ id, value: nodeValue(body, id) }));
  const next = chains.flatMap(({ source, axes, cells: [last, ...older] }) => [
    kept(body, expandedTo(body, axes, asReal(body, nodeValue(body, source))), last!),
    ...[last!, ...older].slice(0, -1),
  ]);
  return { body, chains, cells, next, starts, results };
};

/** A body as a graph, of values under their own names; results have new ones, whatever they are equal to. */
export const bodyGraph = (
  scope: Scope,
  body: Scope,
  inputs: ReadonlyArray<OnnxValue>,
  outputs: ReadonlyArray<Value>,
): OnnxGraph => {
  const names = outputs.map(({ name }) => severalOf(body, "Identity", [name], {}, [`${name}_next`])[0]!);
  return {
    name: freshName(scope.whole, `${body.axis!.key}_body`),
    documentation: "",
    nodes: body.nodes,
    initializers: [],
    inputs,
    outputs: outputs.map((value, i) => shownValue(scope, value, names[i]!)),
  };
};

/** A recurrence as a `Scan`. */
const emitLoop = (scope: Scope, loop: Loop): void => {
  const { body, chains, cells, next, starts, results } = computedLoop(scope, loop);
  // A `Scan` takes something in at each position.
  if (body.slices.size === 0) indexAlong(body, loop.axis);
  const slices = [...body.slices.values()];
  const inputs = [...cells, ...slices.map(({ inner }) => inner)].map((value) => shownValue(scope, value, value.name));
  const graph = bodyGraph(scope, body, inputs, [...next, ...results.map(({ value }) => value)]);
  const stacked = results.map(({ value }) => sortAxes(unionAxes(value.axes, [loop.axis])));
  const direction = loop.descending ? 1 : 0;
  const names = severalOf(
    scope,
    "Scan",
    [...starts, ...slices.map(({ outer }) => outer.name)],
    {
      body: { tag: "graph", value: graph },
      num_scan_inputs: int(slices.length),
      scan_input_axes: ints(slices.map(({ outer }) => placeOf(outer.axes, loop.axis))),
      scan_input_directions: ints(slices.map(() => direction)),
      scan_output_axes: ints(stacked.map((axes) => placeOf(axes, loop.axis))),
      scan_output_directions: ints(results.map(() => direction)),
    },
    [...cells.map(({ name }) => `${name}_last`), ...results.map(({ id }) => hintOf(scope, id))],
  );
  for (const { delay, axes, cells: own } of chains)
    if (scope.parent === undefined) endWith(scope, delay, { name: names[cells.indexOf(own[0]!)]!, axes, kind: "real" });
  results.forEach(({ id, value }, i) => {
    scope.values.set(id, { name: names[cells.length + i]!, axes: stacked[i]!, kind: value.kind });
  });
};

/** Of sequences that go on, each keeps its state beyond its end. */
const kept = (body: Scope, next: Value, before: Value): Value => {
  const exists = body.whole.carries ? existenceOf(body, body.axis!) : undefined;
  return exists === undefined ? next : expandedTo(body, next.axes, where(body, exists, next, before));
};

export const hintOf = ({ whole: { circuit } }: Scope, id: NodeId): string => {
  const { op, name } = nodeAt(circuit, id);
  return name ?? op.tag;
};

type Delay = Extract<Op, { readonly tag: "delay" }>;

const chainOf = (scope: Scope, loop: Loop, delay: NodeId): Chain => {
  const { op, inputs, axes: all } = nodeAt(scope.whole.circuit, delay);
  const axes = closedAxes(scope, all).filter(({ key }) => key !== loop.axis.key);
  const hint = `${hintOf(scope, inputs[1]!)}_before`;
  const cells = Array.from(
    { length: Math.abs((op as Delay).by) },
    (): Value => ({
      name: freshName(scope.whole, hint),
      axes,
      kind: "real",
    }),
  );
  return { delay, source: inputs[1]!, axes, cells };
};

/** What a chain starts with: the boundary, or zeros where that differs from position to position. */
const startOf = (scope: Scope, body: Scope, { delay, axes, cells }: Chain): string => {
  if (!startsWithBoundary(body, delay)) return expandedTo(scope, axes, constant(scope, 0)).name;
  if (cells.length === 1) return startValue(scope, delay, axes).name;
  const [boundary] = nodeAt(scope.whole.circuit, delay).inputs;
  return expandedTo(scope, axes, asReal(scope, nodeValue(scope, boundary!))).name;
};

/** The members that something outside of the loop reads. */
const wantedOf = ({ whole: { circuit } }: Scope, { members }: Loop): ReadonlySet<NodeId> =>
  new Set([
    ...circuit.nodes.flatMap(({ inputs }, id) => (members.has(id) ? [] : inputs.filter((input) => members.has(input)))),
    ...circuit.outputs.flatMap(({ node }) => (members.has(node) ? [node] : [])),
  ]);

export const shownValue = (scope: Scope, { axes, kind }: Value, name: string): OnnxValue => ({
  name,
  type: kind === "truth" ? "bool" : scope.whole.element,
  shape: axes.map((axis) => shownExtent(scope, axis)),
});
