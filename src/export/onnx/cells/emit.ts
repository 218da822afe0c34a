import { batchAxis, featureAxis, sortAxes } from "../../../circuit/axis.ts";
import type { NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import { elementTypes, type OnnxAttribute } from "../../../onnx/messages.ts";
import { int } from "../graph/attributes.ts";
import { isRunTime, lengthsNamed } from "../graph/extents.ts";
import { functions } from "../graph/functions.ts";
import { nodeValue, startValue } from "../graph/operations.ts";
import { hasPositions } from "../graph/positions.ts";
import { constant, freshName, operation, type Scope, severalOf, type Value, wholes } from "../graph/scope.ts";
import { endWith } from "../graph/starts.ts";
import { asReal, expandedTo, where } from "../graph/tensors.ts";
import type { Cell } from "../recognise/cell.ts";
import type { Polynomial } from "../recognise/polynomial.ts";
import { type Packed, type Part, packed, partsOf } from "./pack.ts";
import { lastReads } from "./reading.ts";

/** One cell, or one that runs from the start and one that runs from the end, as one operation. */
export const emitCells = (scope: Scope, cells: ReadonlyArray<Cell>): void => {
  const { whole } = scope;
  const [first] = cells as readonly [Cell];
  const parts = partsOf(whole, first);
  const hint = nodeAt(whole.circuit, first.state).name ?? first.operation.toLowerCase();
  const weights = cells.map((cell) => packed(whole, cell, parts));
  const tensor = (of: keyof Packed, ...shape: ReadonlyArray<number>): string => {
    const name = freshName(whole, `${hint}_${of}`);
    const data = weights.flatMap((each) => Array.from(each[of]));
    whole.initializers.push({ name, type: whole.element, shape: [cells.length, ...shape], data });
    return name;
  };
  const { size, gates, operation: type, loop } = first;
  const columns = Math.max(
    1,
    parts.reduce((sum, part) => sum + part.size, 0),
  );
  const isLstm = type === "LSTM";
  const peeps = cells.some((cell) => cell.gates.some(({ peephole }) => peephole.length > 0));
  const inputs = [
    sequence(scope, first, parts),
    tensor("W", gates.length * size, columns),
    tensor("R", gates.length * size, size),
    tensor("B", 2 * gates.length * size),
    isRunTime(loop.axis) ? positions(scope, first) : "",
    starts(scope, cells, ({ delay }) => delay),
    ...(isLstm ? [starts(scope, cells, ({ memory }) => memory!.delay)] : []),
    ...(peeps ? [tensor("P", 3 * size)] : []),
  ];
  const reads = cells.map((cell) => [...lastReads(whole.circuit, cell)]);
  const wantsMemory = reads.some((each) => each.length > 0);
  const { carries } = whole;
  const results = [
    `${hint}_all`,
    carries ? `${hint}_last` : "",
    wantsMemory || (carries && isLstm) ? `${hint}_memory` : "",
  ];
  const names = severalOf(scope, type, trimmed(inputs), attributesOf(cells), trimmed(results), hint);
  cells.forEach((cell, at) => {
    endCell(scope, cell, names, at);
    scope.values.set(cell.state, {
      name: direction(scope, names[0]!, 1, at, hintOf(scope, cell.state)),
      axes: stateAxes(cell),
      kind: "real",
    });
    for (const read of reads[at]!)
      scope.values.set(read, lastMemory(scope, cell, direction(scope, names[2]!, 0, at, "memory")));
  });
};

/** What sequences go on with: the last values of both states. */
const endCell = (scope: Scope, { delay, memory, size }: Cell, names: ReadonlyArray<string>, at: number): void => {
  if (!scope.whole.carries) return;
  const axes = [batchAxis, featureAxis(0, size)];
  endWith(scope, delay, { name: direction(scope, names[1]!, 0, at, "last"), axes, kind: "real" });
  if (memory !== undefined)
    endWith(scope, memory.delay, { name: direction(scope, names[2]!, 0, at, "last"), axes, kind: "real" });
};

const hintOf = ({ whole: { circuit } }: Scope, id: NodeId): string => nodeAt(circuit, id).name ?? "state";

const stateAxes = ({ loop, size }: Cell): Value["axes"] => sortAxes([loop.axis, batchAxis, featureAxis(0, size)]);

/** One direction of a result, whose extent stands at a place. */
const direction = (scope: Scope, name: string, place: number, at: number, hint: string): string =>
  operation(scope, "Gather", [name, oneWhole(scope, at)], { axis: int(place) }, hint);

const oneWhole = (scope: Scope, value: number): string =>
  operation(scope, "Squeeze", [wholes(scope, [value])], {}, "which");

/** Where a sequence is empty no position has a memory, which is then 0. */
const lastMemory = (scope: Scope, { loop, size }: Cell, name: string): Value => {
  const value: Value = { name, axes: [batchAxis, featureAxis(0, size)], kind: "real" };
  return isRunTime(loop.axis)
    ? where(scope, hasPositions(scope, loop.axis), value, constant(scope, 0), "memory")
    : value;
};

const trimmed = (inputs: ReadonlyArray<string>): ReadonlyArray<string> =>
  inputs.slice(0, inputs.findLastIndex((input) => input !== "") + 1);

const attributesOf = (cells: ReadonlyArray<Cell>): Readonly<Record<string, OnnxAttribute>> => {
  const [{ size, operation: type, resetsAfter, loop }] = cells as readonly [Cell];
  const way = cells.length === 2 ? "bidirectional" : loop.descending ? "reverse" : "forward";
  return {
    hidden_size: int(size),
    direction: { tag: "string", value: way },
    activations: { tag: "strings", value: cells.flatMap(({ activations }) => activations) },
    ...(type === "GRU" ? { linear_before_reset: int(resetsAfter ? 1 : 0) } : {}),
  };
};

/** X: what the gates see, for all positions and examples, side by side. */
const sequence = (scope: Scope, { loop, size }: Cell, parts: ReadonlyArray<Part>): string => {
  const gateAxes = sortAxes([loop.axis, batchAxis, featureAxis(0, size)]);
  if (parts.length === 0)
    return expandedTo(scope, sortAxes([loop.axis, batchAxis, featureAxis(0, 1)]), constant(scope, 0)).name;
  const names = parts.map((part) =>
    part.tag === "vector"
      ? expandedTo(scope, nodeAt(scope.whole.circuit, part.node).axes, asReal(scope, nodeValue(scope, part.node))).name
      : expandedTo(scope, gateAxes, sumOf(scope, part.terms)).name,
  );
  return names.length === 1 ? names[0]! : operation(scope, "Concat", names, { axis: int(2) }, "seen");
};

const sumOf = (scope: Scope, terms: Polynomial): Value => {
  const values = terms.map(({ coefficient, factors }) =>
    factors
      .map((factor) => nodeValue(scope, factor))
      .reduce((all, each) => functions.mul(scope, [all, each], "product"), constant(scope, coefficient)),
  );
  return values.reduce((all, each) => functions.add(scope, [all, each], "sum"));
};

/** How many positions each example has, as these operations take it. */
const positions = (scope: Scope, { loop: { axis } }: Cell): string => {
  const { extent } = axis;
  const name = extent.tag === "length" ? lengthsNamed(scope, extent) : "";
  return operation(scope, "Cast", [name], { to: int(elementTypes.int32) }, `${name}_positions`);
};

/** What states start with, one direction after the other. */
const starts = (scope: Scope, cells: ReadonlyArray<Cell>, delayOf: (cell: Cell) => NodeId): string => {
  const names = cells.map((cell) => {
    const { name } = startValue(scope, delayOf(cell), [batchAxis, featureAxis(0, cell.size)]);
    return operation(scope, "Unsqueeze", [name, wholes(scope, [0])], {}, `${name}_start`);
  });
  return names.length === 1 ? names[0]! : operation(scope, "Concat", names, { axis: int(0) }, "starts");
};
