import { type Axis, type TimeAxis, withoutAxes } from "../circuit/axis.ts";
import { type Dependence, isAligned } from "./dependence.ts";
import type { Ordered } from "./order.ts";
import type { Statement, StatementId } from "./statement.ts";

/** The loops of a program before the text: scans around nests around groups, and statements with loops of their own. */
export type Loops =
  | { readonly tag: "scan"; readonly axis: TimeAxis; readonly descending: boolean; readonly body: ReadonlyArray<Loops> }
  /** Statements that share their loops over time and batch axes, in groups that share those over components too. */
  | {
      readonly tag: "nest";
      readonly outer: ReadonlyArray<Axis>;
      readonly axes: ReadonlyArray<Axis>;
      readonly groups: ReadonlyArray<Group>;
    }
  | { readonly tag: "alone"; readonly statement: Statement };

export interface Group {
  /** Component axes of the shared inner loops. */
  readonly inner: ReadonlyArray<Axis>;
  readonly members: ReadonlyArray<Statement>;
  /** Whether the members are computed in one loop body, each value at hand for the next. */
  readonly fused: boolean;
}

interface Context {
  readonly statementOf: (id: StatementId) => Statement;
  readonly dependencesOf: (id: StatementId) => ReadonlyArray<Dependence>;
}

/** Puts statements that can share loops into nests: each goes into the first nest that comes after all that it reads. */
export const nests = (
  context: Context,
  ordered: ReadonlyArray<Ordered>,
  open: ReadonlyArray<Axis>,
): ReadonlyArray<Loops> => {
  const places: Array<{
    loops: Loops | undefined;
    outer: ReadonlyArray<Axis>;
    key: string | undefined;
    members: Statement[];
  }> = [];
  const placeOf = new Map<StatementId, number>();
  const earliest = (ids: ReadonlyArray<StatementId>, outer: ReadonlyArray<Axis>, key: string | undefined): number =>
    Math.max(
      0,
      ...ids.flatMap((id) =>
        context.dependencesOf(id).map((dependence) => {
          const place = placeOf.get(dependence.on);
          if (place === undefined) return 0;
          const sharesLoops = key !== undefined && places[place]!.key === key && isAligned(dependence, outer);
          return sharesLoops ? place : place + 1;
        }),
      ),
    );
  for (const item of ordered) {
    if (item.tag === "scan") {
      const body = nests(context, item.body, [...open, item.axis]);
      for (const id of idsOf(item)) placeOf.set(id, places.length);
      places.push({ loops: { ...item, body }, outer: [], key: undefined, members: [] });
      continue;
    }
    const statement = context.statementOf(item.id);
    if (!isNestable(statement)) {
      placeOf.set(item.id, places.length);
      places.push({ loops: { tag: "alone", statement }, outer: [], key: undefined, members: [] });
      continue;
    }
    const outer = withoutAxes(
      statement.axes.filter((axis) => axis.tag !== "feature"),
      open,
    );
    const key = statement.axes
      .filter((axis) => axis.tag !== "feature")
      .map((axis) => axis.key)
      .join();
    const from = earliest([item.id], outer, key);
    const found = places.findIndex((place, at) => at >= from && place.key === key);
    const at = found === -1 ? places.push({ loops: undefined, outer, key, members: [] }) - 1 : found;
    places[at]!.members.push(statement);
    placeOf.set(item.id, at);
  }
  return places.map(
    ({ loops, outer, members }): Loops =>
      loops ?? {
        tag: "nest",
        outer,
        axes: members[0]!.axes.filter((axis) => axis.tag !== "feature"),
        groups: groupsOf(context, members),
      },
  );
};

/** Statements whose own loops beside the shared ones run over components only, or which reduce to a number. */
const isNestable = (statement: Statement): boolean => {
  switch (statement.tag) {
    case "point":
    case "lookup":
    case "concat":
    case "result":
      return true;
    case "reduction":
      return (
        statement.over.every((axis) => axis.tag === "feature") || statement.axes.every((axis) => axis.tag !== "feature")
      );
    case "scatter":
    case "product":
    case "boundary":
      return false;
  }
};

const isPointwise = (statement: Statement): boolean =>
  statement.tag === "point" || statement.tag === "lookup" || statement.tag === "result";

const groupsOf = (context: Context, members: ReadonlyArray<Statement>): ReadonlyArray<Group> => {
  const groups: Array<{ inner: ReadonlyArray<Axis>; key: string; members: Statement[]; fused: boolean }> = [];
  const groupOf = new Map<StatementId, number>();
  for (const statement of members) {
    const inner = statement.axes.filter((axis) => axis.tag === "feature");
    const fused = isPointwise(statement);
    const key = inner.map((axis) => axis.key).join();
    const from = Math.max(
      0,
      ...context.dependencesOf(statement.id).map((dependence) => {
        const group = groupOf.get(dependence.on);
        if (group === undefined) return 0;
        const other = groups[group]!;
        return fused && other.fused && other.key === key && isAligned(dependence, inner) ? group : group + 1;
      }),
    );
    const found = fused ? groups.findIndex((group, at) => at >= from && group.fused && group.key === key) : -1;
    const at = found === -1 ? groups.push({ inner, key, members: [], fused }) - 1 : found;
    groups[at]!.members.push(statement);
    groupOf.set(statement.id, at);
  }
  return groups;
};

export const idsOf = (item: Ordered): ReadonlyArray<StatementId> =>
  item.tag === "statement" ? [item.id] : item.body.flatMap(idsOf);
