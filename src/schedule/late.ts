import { type Axis, hasAxis } from "../circuit/axis.ts";
import { type Dependence, isAligned } from "./dependence.ts";
import { idsOf, type Ordered } from "./order.ts";
import { loopKey, type Statement, type StatementId } from "./statement.ts";

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
export const isLate = (uses: Uses, id: StatementId, inside: ReadonlySet<StatementId>): boolean => {
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
  const items: Ordered[] = [];
  for (const item of [...ordered].reverse()) {
    const target =
      item.tag === "statement"
        ? items.findIndex((other) => other.tag === "scan" && isReadIn(uses, item.id, other))
        : -1;
    const scan = items[target];
    if (scan?.tag === "scan") items[target] = { ...scan, body: [item, ...scan.body] };
    else items.unshift(item);
  }
  return items.map((item) => (item.tag === "scan" ? { ...item, body: sink(uses, item.body) } : item));
};

/**
 * Whether only a scan reads a value, at its own turn. What is cheap may be read at other components: in a buffer of a
 * turn it takes less than in one of all turns.
 */
const isReadIn = (uses: Uses, id: StatementId, scan: Extract<Ordered, { tag: "scan" }>): boolean => {
  const statement = uses.statementOf(id);
  if (!hasAxis(statement.axes, scan.axis)) return false;
  const inside = new Set(idsOf(scan));
  const consumers = uses.consumersOf(id);
  const isReadAt = (axes: ReadonlyArray<Axis>) =>
    consumers.length > 0 && consumers.every(({ by, dependence }) => inside.has(by) && isAligned(dependence, axes));
  const sharesLoops = ({ by }: Consumer) => loopKey(uses.statementOf(by)) === loopKey(statement);
  const outer = statement.axes.filter((axis) => axis.tag !== "feature");
  const isCheap = statement.tag === "point" || statement.tag === "lookup";
  return (isCheap && isReadAt(outer) && consumers.every(sharesLoops)) || (uses.isAgain(id) && isReadAt([scan.axis]));
};
