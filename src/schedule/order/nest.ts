import { type Axis, featuresOf, type TimeAxis, withoutAxes } from "../../circuit/axis.ts";
import { loopKey, type Statement, type StatementId } from "../statements/statement.ts";
import { isAligned } from "./dependence.ts";
import type { layersOf, SharesBody } from "./layers.ts";
import { idsOf, type Ordered } from "./order.ts";
import type { isComputedWhereRead, Uses } from "./sinking.ts";

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

/** A place in the sequence that is being made: loops that are done, or a nest that still takes members. */
interface Pending {
  readonly loops: Loops | undefined;
  readonly key: string | undefined;
  readonly members: Statement[];
}

/** How statements come to share loops, where there is a choice. */
export interface Sharing {
  /** Whether a value is computed where it is read. */
  readonly isComputedWhereRead: typeof isComputedWhereRead;
  /** Which of the places from one on takes a statement with this key; -1 for a new one. */
  readonly nestFor: typeof firstWithKey;
  /** The same for the groups of a nest. */
  readonly groupFor: typeof firstWithKey;
  /** Which statements of a nest are not to share a loop body, as they are in different layers. */
  readonly layersOf: typeof layersOf;
}

export const firstWithKey = (places: ReadonlyArray<Keyed>, from: number, key: string): number => {
  for (let at = from; at < places.length; at += 1)
    if (places[at]!.key === key && places[at]!.members.length < longestBody) return at;
  return -1;
};

interface Keyed {
  readonly key: string | undefined;
  readonly members: ReadonlyArray<Statement>;
}

/**
 * So many statements share a loop body, and so many go with the one that reads them: engines optimise no function that is
 * much longer, and what looks for neighbours in a body may take the square of this.
 */
const longestBody = 512;
const mostLate = 128;

/**
 * Puts statements that can share loops into nests: each goes into the first nest that comes after all that it reads,
 * and what is only read at the same index goes where it is read.
 */
export const nests = (
  uses: Uses,
  ordered: ReadonlyArray<Ordered>,
  open: ReadonlyArray<Axis>,
  sharing: Sharing,
): ReadonlyArray<Loops> => {
  const places: Pending[] = [];
  const placeOf = new Map<StatementId, number>();
  const single = new Set(ordered.flatMap((item) => (item.tag === "statement" ? [item.id] : [])));
  const nestable = new Set([...single].filter((id) => isNestable(uses.statementOf(id))));
  const late = lateAmong(uses, nestable, sharing);
  const outerOf = (statement: Statement) =>
    withoutAxes(
      statement.axes.filter((axis) => axis.tag !== "feature"),
      open,
    );

  /** A statement after all that must be computed in the same nest for it. */
  const withLate = (id: StatementId, found = new Set<StatementId>()): ReadonlySet<StatementId> => {
    for (const { on } of uses.dependencesOf(id))
      if (late.has(on) && !placeOf.has(on) && !found.has(on)) withLate(on, found);
    return found.add(id);
  };
  const earliest = (id: StatementId): number => {
    const statement = uses.statementOf(id);
    const outer = outerOf(statement);
    return greatest(uses.dependencesOf(id), (dependence) => {
      const place = placeOf.get(dependence.on);
      if (place === undefined) return 0;
      const sharesLoops = places[place]!.key === loopKey(statement) && isAligned(dependence, outer);
      return sharesLoops ? place : place + 1;
    });
  };
  for (const item of ordered) {
    if (item.tag === "scan") {
      const body = nests(uses, item.body, [...open, item.axis], sharing);
      for (const id of idsOf(item)) placeOf.set(id, places.length);
      places.push({ loops: { ...item, body }, key: undefined, members: [] });
    } else if (!nestable.has(item.id)) {
      placeOf.set(item.id, places.length);
      places.push({ loops: { tag: "alone", statement: uses.statementOf(item.id) }, key: undefined, members: [] });
    } else if (!late.has(item.id)) {
      const group = withLate(item.id);
      const key = loopKey(uses.statementOf(item.id));
      const from = greatest([...group], earliest);
      const found = sharing.nestFor(places, from, key);
      const at = found === -1 ? places.push({ loops: undefined, key, members: [] }) - 1 : found;
      for (const id of group) {
        places[at]!.members.push(uses.statementOf(id));
        placeOf.set(id, at);
      }
    }
  }
  return places.map(
    ({ loops, members }): Loops =>
      loops ?? {
        tag: "nest",
        outer: outerOf(members[0]!),
        axes: members[0]!.axes.filter((axis) => axis.tag !== "feature"),
        groups: groupsOf(uses, members, sharing),
      },
  );
};

/** What is computed where it is read, but for what would take too much with it. */
const lateAmong = (
  uses: Uses,
  nestable: ReadonlySet<StatementId>,
  { isComputedWhereRead }: Pick<Sharing, "isComputedWhereRead">,
): ReadonlySet<StatementId> => {
  /** How many statements go with each, itself counted. */
  const weights = new Map<StatementId, number>();
  for (const id of nestable) {
    if (!isComputedWhereRead(uses, id, nestable)) continue;
    const weight = uses.dependencesOf(id).reduce((sum, { on }) => sum + (weights.get(on) ?? 0), 1);
    if (weight <= mostLate) weights.set(id, weight);
  }
  return new Set(weights.keys());
};

const greatest = <A>(items: ReadonlyArray<A>, of: (item: A) => number): number =>
  items.reduce((most, item) => Math.max(most, of(item)), 0);

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

const keyOf = (axes: ReadonlyArray<Axis>): string => axes.map((axis) => axis.key).join();

const groupsOf = (
  uses: Uses,
  members: ReadonlyArray<Statement>,
  { groupFor, layersOf }: Pick<Sharing, "groupFor" | "layersOf">,
): ReadonlyArray<Group> => {
  const groups: Array<{
    inner: ReadonlyArray<Axis>;
    /** Only where members are fused can more be. */
    key: string | undefined;
    members: Statement[];
    fused: boolean;
  }> = [];
  const groupOf = new Map<StatementId, number>();
  const sharesBody: SharesBody = (reader, dependence) => {
    const read = uses.statementOf(dependence.on);
    const inner = featuresOf(reader.axes);
    return (
      isPointwise(reader) &&
      isPointwise(read) &&
      keyOf(inner) === keyOf(featuresOf(read.axes)) &&
      isAligned(dependence, inner)
    );
  };
  const layers = layersOf(uses, members, sharesBody);
  const layerOf = ({ id }: Statement) => layers.get(id) ?? 0;
  for (const statement of members.toSorted((a, b) => layerOf(a) - layerOf(b))) {
    const inner = featuresOf(statement.axes);
    const fused = isPointwise(statement);
    const key = `${keyOf(inner)} ${layerOf(statement)}`;
    const from = greatest(uses.dependencesOf(statement.id), (dependence) => {
      const group = groupOf.get(dependence.on);
      if (group === undefined) return 0;
      const other = groups[group]!;
      return other.key === key && sharesBody(statement, dependence) ? group : group + 1;
    });
    const found = fused ? groupFor(groups, from, key) : -1;
    const at = found === -1 ? groups.push({ inner, key: fused ? key : undefined, members: [], fused }) - 1 : found;
    groups[at]!.members.push(statement);
    groupOf.set(statement.id, at);
  }
  return groups;
};
