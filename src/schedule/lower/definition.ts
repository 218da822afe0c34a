import { type Axis, raggedOver } from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { CompilerFault } from "../../fault.ts";
import { addIndex, type Index, integer, type Loop, type Scalar } from "../../loops/loops.ts";
import { call, choose, number } from "../../loops/scalars.ts";
import { type Environment, position, variableIndex } from "./environment.ts";
import { lengthAt } from "./length.ts";
import { type Known, knownBesides, type Reading, read } from "./reading.ts";

/** Statements that must come before a scalar, and the scalar. */
export interface Computed {
  readonly before: ReadonlyArray<Loop>;
  readonly value: Scalar;
}

/** What a statement of kind `point` computes where the loop stands. */
export const define = (reading: Reading, id: NodeId, environment: Environment, known: Known): Computed => {
  const { op, inputs } = nodeAt(reading.classified.circuit, id);
  switch (op.tag) {
    case "map": {
      const operands = inputs.map((input) => read(reading, input, environment, known));
      return { before: [], value: call(op.fn, ...operands) };
    }
    case "delay":
      return { before: [], value: delayed(reading, id, op, environment, known) };
    case "at":
      return op.position.tag === "fromStart"
        ? { before: [], value: fromStart(reading, inputs[0]!, op.axis, op.position.position, environment, known) }
        : fromEnd(reading, inputs[0]!, op.axis, op.position.offset, environment, known);
    default:
      throw new CompilerFault("schedule", `${op.tag} is not computed point by point`);
  }
};

/** The source one or more positions before or after, and the boundary where the axis has no such position. */
const delayed = (
  reading: Reading,
  id: NodeId,
  { axis, by }: Extract<Op, { tag: "delay" }>,
  environment: Environment,
  known: Known,
): Scalar => {
  const { inputs, axes } = nodeAt(reading.classified.circuit, id);
  const at = addIndex(position(environment, axis.key), integer(-by));
  const place: Scalar = { tag: "indexValue", index: at };
  const inRange =
    by > 0 ? call("lessEqual", number(0), place) : call("less", place, lengthAt(reading.lengths, axis, environment));
  const boundary = read(reading, inputs[0]!, environment, known);
  const source = { id: inputs[1]!, axes, axis, at, otherwise: boundary };
  return choose(inRange, elsewhere(reading, source, environment, known), boundary);
};

/** The value at a position counted from 1; 0 where the axis does not reach it. */
const fromStart = (
  reading: Reading,
  id: NodeId,
  axis: Axis,
  counted: number,
  environment: Environment,
  known: Known,
): Scalar => {
  const { axes } = nodeAt(reading.classified.circuit, id);
  const source = { id, axes, axis, at: integer(counted - 1), otherwise: number(0) };
  const value = elsewhere(reading, source, environment, known);
  const reaches = call("lessEqual", number(counted), lengthAt(reading.lengths, axis, environment));
  return choose(reaches, value, number(0));
};

/** The value so far from the last position, which differs from example to example; 0 where the axis begins after it. */
const fromEnd = (
  reading: Reading,
  id: NodeId,
  axis: Axis,
  offset: number,
  environment: Environment,
  known: Known,
): Computed => {
  const { axes } = nodeAt(reading.classified.circuit, id);
  const name = reading.fresh("at");
  const source = { id, axes, axis, at: variableIndex(name), otherwise: number(0) };
  const value = elsewhere(reading, source, environment, known);
  const place = call("add", lengthAt(reading.lengths, axis, environment), number(offset - 1));
  return {
    before: [{ tag: "letInteger", name, value: place }],
    value: choose(call("lessEqual", number(0), { tag: "local", name }), value, number(0)),
  };
};

/** A value at another position of an axis; where axes ragged over it do not reach as far there, something else. */
const elsewhere = (
  reading: Reading,
  { id, axes, axis, at, otherwise }: Source,
  environment: Environment,
  known: Known,
): Scalar => {
  const there = new Map([...environment, [axis.key, at]]);
  const value = read(reading, id, there, knownBesides(reading, known, [axis]));
  return raggedOver(axes, axis).reduce((soFar, ragged) => {
    const place: Scalar = { tag: "indexValue", index: position(environment, ragged.key) };
    return choose(call("less", place, lengthAt(reading.lengths, ragged, there)), soFar, otherwise);
  }, value);
};

/** What is read at another position: a value whose reader has these axes. */
interface Source {
  readonly id: NodeId;
  readonly axes: ReadonlyArray<Axis>;
  readonly axis: Axis;
  readonly at: Index;
  readonly otherwise: Scalar;
}
