import { type Axis, hasAxis } from "../../circuit/axis.ts";
import { loopKey, type Statement, type StatementId } from "../statements/statement.ts";
import { type Dependence, isAligned } from "./dependence.ts";
import { idsOf, type Ordered } from "./order.ts";

/** The statements and who reads them. */
export interface Uses {
  readonly statementOf: (id: StatementId) => Statement;
  readonly dependencesOf: (id: StatementId) => ReadonlyArray<Dependence>;
  readonly consumersOf: (id: StatementId) => ReadonlyArray<Consumer>;
  /** Whether it is an elementary function, which takes many operations one after the other. */
  readonly isFunction: (id: StatementId) => boolean;
  /** Whether a value is not to be kept for all turns of the scan that reads it, whatever it takes to compute it. */
  readonly isAgain: (id: StatementId) => boolean;
}

export interface Consumer {
  readonly by: StatementId;
  readonly dependence: Dependence;
}

/**
 * Whether a value is best computed where it is read: at the same index, by statements among `inside` with the same
 * loops. It then never leaves their loop body, and needs no buffer.
 */
export const isComputedWhereRead = (uses: Uses, id: StatementId, inside: ReadonlySet<StatementId>): boolean => {
  const statement = uses.statementOf(id);
  const consumers = uses.consumersOf(id);
  return (
    (statement.tag === "point" || statement.tag === "lookup") &&
    consumers.length > 0 &&
    consumers.every(
      ({ by, dependence }) =>
        inside.has(by) && isAligned(dependence, statement.axes) && loopKey(uses.statementOf(by)) === loopKey(statement),
    )
  );
};

/** Moves what only a scan reads, turn by turn, into the scan: what is cheap to compute is not worth storing for all turns. */
export const sink = (uses: Uses, ordered: ReadonlyArray<Ordered>): ReadonlyArray<Ordered> => {
  /** From the last one on, what goes to a scan's beginning likewise. */
  const items: Array<{ readonly item: Ordered; readonly sunk: Ordered[] }> = [];
  const placeOf = new Map<StatementId, number>();
  for (const item of ordered.toReversed()) {
    const target = item.tag === "statement" ? placeOf.get(uses.consumersOf(item.id)[0]?.by ?? -1) : undefined;
    const scan = target === undefined ? undefined : items[target]!;
    const isInside = (id: StatementId) => placeOf.get(id) === target;
    const isSunk =
      item.tag === "statement" && scan?.item.tag === "scan" && isReadIn(uses, item.id, scan.item.axis, isInside);
    if (isSunk) scan.sunk.push(item);
    else items.push({ item, sunk: [] });
    for (const id of idsOf(item)) placeOf.set(id, isSunk ? target! : items.length - 1);
  }
  return items
    .toReversed()
    .map(({ item, sunk }) =>
      item.tag === "scan" ? { ...item, body: sink(uses, [...sunk.toReversed(), ...item.body]) } : item,
    );
};

/**
 * Whether only a scan reads a value, at its own turn. What is cheap may be read at other components: in a buffer of a
 * turn it takes less than in one of all turns.
 */
const isReadIn = (uses: Uses, id: StatementId, axis: Axis, isInside: (id: StatementId) => boolean): boolean => {
  const statement = uses.statementOf(id);
  if (!hasAxis(statement.axes, axis)) return false;
  const consumers = uses.consumersOf(id);
  const isReadAt = (axes: ReadonlyArray<Axis>) =>
    consumers.length > 0 && consumers.every(({ by, dependence }) => isInside(by) && isAligned(dependence, axes));
  const sharesLoops = ({ by }: Consumer) => loopKey(uses.statementOf(by)) === loopKey(statement);
  const outer = statement.axes.filter((axis) => axis.tag !== "feature");
  const isCheap = statement.tag === "point" || statement.tag === "lookup";
  return (isCheap && isReadAt(outer) && consumers.every(sharesLoops)) || (uses.isAgain(id) && isReadAt([axis]));
};
