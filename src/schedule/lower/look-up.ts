import type { CountedAxis } from "../../circuit/axis.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Index, Loop, Scalar } from "../../loops/loops.ts";
import { call, number } from "../../loops/scalars.ts";
import { extentOf, type LengthNames } from "../../loops/size.ts";
import type { Summand } from "../statements/statement.ts";
import type { Onehot } from "../statements/summand.ts";
import { type Environment, renamed, variableIndex } from "./environment.ts";
import { type Known, knownBesides, type Reading, read } from "./reading.ts";

/** A position as a loop variable, and the statements that find it. */
export interface Picked {
  readonly before: ReadonlyArray<Loop>;
  readonly index: Index;
}

/** An environment with each look-up's axis at its symbol, and the statements that find those. */
export interface LookedUp {
  readonly before: ReadonlyArray<Loop>;
  readonly lookedUp: Environment;
}

/** The position of an axis that a symbol or a number names. */
export const picked = (
  reading: Reading,
  { axis, symbol, renames }: Onehot,
  environment: Environment,
  known: Known,
): Picked => {
  const name = reading.fresh("symbol");
  const there = renamed(nodeAt(reading.classified.circuit, symbol).axes, renames, environment);
  const value = placeIn(reading.lengths, axis, read(reading, symbol, there, known));
  return { before: [{ tag: "letInteger", name, value }], index: variableIndex(name) };
};

export const lookUp = (reading: Reading, { lookups }: Summand, environment: Environment, known: Known): LookedUp => {
  const found = lookups.map((lookup) => ({ key: lookup.axis.key, ...picked(reading, lookup, environment, known) }));
  return {
    before: found.flatMap(({ before }) => before),
    lookedUp: new Map(found.map(({ key, index }) => [key, index])),
  };
};

/** The product of the factors, in an environment where each look-up's axis stands at its symbol. */
export const product = (
  reading: Reading,
  { factors, lookups }: Summand,
  environment: Environment,
  known: Known,
): Scalar => {
  const picks = lookups.map(({ axis }) => axis);
  const usable = knownBesides(reading, known, picks);
  const values = factors.map((factor) => read(reading, factor, environment, usable));
  return values.length === 0 ? number(1) : values.reduce((a, b) => call("mul", a, b));
};

/** What stands in padding names anything: it is brought to a place that is there. */
const placeIn = (lengths: LengthNames, axis: CountedAxis, value: Scalar): Scalar => {
  if (axis.tag === "feature") return value;
  const last = call("sub", { tag: "size", size: extentOf(lengths)(axis) }, number(1));
  return call("max", number(0), call("min", call("sub", value, number(1)), last));
};
