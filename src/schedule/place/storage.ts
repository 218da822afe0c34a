import type { NodeId } from "../../circuit/circuit.ts";
import type { Buffer, Slot } from "../../loops/loops.ts";
import { extentOf, isRagged, type LengthNames } from "../../loops/size.ts";
import type { Loops } from "../order/nest.ts";
import type { Uses } from "../order/sinking.ts";
import type { Classified } from "../statements/classify.ts";
import { canGuard } from "../statements/clean.ts";
import type { Statement, StatementId } from "../statements/statement.ts";
import { lookedUpOutside } from "./axis-order.ts";
import { resultsInPlace } from "./in-place.ts";
import { pathsOf } from "./paths.ts";
import { type BufferPlace, newPlaces } from "./places.ts";
import type { Keeping, Placing } from "./placing.ts";
import { placeLeaves, placeResults, type ResultSlot } from "./slots.ts";
import { placeValues } from "./values.ts";

/** Where each value stands: in a buffer over these axes (outermost first), or only in a local of its loop body. */
export interface Storage {
  readonly buffers: ReadonlyArray<Buffer>;
  readonly leaves: ReadonlyArray<Slot>;
  readonly results: ReadonlyArray<ResultSlot>;
  readonly placeOf: (node: NodeId) => BufferPlace | undefined;
  /** The place of a result that is copied; undefined where the value's own buffer serves. */
  readonly resultPlaceOf: (statement: StatementId) => BufferPlace | undefined;
}

/** Buffers are numbered in this order: what is given, what is computed, what is copied for the caller. */
export const store = (
  classified: Classified,
  lengths: LengthNames,
  loops: ReadonlyArray<Loops>,
  uses: Uses,
  keeping: Keeping,
): Storage => {
  const extent = extentOf(lengths);
  const places = newPlaces(extent);
  const placing: Placing = {
    classified,
    uses,
    keeping,
    paths: pathsOf(loops),
    inPlace: resultsInPlace(classified, keeping.isResultInPlace),
    places,
    extent,
    inOrderOfUse: lookedUpOutside(classified.circuit, classified.statements),
  };
  const leaves = placeLeaves(placing);
  placeValues(placing);
  const { results, copies } = placeResults(placing);
  return {
    buffers: places.buffers(),
    leaves,
    results,
    placeOf: places.placeOf,
    resultPlaceOf: (id) => copies.get(id),
  };
};

/** Whether the loops that write a buffer skip its padding, so that they must write zeros there. */
export const needsZeros = (statement: Statement, place: BufferPlace): boolean =>
  place.strides.some(({ axis }) => axis.tag === "batch") &&
  statement.axes.some((axis) => isRagged(axis) && canGuard(statement.axes, axis));
