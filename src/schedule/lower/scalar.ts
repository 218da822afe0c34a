import type { Axis } from "../../circuit/axis.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Index, Scalar } from "../../loops/loops.ts";
import type { LengthNames } from "../../loops/size.ts";
import type { Storage } from "../place/storage.ts";
import type { Classified } from "../statements/classify.ts";
import type { Summand } from "../statements/statement.ts";
import type { Onehot } from "../statements/summand.ts";
import { type Computed, define } from "./definition.ts";
import type { Environment } from "./environment.ts";
import { lengthAt, lengthEntry } from "./length.ts";
import { type LookedUp, lookUp, type Picked, picked, product } from "./look-up.ts";
import { type Known, type Reading, read } from "./reading.ts";

/** How values are read and computed at one position: the node's operation with the loop variables put in. */
export interface Scalars {
  readonly fresh: (prefix: string) => string;
  readonly read: (id: NodeId, environment: Environment, known: Known) => Scalar;
  /** What a statement of kind `point` computes. */
  readonly define: (id: NodeId, environment: Environment, known: Known) => Computed;
  /** The product of the factors, in an environment where each look-up's axis stands at its symbol. */
  readonly product: (summand: Summand, environment: Environment, known: Known) => Scalar;
  /** An environment with each look-up's axis at its symbol; what it takes is best done outside the inner loops. */
  readonly lookUp: (summand: Summand, environment: Environment, known: Known) => LookedUp;
  /** The position of an axis that a symbol or a number names, as a loop variable. */
  readonly symbol: (onehot: Onehot, environment: Environment, known: Known) => Picked;
  readonly length: (axis: Axis, environment: Environment) => Scalar;
  readonly lengthIndex: (axis: Axis, environment: Environment) => { readonly table: number; readonly index: Index };
}

export const scalars = (classified: Classified, storage: Storage, lengths: LengthNames): Scalars => {
  let count = 0;
  const fresh = (prefix: string): string => `${prefix}${count++}`;
  const reading: Reading = { classified, storage, lengths, fresh };
  return {
    fresh,
    read: (id, environment, known) => read(reading, id, environment, known),
    define: (id, environment, known) => define(reading, id, environment, known),
    product: (summand, environment, known) => product(reading, summand, environment, known),
    lookUp: (summand, environment, known) => lookUp(reading, summand, environment, known),
    symbol: (onehot, environment, known) => picked(reading, onehot, environment, known),
    length: (axis, environment) => lengthAt(lengths, axis, environment),
    lengthIndex: (axis, environment) => lengthEntry(lengths, axis, environment),
  };
};
