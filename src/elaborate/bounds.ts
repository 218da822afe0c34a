import { sameAxis, type TimeAxis } from "../circuit/axis.ts";
import type { Position } from "../circuit/circuit.ts";
import { isInside, normalPosition } from "./instantiate/position.ts";
import type { Boundary, IndexPlace, System, Variable } from "./system.ts";

/** A reading with its variable: of a cell's state itself where a name merely stands for it. */
export interface Resolved {
  readonly variable: Variable;
  readonly places: ReadonlyArray<IndexPlace>;
}

/**
 * `s[i] = GRU(n)(…) with s[0] = …`: the name `s` stands for a state of the cell, so its value at 0 is that state's. A
 * name that has no boundary of its own is followed to what it stands for.
 */
export const resolveRead = (
  system: System,
  { path, places }: { readonly path: string; readonly places: ReadonlyArray<IndexPlace> },
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
export const standsFor = (system: System, { variable, places }: Resolved): Resolved | undefined => {
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

/** Where a reading stands outside: the position for each slot that is outside its axis. */
export type Outside = ReadonlyMap<number, Position>;

/**
 * The boundary of a variable outside the axes of some of its slots: of those that hold there, the one that states the
 * most positions. `_` stands for every position, so `h[0,_]` holds at the corner `h[0,0]`, as `h[0,j]` does not.
 */
export const boundaryAt = ({ boundaries }: Variable, outside: Outside): Boundary | undefined => {
  const stated = formsOf(boundaries).flatMap(({ slots, byPlace }) => {
    const mayHold = slots.every(({ tag }, slot) => tag !== "along" || !outside.has(slot));
    return mayHold ? (byPlace.get(placeKey(slots, (slot) => outside.get(slot))) ?? []) : [];
  });
  const exactness = ({ slots }: Boundary): number => slots.filter(({ tag }) => tag === "position").length;
  return stated.toSorted((one, other) => exactness(other.boundary) - exactness(one.boundary) || one.at - other.at)[0]
    ?.boundary;
};

/** The boundaries whose slots are of the same kinds, by the positions that they state: there are few forms, and many positions. */
interface Form {
  readonly slots: Boundary["slots"];
  readonly byPlace: Map<string, { readonly boundary: Boundary; readonly at: number }>;
}

const formsOf = (boundaries: ReadonlyArray<Boundary>): ReadonlyArray<Form> => {
  const known = forms.get(boundaries);
  if (known !== undefined) return known;
  const byKinds = new Map<string, Form>();
  boundaries.forEach((boundary, at) => {
    const { slots } = boundary;
    const kinds = slots.map(({ tag }) => tag).join();
    const form = byKinds.get(kinds) ?? { slots, byPlace: new Map() };
    byKinds.set(kinds, form);
    const place = placeKey(slots, (slot) => positionIn(slots[slot]!));
    if (!form.byPlace.has(place)) form.byPlace.set(place, { boundary, at });
  });
  const found = [...byKinds.values()];
  forms.set(boundaries, found);
  return found;
};

const forms = new WeakMap<ReadonlyArray<Boundary>, ReadonlyArray<Form>>();

const positionIn = (slot: Boundary["slots"][number]): Position | undefined =>
  slot.tag === "position" ? slot.position : undefined;

/** The positions of those slots that state one. */
const placeKey = (slots: Boundary["slots"], at: (slot: number) => Position | undefined): string =>
  slots
    .flatMap(({ tag }, slot) => {
      const position = tag === "position" ? at(slot) : undefined;
      if (tag !== "position") return [];
      return [position === undefined ? "inside" : JSON.stringify(Object.values(position))];
    })
    .join();

/** The positions outside the axis that a shift by `by` reads, the nearest first. */
export const positionsOutside = (axis: TimeAxis, by: number): ReadonlyArray<Position> =>
  Array.from({ length: Math.abs(by) }, (_, i) =>
    by > 0 ? ({ tag: "fromStart", position: -i } as const) : normalPosition(axis, { tag: "fromEnd", offset: i + 1 }),
  ).map((position) => (position.tag === "fromStart" ? { ...position, position: position.position + 0 } : position));

/** Everywhere outside that a reading may come to stand, with the boundary that holds there. */
export const boundariesRead = ({
  variable,
  places,
}: Resolved): ReadonlyArray<{ readonly outside: Outside; readonly boundary: Boundary | undefined }> =>
  places
    .reduce<ReadonlyArray<Outside>>(
      (sofar, place, slot) => {
        const axis = variable.axes[slot]!;
        const outside = (position: Position) => sofar.map((others): Outside => new Map([...others, [slot, position]]));
        if (place.tag === "at") return isInside(axis, place.position) ? sofar : outside(place.position);
        return sofar.concat(positionsOutside(axis, place.by).flatMap(outside));
      },
      [new Map()],
    )
    .filter(({ size }) => size > 0)
    .map((outside) => ({ outside, boundary: boundaryAt(variable, outside) }));

/** The slots that are read at one position outside their axis: if there are any, only boundaries are read. */
export const slotsOutside = ({ variable, places }: Resolved): ReadonlyArray<number> =>
  places.flatMap((place, slot) =>
    place.tag === "at" && !isInside(variable.axes[slot]!, place.position) ? [slot] : [],
  );
