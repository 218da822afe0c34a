import { batchAxis } from "../../../circuit/axis.ts";
import type { NodeId } from "../../../circuit/circuit.ts";
import type { OnnxNode } from "../../../onnx/messages.ts";
import { int, ints } from "./attributes.ts";
import { extentOf, isRunTime } from "./extents.ts";
import { filled } from "./filled.ts";
import { bodyGraph, computedLoop, hintOf, shownValue } from "./loops.ts";
import { nodeValue } from "./operations.ts";
import type { Loop } from "./plan.ts";
import { indexAlong, lengthAlong } from "./positions.ts";
import { constant, freshName, given, operation, type Scope, severalOf, type Value } from "./scope.ts";
import { reduced } from "./sums.ts";
import { asReal, asTruth, expandedTo, inOrder, placeOf, pointwise, where } from "./tensors.ts";

/** Where sequences end before their lengths do: at the first position at which a node is this symbol. */
export interface Ending {
  readonly node: NodeId;
  readonly symbol: number;
}

/** Whether a recurrence makes what its sequences end by, so that it need not go on to the last position. */
export const endsEarly = ({ members, axis, descending }: Loop, { node }: Ending): boolean =>
  members.has(node) && isRunTime(axis) && !descending;

/** A recurrence as a `Loop`, which ends when all sequences have. */
export const emitUntil = (scope: Scope, loop: Loop, ending: Ending): void => {
  const { whole } = scope;
  const { body, cells, next, starts, results } = computedLoop(scope, loop);
  const [turn, goesOn, ended] = ["turn", "goes_on", "ended"].map((hint) => {
    const name = freshName(whole, hint);
    whole.homes.set(name, body);
    return name;
  }) as [string, string, string];
  const before: Value = { name: ended, axes: [batchAxis], kind: "truth" };
  const after = endedAfter(body, loop, ending, before);
  const stackedValues = results.map(({ value }) => asReal(body, value));
  const inputs = [before, ...cells].map((value) => shownValue(scope, value, value.name));
  const graph = bodyGraph(
    scope,
    body,
    [{ name: turn, type: "int64", shape: [] }, { name: goesOn, type: "bool", shape: [] }, ...inputs],
    [someLeft(body, after), after, ...next, ...stackedValues],
  );
  const names = severalOf(
    scope,
    "Loop",
    [
      operation(scope, "Squeeze", [extentOf(scope, loop.axis)], {}, "turns"),
      truth(scope, 1).name,
      none(scope),
      ...starts,
    ],
    { body: { tag: "graph", value: { ...graph, nodes: [...slicesAt(body, turn), ...graph.nodes] } } },
    ["all_ended", ...cells.map(({ name }) => `${name}_last`), ...results.map(({ id }) => hintOf(scope, id))],
  );
  results.forEach(({ id }, i) => {
    const stacked = inOrder(scope, names[1 + cells.length + i]!, [loop.axis, ...stackedValues[i]!.axes]);
    scope.values.set(id, { ...stacked, name: filled(scope, stacked.name, stacked.axes) });
  });
};

const truth = (scope: Scope, value: 0 | 1): Value => ({
  name: given(scope, "bool", [], [value], value === 1 ? "true" : "false"),
  axes: [],
  kind: "truth",
});

/** Of no sequence it has ended. */
const none = (scope: Scope): string => expandedTo(scope, [batchAxis], truth(scope, 0)).name;

/** Which sequences have ended after a position: by their symbol, or as far as they may go. */
const endedAfter = (body: Scope, { axis }: Loop, { node, symbol }: Ending, before: Value): Value => {
  const isEnd = pointwise(body, "Equal", [asReal(body, nodeValue(body, node)), constant(body, symbol)], "truth");
  const isLast = pointwise(body, "GreaterOrEqual", [indexAlong(body, axis), lengthAlong(body, axis)], "truth");
  const either = pointwise(body, "Or", [isEnd, isLast], "truth");
  return expandedTo(body, [batchAxis], pointwise(body, "Or", [before, either], "truth"));
};

/** Whether some sequence has not ended. */
const someLeft = (body: Scope, ended: Value): Value => {
  const left = asReal(body, pointwise(body, "Not", [ended], "truth"));
  const most = operation(body, "ReduceMax", [left.name], { axes: ints([0]), keepdims: int(0) }, "left");
  return asTruth(body, { name: most, axes: [], kind: "real" });
};

/** A `Loop` takes positions of what is outside of it by itself. */
const slicesAt = ({ whole, slices, axis }: Scope, turn: string): ReadonlyArray<OnnxNode> =>
  [...slices.values()].map(({ outer, inner }) => ({
    type: "Gather",
    name: freshName({ taken: whole.nodeNames }, `node_${inner.name}`),
    inputs: [outer.name, turn],
    outputs: [inner.name],
    attributes: { axis: int(placeOf(outer.axes, axis!)) },
  }));

/** From here on sequences are as long as they have become: up to the first position at which they end. */
export const cutAt = (scope: Scope, { axis }: Pick<Loop, "axis">, { node, symbol }: Ending): Value | undefined => {
  if (axis.extent.tag !== "length") return undefined;
  const length = lengthAlong(scope, axis);
  const isEnd = pointwise(scope, "Equal", [asReal(scope, nodeValue(scope, node)), constant(scope, symbol)], "truth");
  const index = indexAlong(scope, axis);
  const far = constant(scope, -(2 ** 24));
  const places = where(scope, asTruth(scope, isEnd), pointwise(scope, "Neg", [index]), far);
  const first = pointwise(scope, "Neg", [
    reduced(scope, "max", [axis], expandedTo(scope, [axis], places), "first_end"),
  ]);
  const reached = pointwise(scope, "Min", [first, length], "real", "first_or_last");
  scope.whole.lengths.set(axis.extent.name, reached);
  return reached;
};
