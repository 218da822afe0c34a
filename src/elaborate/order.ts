import { components } from "../circuit/components.ts";
import type { Dependency } from "./dependencies.ts";

/**
 * An order of the needed variables in which each stands after what it needs at the same position, and, where no cycle
 * forbids, after what it needs at all: then only true feedback is an open delay.
 */
export const computingOrder = (
  needed: ReadonlySet<string>,
  dependencies: ReadonlyMap<string, ReadonlyArray<Dependency>>,
): ReadonlyArray<string> => {
  const successors = (path: string, only: (dependency: Dependency) => boolean): ReadonlyArray<string> =>
    (dependencies.get(path) ?? []).filter(only).map(({ to }) => to);
  const groups = components([...needed], (path) => successors(path, () => true));
  return groups.flatMap((members) => {
    const within = new Set(members);
    return components(members, (path) => successors(path, ({ instant, to }) => instant && within.has(to))).flat();
  });
};
