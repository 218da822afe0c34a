import { hasAxis, sameAxis } from "../circuit/axis.ts";
import type { Span } from "../syntax/span.ts";
import { boundariesRead, type Outside, type Resolved, resolveRead, slotsOutside } from "./bounds.ts";
import { fallenReads } from "./falling.ts";
import { termsIn } from "./reachable.ts";
import type { System, Term, Variable } from "./system.ts";
import { freeAxes, partsOf, readsOf } from "./term.ts";

/** That one variable needs another, and how far back along each axis of the one that needs. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** By axis: so many positions back, or anywhere along it. */
  readonly distance: ReadonlyMap<string, number | "anywhere">;
  /** Whether no position is shifted, but into a boundary, so that the other must be computed first. */
  readonly instant: boolean;
  readonly span: Span;
}

export const dependenciesOf = (system: System): ReadonlyMap<string, ReadonlyArray<Dependency>> =>
  new Map([...system.variables.values()].map((variable) => [variable.path, dependencies(system, variable)]));

const dependencies = (system: System, variable: Variable): ReadonlyArray<Dependency> => {
  const { meaning, path, span } = variable;
  const whole = (to: string): Dependency => ({
    from: path,
    to,
    distance: new Map(variable.axes.map(({ key }) => [key, 0])),
    instant: true,
    span,
  });
  const part = meaning.tag === "part" ? [whole(meaning.whole)] : [];
  // A random variable is given: its distribution is no part of its value.
  const terms = meaning.tag === "random" ? [] : termsIn(meaning);
  return [
    ...part,
    ...terms.flatMap(readsOf).flatMap((read) => ofRead(variable, resolveRead(system, read), read.span)),
    ...terms.flatMap(partsOf).flatMap((term) => (term.tag === "grad" ? ofDerivative(system, variable, term) : [])),
  ];
};

/** A derivative by a value somewhere needs what is differentiated as a whole: along all axes but its own. */
const ofDerivative = (
  system: System,
  variable: Variable,
  { of, span }: Extract<Term, { readonly tag: "grad" }>,
): ReadonlyArray<Dependency> => {
  const over = freeAxes(of);
  return readsOf(of)
    .flatMap((read) => ofRead(variable, resolveRead(system, read), span))
    .map(({ distance, ...dependency }) => ({
      ...dependency,
      distance: new Map(
        variable.axes.map((axis) => [axis.key, hasAxis(over, axis) ? distance.get(axis.key)! : "anywhere"]),
      ),
    }));
};

const ofRead = (variable: Variable, read: Resolved, span: Span): ReadonlyArray<Dependency> => {
  const to = (path: string, left: Outside, isAlong: (slot: number) => boolean): Dependency => ({
    from: variable.path,
    to: path,
    distance: distanceOf(variable, read, (slot) => !left.has(slot) && isAlong(slot)),
    instant: read.places.every((place, slot) => left.has(slot) || place.tag === "at" || place.by === 0),
    span,
  });
  // A boundary over an axis is read where the variable would be: a scan in a scan begins from the state around it.
  const boundaries = [read, ...fallenReads(read)]
    .flatMap(boundariesRead)
    .flatMap(({ outside, boundary }) =>
      boundary === undefined ? [] : [to(boundary.variable, outside, (slot) => boundary.slots[slot]!.tag === "along")],
    );
  return slotsOutside(read).length > 0
    ? distinct(boundaries)
    : [...distinct(boundaries), to(read.variable.path, new Map(), () => true)];
};

/** How far back along each axis of the one that reads, where the slots that are left are read along it. */
const distanceOf = (
  variable: Variable,
  read: Resolved,
  isLeft: (slot: number) => boolean,
): ReadonlyMap<string, number | "anywhere"> =>
  new Map(
    variable.axes.map((axis) => {
      const slot = read.variable.axes.findIndex((own, place) => isLeft(place) && sameAxis(own, axis));
      const place = read.places[slot];
      return [axis.key, place?.tag === "shift" && sameAxis(place.axis, axis) ? place.by : "anywhere"] as const;
    }),
  );

/** A boundary may hold at several corners. */
const distinct = (found: ReadonlyArray<Dependency>): ReadonlyArray<Dependency> => [
  ...new Map(found.map((each) => [`${each.to} ${each.instant} ${JSON.stringify([...each.distance])}`, each])).values(),
];
