import { sameAxis, type TimeAxis } from "../circuit/axis.ts";
import type { Position } from "../circuit/circuit.ts";
import { isInside, normalPosition } from "./instantiate/position.ts";
import type { Boundary, Place, System, Variable } from "./system.ts";

/** A reading with its variable: of a cell's state itself where a name merely stands for it. */
export interface Resolved {
  readonly variable: Variable;
  readonly places: ReadonlyArray<Place>;
}

/**
 * `s[i] = GRU(n)(…) with s[0] = …`: the name `s` stands for a state of the cell, so its value at 0 is that state's. A
 * name that has no boundary of its own is followed to what it stands for.
 */
export const resolveRead = (
  system: System,
  { path, places }: { readonly path: string; readonly places: ReadonlyArray<Place> },
): Resolved => {
  const first: Resolved = { variable: system.variables.get(path)!, places };
  const seen = new Set<string>();
  for (let here: Resolved | undefined = first; here !== undefined; here = standsFor(system, here)) {
    if (here.variable.boundaries.length > 0) return here;
    // Names that stand for each other in a circle are reported as a cycle.
    if (seen.has(here.variable.path)) break;
    seen.add(here.variable.path);
  }
  return first;
};

/** The same reading of the variable of which another is merely a name. */
const standsFor = (system: System, { variable, places }: Resolved): Resolved | undefined => {
  if (variable.meaning.tag !== "equation" || variable.meaning.value.tag !== "read") return undefined;
  const { value } = variable.meaning;
  const slots = value.places.map((place) =>
    place.tag === "shift" && place.by === 0 ? variable.axes.findIndex((axis) => sameAxis(axis, place.axis)) : -1,
  );
  const source = system.variables.get(value.path)!;
  const isSame = slots.every((slot, i) => slot >= 0 && sameAxis(source.axes[i]!, variable.axes[slot]!));
  return isSame && slots.length === variable.axes.length
    ? { variable: source, places: slots.map((slot) => places[slot]!) }
    : undefined;
};

/** The boundary of a variable at a position outside its axis; one for exactly this position comes first. */
export const boundaryAt = (variable: Variable, slot: number, position: Position): Boundary | undefined => {
  const along = variable.boundaries.filter(({ slots }) =>
    slots.every((own, i) => (i === slot ? own.tag !== "along" : own.tag !== "position")),
  );
  const exact = along.find(({ slots }) => {
    const own = slots[slot]!;
    return own.tag === "position" && JSON.stringify(own.position) === JSON.stringify(position);
  });
  return exact ?? along.find(({ slots }) => slots[slot]!.tag === "outside");
};

/** The positions outside the axis that a shift by `by` reads, the nearest first. */
export const positionsOutside = (axis: TimeAxis, by: number): ReadonlyArray<Position> =>
  Array.from({ length: Math.abs(by) }, (_, i) =>
    by > 0 ? ({ tag: "fromStart", position: -i } as const) : normalPosition(axis, { tag: "fromEnd", offset: i + 1 }),
  ).map((position) => (position.tag === "fromStart" ? { ...position, position: position.position + 0 } : position));

/** The boundary variables that a reading may need, and those that are missing. */
export const boundariesRead = ({
  variable,
  places,
}: Resolved): ReadonlyArray<{
  readonly slot: number;
  readonly position: Position;
  readonly boundary: Boundary | undefined;
}> =>
  places.flatMap((place, slot) => {
    const axis = variable.axes[slot]!;
    const positions =
      place.tag === "shift" ? positionsOutside(axis, place.by) : isInside(axis, place.position) ? [] : [place.position];
    return positions.map((position) => ({ slot, position, boundary: boundaryAt(variable, slot, position) }));
  });

/** The slot that is read at one position outside its axis, if there is one: then only the boundary is read. */
export const slotOutside = ({ variable, places }: Resolved): number =>
  places.findIndex((place, slot) => place.tag === "at" && !isInside(variable.axes[slot]!, place.position));
