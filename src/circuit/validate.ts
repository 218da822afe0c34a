import * as E from "fp-ts/lib/Either.js";
import { CompilerFault } from "../fault.ts";
import { type Axis, lengthAxes, sameAxis, sortAxes, unionAxes, withoutAxes } from "./axis.ts";
import { arity, type Circuit, type Node, type NodeId, type Op } from "./circuit.ts";
import { axesOf } from "./shape.ts";

/** The circuit itself if its invariants hold, else a fault that names the first few that are broken. */
export const validate = (circuit: Circuit): E.Either<CompilerFault, Circuit> => {
  const broken = brokenInvariants(circuit);
  return broken.length === 0 ? E.right(circuit) : E.left(new CompilerFault("validate", broken.slice(0, 5).join("; ")));
};

/** Every invariant that the circuit breaks, in words. */
export const brokenInvariants = (circuit: Circuit): ReadonlyArray<string> => [
  ...circuit.nodes.flatMap((node, id) =>
    [...order(circuit, node, id), ...shape(circuit, node)].map((what) => `node ${id} (${node.op.tag}): ${what}`),
  ),
  ...circuit.outputs.flatMap(({ name, node, axes }) => {
    const found = circuit.nodes[node];
    if (found === undefined) return [`output ${name}: no node ${node}`];
    const extra = withoutAxes(found.axes, axes);
    return extra.length === 0 ? [] : [`output ${name}: its node has the further axes ${show(extra)}`];
  }),
];

const order = (circuit: Circuit, { op, inputs }: Node, id: NodeId): ReadonlyArray<string> =>
  inputs.flatMap((input, place) =>
    circuit.nodes[input] === undefined
      ? [`input ${place} is no node`]
      : input >= id && !(op.tag === "delay" && place === 1)
        ? [`input ${place} does not stand before it`]
        : [],
  );

const shape = (circuit: Circuit, { op, inputs, axes }: Node): ReadonlyArray<string> => {
  const operands = inputs.map((input) => circuit.nodes[input]?.axes ?? []);
  if (operands.length !== operandCount(op)) return [`has ${operands.length} operands, not ${operandCount(op)}`];
  const expected = axesOf(op, operands);
  const differs = op.tag === "delay" ? withoutAxes(expected, axes).length > 0 : !areSame(sortAxes(expected), axes);
  return [
    ...(differs ? [`has axes ${show(axes)}, not ${show(expected)}`] : []),
    ...(areSame(axes, unionAxes(axes)) ? [] : [`axes ${show(axes)} are not in order`]),
    ...doubleSlots(axes),
    ...unclosed(axes),
    ...lacking(op, operands[0] ?? []),
  ];
};

const operandCount = (op: Op): number => {
  if (op.tag === "map") return arity[op.fn];
  if (op.tag === "delay" || op.tag === "grad") return 2;
  if (op.tag === "concat") return op.sizes.length;
  return op.tag === "reduce" ||
    op.tag === "at" ||
    op.tag === "onehot" ||
    op.tag === "slice" ||
    op.tag === "rename" ||
    op.tag === "mark"
    ? 1
    : 0;
};

const doubleSlots = (axes: ReadonlyArray<Axis>): ReadonlyArray<string> => {
  const slots = axes.flatMap((axis) => (axis.tag === "feature" ? [axis.slot] : []));
  return new Set(slots).size === slots.length ? [] : [`has two axes on one slot: ${show(axes)}`];
};

const unclosed = (axes: ReadonlyArray<Axis>): ReadonlyArray<string> => {
  const missing = withoutAxes(axes.flatMap(lengthAxes), axes);
  return missing.length === 0 ? [] : [`lacks ${show(missing)}, over which the length of one of its axes stands`];
};

/** The axes that an operation names and its operand must have. */
const lacking = (op: Op, operand: ReadonlyArray<Axis>): ReadonlyArray<string> => {
  const named =
    op.tag === "reduce"
      ? op.over
      : op.tag === "slice"
        ? [op.axis]
        : op.tag === "rename"
          ? op.renames.map(([from]) => from)
          : [];
  const missing = withoutAxes(named, operand);
  return missing.length === 0 ? [] : [`its operand lacks the axes ${show(missing)}`];
};

const areSame = (some: ReadonlyArray<Axis>, others: ReadonlyArray<Axis>): boolean =>
  some.length === others.length && some.every((axis, i) => sameAxis(axis, others[i]!));

const show = (axes: ReadonlyArray<Axis>): string => `[${axes.map(({ key }) => key).join(", ")}]`;
