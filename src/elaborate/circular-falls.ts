import { resolveRead } from "./bounds.ts";
import { dependenciesOf } from "./dependencies.ts";
import { fallenBoundaries } from "./falling.ts";
import { termsIn } from "./reachable.ts";
import type { Boundary, System } from "./system.ts";
import { readsOf } from "./term.ts";

/**
 * A boundary that is computed from what would fall onto it at the same position is none of that: of `o[t] = s[t,I]` with
 * `s[t,0] = o[t]` there is no value where I is 0, so that the position itself must be there.
 */
export const withoutCircularFalls = (system: System): System => {
  const falls = fallsIn(system);
  if (falls.length === 0) return system;
  const edges = instantEdges(withBoundaries(system, (boundary) => ({ ...boundary, isCircular: true })));
  const circular = new Set<string>();
  for (const { from, to } of falls)
    if (reaches(edges, to, from)) circular.add(to);
    else edges.set(from, [...(edges.get(from) ?? []), to]);
  return circular.size === 0
    ? system
    : withBoundaries(system, (boundary) =>
        circular.has(boundary.variable) ? { ...boundary, isCircular: true } : boundary,
      );
};

interface Edge {
  readonly from: string;
  readonly to: string;
}

const fallsIn = (system: System): ReadonlyArray<Edge> =>
  [...system.variables.values()].flatMap(({ path, meaning }) =>
    (meaning.tag === "random" ? [] : termsIn(meaning))
      .flatMap(readsOf)
      .flatMap((read) =>
        fallenBoundaries(resolveRead(system, read)).map(({ variable }) => ({ from: path, to: variable })),
      ),
  );

const instantEdges = (system: System): Map<string, ReadonlyArray<string>> =>
  new Map(
    [...dependenciesOf(system)].map(([path, needs]) => [
      path,
      needs.flatMap(({ instant, to }) => (instant ? [to] : [])),
    ]),
  );

const reaches = (edges: ReadonlyMap<string, ReadonlyArray<string>>, from: string, goal: string): boolean => {
  const seen = new Set([from]);
  const open = [from];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (path === goal) return true;
    for (const next of edges.get(path) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  }
  return false;
};

const withBoundaries = (system: System, change: (boundary: Boundary) => Boundary): System => ({
  ...system,
  variables: new Map(
    [...system.variables].map(([path, variable]) => [
      path,
      { ...variable, boundaries: variable.boundaries.map(change) },
    ]),
  ),
});
