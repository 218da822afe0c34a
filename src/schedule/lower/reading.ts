import { type Axis, firstOf, hasAxis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { CompilerFault } from "../../fault.ts";
import { addIndex, integer, type Scalar } from "../../loops/loops.ts";
import { call, number } from "../../loops/scalars.ts";
import type { LengthNames } from "../../loops/size.ts";
import type { Storage } from "../place/storage.ts";
import type { Classified } from "../statements/classify.ts";
import { type Environment, indexIn, moved, position, renamed } from "./environment.ts";
import { lengthAt } from "./length.ts";

/** What values are read and computed with, wherever a loop stands. */
export interface Reading {
  readonly classified: Classified;
  readonly storage: Storage;
  readonly lengths: LengthNames;
  /** A name that no other variable of the loops has. */
  readonly fresh: (prefix: string) => string;
}

/** The values that the loop body has in locals, each at the loop's own position. */
export type Known = ReadonlyMap<NodeId, Scalar>;

/** A value at a position: its local, its place in a buffer, or what it is made of, read there. */
export const read = (reading: Reading, id: NodeId, environment: Environment, known: Known): Scalar => {
  const local = known.get(id);
  if (local !== undefined) return local;
  const place = reading.storage.placeOf(id);
  return place === undefined
    ? inPlace(reading, id, environment, known)
    : { tag: "load", buffer: place.buffer, index: indexIn(place, environment) };
};

/** A local does not serve where an axis of its value is read elsewhere. */
export const knownBesides = ({ classified }: Reading, known: Known, moving: ReadonlyArray<Axis>): Known => {
  const isMoved = (id: NodeId): boolean => nodeAt(classified.circuit, id).axes.some((axis) => hasAxis(moving, axis));
  return new Map([...known].filter(([id]) => !isMoved(id)));
};

/** What is no statement is another way to read what is, or known from where the loop stands. */
const inPlace = (reading: Reading, id: NodeId, environment: Environment, known: Known): Scalar => {
  const { circuit, statements, views } = reading.classified;
  const { op, inputs } = nodeAt(circuit, id);
  switch (op.tag) {
    case "constant":
      return number(op.value);
    case "index":
      return counted(op.axis, environment);
    case "length":
      return lengthAt(reading.lengths, op.axis, environment);
    case "rename": {
      const there = renamed(nodeAt(circuit, inputs[0]!).axes, op.renames, environment);
      const from = op.renames.map(([axis]) => axis);
      return read(reading, inputs[0]!, there, knownBesides(reading, known, from));
    }
    case "slice": {
      const at = addIndex(position(environment, `#${op.axis.slot}:${op.size}`), integer(op.from));
      const there = new Map([...environment, [op.axis.key, at]]);
      return read(reading, inputs[0]!, there, knownBesides(reading, known, [op.axis]));
    }
    case "onehot":
      return call("equal", read(reading, inputs[0]!, environment, known), counted(op.axis, environment));
    case "map":
      return call(op.fn, ...inputs.map((input) => read(reading, input, environment, known)));
    case "delay": {
      if (!views.has(id)) break;
      const before = moved(environment, op.axis, -op.by);
      return read(reading, inputs[1]!, before, knownBesides(reading, known, [op.axis]));
    }
  }
  throw new CompilerFault(
    "schedule",
    `node ${id} (${op.tag}, statement ${statements.get(id)?.tag}) is neither stored nor read in place`,
  );
};

/** The number that an axis gives to the position where the loop stands. */
const counted = (axis: Axis, environment: Environment): Scalar => ({
  tag: "indexValue",
  index: addIndex(position(environment, axis.key), integer(firstOf(axis))),
});
