import { sameAxis } from "../circuit/axis.ts";
import type { Span } from "../syntax/span.ts";
import { boundariesRead, type Resolved, resolveRead, slotsOutside } from "./bounds.ts";
import { termsIn } from "./reachable.ts";
import type { System, Variable } from "./system.ts";
import { readsOf } from "./term.ts";

/** That one variable needs another, and how far back along each axis of the one that needs. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  /** By axis: so many positions back, or anywhere along it. */
  readonly distance: ReadonlyMap<string, number | "anywhere">;
  /** Whether no position is shifted, so that the other must be computed first. */
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
  return [...part, ...terms.flatMap(readsOf).flatMap((read) => ofRead(variable, resolveRead(system, read), read.span))];
};

const ofRead = (variable: Variable, read: Resolved, span: Span): ReadonlyArray<Dependency> => {
  const bounds = boundariesRead(read).flatMap(({ boundary }) => boundary?.variable ?? []);
  const boundaries = [...new Set(bounds)].map(
    (to): Dependency => ({ from: variable.path, to, distance: anywhere(variable), instant: true, span }),
  );
  if (slotsOutside(read).length > 0) return boundaries;
  const distance = new Map(
    variable.axes.map((axis) => {
      const slot = read.variable.axes.findIndex((own) => sameAxis(own, axis));
      const place = read.places[slot];
      return [axis.key, place?.tag === "shift" && sameAxis(place.axis, axis) ? place.by : "anywhere"] as const;
    }),
  );
  const instant = read.places.every((place) => place.tag === "at" || place.by === 0);
  return [...boundaries, { from: variable.path, to: read.variable.path, distance, instant, span }];
};

const anywhere = (variable: Variable): ReadonlyMap<string, "anywhere"> =>
  new Map(variable.axes.map(({ key }) => [key, "anywhere"]));
