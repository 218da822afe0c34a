import { hasAxis } from "../circuit/axis.ts";
import type { ReadBack } from "../circuit/model.ts";
import { resolveRead, slotsOutside } from "./bounds.ts";
import { showPosition } from "./instantiate/position.ts";
import { termsIn } from "./reachable.ts";
import type { IndexPlace, System, Term, Variable } from "./system.ts";
import { readsOf } from "./term.ts";

/**
 * Where a target is read by anything but its own `~`: a value that is missing there is an error, since the equations need
 * it. `reached` are the variables that something needs.
 */
export const readBacks = (system: System, reached: ReadonlySet<string>, target: Variable): ReadonlyArray<ReadBack> => {
  const terms = [...system.variables.values()]
    .filter(({ path }) => reached.has(path))
    .flatMap((variable) =>
      termsIn(variable.meaning).map((term) => ({ term, isOwn: isWeight(variable, target, term) })),
    );
  const found = [...terms, ...system.minimized.map((term) => ({ term, isOwn: false }))].flatMap(({ term, isOwn }) =>
    readsOf(term).flatMap((read): ReadonlyArray<ReadBack> => {
      const resolved = resolveRead(system, read);
      if (resolved.variable.path !== target.path || slotsOutside(resolved).length > 0) return [];
      if (isOwn && resolved.places.every((place, slot) => isHere(target, place, slot))) return [];
      return [{ written: writtenRead(target, resolved.places), places: resolved.places.map(placeOf) }];
    }),
  );
  return [...new Map(found.map((each) => [JSON.stringify(each.places), each])).values()];
};

/** A weight of 0 may depend on what it weighs, as that of a class does. */
const isWeight = (variable: Variable, target: Variable, term: Term): boolean =>
  variable.path === target.path && variable.meaning.tag === "random" && variable.meaning.weight === term;

const isHere = ({ axes }: Variable, place: IndexPlace, slot: number): boolean =>
  place.tag === "shift" && place.by === 0 && hasAxis([axes[slot]!], place.axis);

const placeOf = (place: IndexPlace): ReadBack["places"][number] =>
  place.tag === "shift" ? { tag: "shift", by: place.by } : place;

const writtenRead = ({ path, axes }: Variable, places: ReadonlyArray<IndexPlace>): string => {
  const indices = places.map((place, slot) => {
    if (place.tag === "at") return showPosition(axes[slot]!, place.position);
    const by = place.by === 0 ? "" : place.by > 0 ? `-${place.by}` : `+${-place.by}`;
    return `${place.axis.key}${by}`;
  });
  return indices.length === 0 ? path : `${path}[${indices.join(",")}]`;
};
