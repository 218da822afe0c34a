import { hasAxis, lengthAxes, type TimeAxis } from "../circuit/axis.ts";
import type { Position } from "../circuit/circuit.ts";
import { boundariesRead, type Resolved } from "./bounds.ts";
import { isInside, normalPosition } from "./instantiate/position.ts";
import type { Boundary } from "./system.ts";

/** Where a named position stands on an axis of one length that does not have it: at a boundary. */
export interface Fall {
  readonly length: number;
  readonly position: Position;
}

/**
 * A position of an axis may lie outside where the axis is short: `h[T]` of an empty sequence is `h[0]`, `g[1]` is `g[T+1]`.
 * It is then the boundary there, as far as one is given: by slot, for each such length, the greatest first.
 */
export const fallsOf = (resolved: Resolved): ReadonlyMap<number, ReadonlyArray<Fall>> => {
  const found = new Map<number, ReadonlyArray<Fall>>();
  for (const slot of namedSlots(resolved).filter((each) => isAlone(resolved, each))) {
    const given = takeWhile(candidates(resolved, slot), ({ position }) => {
      const here = fallen(resolved, slot, position);
      const corners = [...found].flatMap(([other, falls]) => falls.map((fall) => fallen(here, other, fall.position)));
      return [here, ...corners].every(isGiven);
    });
    if (given.length > 0) found.set(slot, given);
  }
  return found;
};

/** The same reading where a slot stands at another position. */
export const fallen = ({ variable, places }: Resolved, slot: number, position: Position): Resolved => ({
  variable,
  places: places.map((place, other) => (other === slot ? { tag: "at", position } : place)),
});

/** All that a reading may come to on short axes, at corners too. */
export const fallenReads = (resolved: Resolved): ReadonlyArray<Resolved> => {
  const spread = (
    read: Resolved,
    slots: ReadonlyArray<readonly [number, ReadonlyArray<Fall>]>,
  ): ReadonlyArray<Resolved> =>
    slots.flatMap(([slot, falls], i) =>
      falls.flatMap(({ position }) => {
        const here = fallen(read, slot, position);
        return [here, ...spread(here, slots.slice(i + 1))];
      }),
    );
  return spread(resolved, [...fallsOf(resolved)]);
};

/** The boundaries that a reading may come to on short axes. */
export const fallenBoundaries = (resolved: Resolved): ReadonlyArray<Boundary> =>
  fallenReads(resolved)
    .flatMap(boundariesRead)
    .flatMap(({ boundary }) => boundary ?? []);

/** The slots at a position of their axes, the innermost first: its length may stand over the others. */
export const namedSlots = ({ variable, places }: Resolved): ReadonlyArray<number> =>
  places
    .flatMap((place, slot) => (place.tag === "at" && isInside(variable.axes[slot]!, place.position) ? [slot] : []))
    .sort((one, other) => variable.axes[other]!.rank - variable.axes[one]!.rank);

/** How long an axis must be to have a position. */
export const lengthFor = (position: Position): number =>
  position.tag === "fromStart" ? position.position : 1 - position.offset;

/** Every shorter length, with where the position then is. */
const candidates = ({ variable, places }: Resolved, slot: number): ReadonlyArray<Fall> => {
  const place = places[slot]!;
  const axis = variable.axes[slot]!;
  if (place.tag !== "at" || axis.extent.tag === "fixed") return [];
  const least = lengthFor(place.position);
  return Array.from({ length: least }, (_, beyond) => ({
    length: least - 1 - beyond,
    position: outsideBy(axis, place.position, beyond),
  }));
};

/** From the end one falls before the start, from the start behind the end. */
const outsideBy = (axis: TimeAxis, { tag }: Position, beyond: number): Position =>
  tag === "fromEnd"
    ? { tag: "fromStart", position: 0 - beyond }
    : normalPosition(axis, { tag: "fromEnd", offset: beyond + 1 });

/** Whether neither the axis nor another's length depends on where a further slot stands. */
const isAlone = ({ variable, places }: Resolved, slot: number): boolean => {
  const axis = variable.axes[slot]!;
  return variable.axes.every((other, i) => {
    const place = places[i]!;
    const isHere = place.tag === "shift" && place.by === 0;
    return !hasAxis(lengthAxes(other), axis) && (isHere || !hasAxis(lengthAxes(axis), other));
  });
};

const isGiven = (read: Resolved): boolean =>
  boundariesRead(read).every(({ boundary }) => boundary !== undefined && boundary.isCircular !== true);

const takeWhile = <A>(list: ReadonlyArray<A>, holds: (entry: A) => boolean): ReadonlyArray<A> => {
  const end = list.findIndex((entry) => !holds(entry));
  return end < 0 ? list : list.slice(0, end);
};
