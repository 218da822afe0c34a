import { pickedAxis, type TimeAxis } from "../../circuit/axis.ts";
import { isPlaceable } from "../linear.ts";
import type { IndexPlace, Term } from "../system.ts";

/** Where a variable is read along an axis: as every index says, or at a position that is computed. */
export type Placed = { readonly tag: "place"; readonly place: IndexPlace } | Computed;

export interface Computed {
  readonly tag: "computed";
  /** The axis of the variable. */
  readonly own: TimeAxis;
  readonly place: Term;
}

/** An index that is computed: a whole-number linear form of positions, lengths and numbers, or a position from the data. */
export const computedPlace = (own: TimeAxis, place: Term): Computed | undefined =>
  isPlaceable(place) ? { tag: "computed", own, place } : undefined;

/**
 * A reading at computed positions: along an axis of its own for each of them, as long as the variable's, of which then
 * one position is picked.
 */
export const pickedAt = (
  read: (places: ReadonlyArray<IndexPlace>) => Term,
  name: string,
  placed: ReadonlyArray<Placed>,
): Term => {
  const axes = placed.map((each) => (each.tag === "computed" ? pickedAxis(each.own) : undefined));
  const places = placed.map(
    (each, i): IndexPlace => (each.tag === "place" ? each.place : { tag: "shift", axis: axes[i]!, by: 0 }),
  );
  return placed.reduce<Term>(
    (table, each, i) =>
      each.tag === "place"
        ? table
        : { tag: "pick", table, own: each.own, axis: axes[i]!, place: each.place, name, span: each.place.span },
    read(places),
  );
};
