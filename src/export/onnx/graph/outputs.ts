import { type Axis, batchAxis, sortAxes, type TimeAxis, unionAxes } from "../../../circuit/axis.ts";
import type { Output } from "../../../circuit/circuit.ts";
import { elementTypes, type OnnxValue } from "../../../onnx/messages.ts";
import { batchedAxis } from "../../../transform/batch.ts";
import { int } from "./attributes.ts";
import { givenExtent, isRunTime, shownExtent } from "./extents.ts";
import { nodeValue } from "./operations.ts";
import { existence } from "./positions.ts";
import { constant, freshName, operation, type Scope, type Value, wholes } from "./scope.ts";
import { asReal, expandedTo, permuted, where } from "./tensors.ts";

/** What the next call starts with, of sequences that go on. */
export const endOutputs = (root: Scope): ReadonlyArray<OnnxValue> =>
  root.whole.ends.map(({ name, type, value }) => {
    const cast = { to: int(elementTypes[type]) };
    root.nodes.push({ type: "Cast", name: `node_${name}`, inputs: [value.name], outputs: [name], attributes: cast });
    return { name, type, shape: value.axes.map((axis) => shownExtent(root, axis)) };
  });

/** How long sequences have become. */
export const reachedOutput = (root: Scope, { extent }: TimeAxis, value: Value): OnnxValue => {
  const name = freshName(root.whole, `${extent.tag === "length" ? extent.name : ""}_reached`);
  const cast = { to: int(elementTypes.int64) };
  root.nodes.push({ type: "Cast", name: `node_${name}`, inputs: [value.name], outputs: [name], attributes: cast });
  return { name, type: "int64", shape: value.axes.map((axis) => shownExtent(root, axis)) };
};

/** An output in the order in which the program writes its indices, then the batch, then components. */
export const emitOutput = (root: Scope, { name, node, axes }: Output, isCounted: boolean): OnnxValue => {
  const { whole } = root;
  const written = (whole.model.orders?.get(name) ?? []).map(batchedAxis);
  const features = axes.filter(({ tag }) => tag === "feature");
  const order: ReadonlyArray<Axis> = [
    ...(written.length > 0 ? written : axes.filter(({ tag }) => tag === "time")),
    batchAxis,
    ...features,
  ];
  const full = expandedTo(root, unionAxes(axes, [batchAxis]), asReal(root, nodeValue(root, node)));
  const exists = existence(root, sortAxes(axes));
  const valid: Value = exists === undefined ? full : where(root, exists, full, constant(root, 0));
  const cut = valid.axes.reduce((soFar, axis, place) => {
    if (!isRunTime(axis) || axis.extent.tag !== "length") return soFar;
    const ends = [wholes(root, [0]), givenExtent(root, axis.extent), wholes(root, [place])];
    return operation(root, "Slice", [soFar, ...ends], {}, `${name}_cut`);
  }, valid.name);
  const ordered = permuted(root, cut, valid.axes, order);
  const exportedName = whole.nameOf(`output ${name}`);
  const type = isCounted ? "int64" : whole.element;
  root.nodes.push({
    type: "Cast",
    name: `node_${exportedName}`,
    inputs: [ordered],
    outputs: [exportedName],
    attributes: { to: int(elementTypes[type]) },
  });
  return { name: exportedName, type, shape: order.map((axis) => shownExtent(root, axis)) };
};
