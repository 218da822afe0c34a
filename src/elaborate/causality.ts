import { components } from "../circuit/components.ts";
import type { Dependency } from "./dependencies.ts";
import { limits } from "./limits.ts";
import type { Problem } from "./problem.ts";
import type { System } from "./system.ts";

/**
 * Whether the equations can be computed at all, by the recursion with which they are scheduled (Karp, Miller and
 * Winograd 1967): a cycle must have an axis along which all of it looks to one side; what looks along that axis is
 * satisfied by running along it, and the rest must be computable in turn.
 */
export const causalityProblems = (
  system: System,
  dependencies: ReadonlyMap<string, ReadonlyArray<Dependency>>,
): ReadonlyArray<Problem> => cyclesIn(system, [...system.variables.keys()], [...dependencies.values()].flat());

const cyclesIn = (
  system: System,
  paths: ReadonlyArray<string>,
  edges: ReadonlyArray<Dependency>,
): ReadonlyArray<Problem> => {
  const outgoing = byStart(edges);
  const groups = components(paths, (path) => (outgoing.get(path) ?? []).map(({ to }) => to));
  return groups.flatMap((members) => {
    const within = new Set(members);
    const inner = members.flatMap((path) => (outgoing.get(path) ?? []).filter(({ to }) => within.has(to)));
    if (inner.length === 0) return [];
    const axes = [...new Set(inner.flatMap(({ distance }) => [...distance.keys()]))];
    const axis = axes.find((key) => looksOneWay(inner, key));
    if (axis === undefined) return [problemOf(system, inner, axes)];
    return cyclesIn(
      system,
      members,
      inner.filter(({ distance }) => distance.get(axis) === 0),
    );
  });
};

const byStart = (edges: ReadonlyArray<Dependency>): ReadonlyMap<string, ReadonlyArray<Dependency>> => {
  const groups = new Map<string, Dependency[]>();
  for (const edge of edges) {
    const group = groups.get(edge.from);
    if (group === undefined) groups.set(edge.from, [edge]);
    else group.push(edge);
  }
  return groups;
};

const looksOneWay = (edges: ReadonlyArray<Dependency>, axis: string): boolean => {
  const distances = edges.map(({ distance }) => distance.get(axis));
  if (!distances.every((distance) => typeof distance === "number")) return false;
  return distances.some((by) => by !== 0) && (distances.every((by) => by >= 0) || distances.every((by) => by <= 0));
};

const problemOf = (system: System, edges: ReadonlyArray<Dependency>, axes: ReadonlyArray<string>): Problem => {
  const torn = axes.find((key) => [1, -1].every((side) => edges.some((edge) => sideOf(edge, key) === side)));
  const cycle = torn === undefined ? cycleThrough(edges.filter(({ instant }) => instant)) : [];
  const shown =
    torn === undefined
      ? cycle.length > 0
        ? cycle
        : cycleThrough(edges)
      : edges.filter((edge) => sideOf(edge, torn) !== 0);
  const when = (edge: Dependency): string =>
    torn === undefined ? "" : sideOf(edge, torn) > 0 ? "an earlier " : "a later ";
  // Of a long cycle the beginning is shown, and the step that closes it.
  const hidden = Math.max(0, shown.length - limits.steps);
  const kept = hidden === 0 ? shown : [...shown.slice(0, limits.steps - 1), shown.at(-1)!];
  const steps = kept.map((edge, i) => ({
    span: edge.span,
    text: `${hidden > 0 && i === kept.length - 1 ? `${hidden} steps later ` : ""}\`${edge.from}\` needs ${when(edge)}\`${edge.to}\``,
  }));
  const first = shown[0] ?? edges[0]!;
  const { span, within } = system.variables.get(first.from)!;
  return torn === undefined
    ? { tag: "cycle", span, steps, within }
    : { tag: "pastAndFuture", span, name: first.from, axis: torn, steps, within };
};

const sideOf = ({ distance }: Dependency, axis: string): number => {
  const by = distance.get(axis);
  return typeof by === "number" ? Math.sign(by) : 0;
};

/** The edges of one cycle, found by walking until a variable comes again. */
const cycleThrough = (edges: ReadonlyArray<Dependency>): ReadonlyArray<Dependency> => {
  const outgoing = byStart(edges);
  const groups = components([...outgoing.keys()], (path) => (outgoing.get(path) ?? []).map(({ to }) => to));
  const groupOf = new Map(groups.flatMap((group) => group.map((path) => [path, group] as const)));
  const members = new Set(
    groups.find((group) => group.some((path) => outgoing.get(path)?.some(({ to }) => groupOf.get(to) === group))),
  );
  const walked: Dependency[] = [];
  const places = new Map<string, number>();
  for (let path = [...members][0]; path !== undefined; ) {
    const again = places.get(path);
    if (again !== undefined) return walked.slice(again);
    const next: Dependency | undefined = outgoing.get(path)?.find(({ to }) => members.has(to));
    if (next === undefined) return walked;
    places.set(path, walked.length);
    walked.push(next);
    path = next.to;
  }
  return walked;
};
