import { match } from "../match.ts";
import type { Axis } from "./axis.ts";
import type { Circuit, Node, NodeId, Op, Output, Position } from "./circuit.ts";

/** A circuit as text: one node a line with its operands and axes, then the outputs. */
export const print = (circuit: Circuit): string =>
  [...circuit.nodes.map((node, id) => printNode(node, id)), ...circuit.outputs.map(printOutput)].join("\n");

const printNode = ({ op, inputs, axes, name }: Node, id: NodeId): string => {
  const operands = inputs.map((input) => `%${input}`).join(", ");
  const called = name === undefined ? "" : `  // ${name}`;
  return `%${id}${printAxes(axes)} = ${printOp(op)}${inputs.length === 0 ? "" : `(${operands})`}${called}`;
};

const printOutput = ({ role, name, node, axes }: Output): string => `${role} ${name}${printAxes(axes)} = %${node}`;

const printAxes = (axes: ReadonlyArray<Axis>): string =>
  axes.length === 0 ? "" : `[${axes.map(({ key }) => key).join(", ")}]`;

/** An operation without its operands. */
const printOp: (op: Op) => string = match<Op, string>({
  constant: ({ value }) => String(value),
  parameter: ({ path }) => `parameter ${path}`,
  input: ({ name }) => `input ${name}`,
  index: ({ axis }) => `index ${axis.key}`,
  length: ({ axis }) => `length ${axis.key}`,
  map: ({ fn }) => fn,
  reduce: ({ fn, over }) => `${fn}${printAxes(over)}`,
  delay: ({ axis, by }) => `delay[${axis.key}${by < 0 ? `+${-by}` : `-${by}`}]`,
  at: ({ axis, position }) => `at[${axis.key}=${printPosition(position)}]`,
  onehot: ({ axis }) => `onehot[${axis.key}]`,
  concat: ({ axis, sizes }) => `concat[${axis.key}: ${sizes.join("+")}]`,
  slice: ({ axis, from, size }) => `slice[${axis.key}: ${from}..${from + size - 1}]`,
  mark: ({ name, axes }) => `mark ${name}${printAxes(axes)}`,
  grad: ({ over }) => `grad${printAxes(over)}`,
  rename: ({ renames }) => `rename[${renames.map(([from, to]) => `${from.key} to ${to.key}`).join(", ")}]`,
});

const printPosition = (position: Position): string =>
  position.tag === "fromStart"
    ? String(position.position)
    : position.offset === 0
      ? "end"
      : `end${position.offset < 0 ? "" : "+"}${position.offset}`;
