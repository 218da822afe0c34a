import { hasAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { StatementId } from "../statements/statement.ts";
import { distanceAlong } from "./dependence.ts";
import { idsOf, type Ordered } from "./order.ts";
import type { Uses } from "./sinking.ts";

type Scan = Extract<Ordered, { tag: "scan" }>;

/**
 * The order in which nothing leaves a scan that could stand in it: what only the scan reads, turn by turn, is computed
 * at its beginning, and what reads its turns one by one at its end. The ordering itself leaves neither in a scan.
 */
export const leftInScans = (uses: Uses, ordered: ReadonlyArray<Ordered>): ReadonlyArray<Ordered> =>
  readersInScans(uses, readInScans(uses, ordered)).map((item) =>
    item.tag === "scan" ? { ...item, body: leftInScans(uses, item.body) } : item,
  );

/** Each statement goes into the scan that holds all that read it, if they read it at their own turn. */
const readInScans = (uses: Uses, ordered: ReadonlyArray<Ordered>): ReadonlyArray<Ordered> => {
  const items: Ordered[] = [];
  for (const item of ordered.toReversed()) {
    const at = item.tag === "scan" ? -1 : items.findIndex((other) => isReadIn(uses, item.id, other));
    const scan = items[at];
    if (scan?.tag === "scan") items[at] = { ...scan, body: [item, ...scan.body] };
    else items.unshift(item);
  }
  return items;
};

const isReadIn = (uses: Uses, id: StatementId, scan: Ordered): boolean => {
  if (scan.tag !== "scan" || !hasAxis(uses.statementOf(id).axes, scan.axis)) return false;
  const consumers = uses.consumersOf(id);
  const inside = new Set(idsOf(scan));
  return (
    consumers.length > 0 &&
    consumers.every(({ by, dependence }) => inside.has(by) && distanceAlong(dependence, scan.axis) === 0)
  );
};

/** Each statement goes into the scan that holds what it reads last, if it reads it at its own turn. */
const readersInScans = (uses: Uses, ordered: ReadonlyArray<Ordered>): ReadonlyArray<Ordered> => {
  const items: Ordered[] = [];
  for (const item of ordered) {
    const at = item.tag === "scan" ? -1 : lastRead(uses, item.id, items);
    const scan = items[at];
    if (item.tag === "statement" && scan?.tag === "scan" && readsTurns(uses, item.id, scan, scan.axis))
      items[at] = { ...scan, body: [...scan.body, item] };
    else items.push(item);
  }
  return items;
};

const lastRead = (uses: Uses, id: StatementId, items: ReadonlyArray<Ordered>): number => {
  const read = new Set(uses.dependencesOf(id).map(({ on }) => on));
  return items.findLastIndex((item) => idsOf(item).some((other) => read.has(other)));
};

const readsTurns = (uses: Uses, id: StatementId, scan: Scan, axis: TimeAxis): boolean => {
  const inside = new Set(idsOf(scan));
  return (
    hasAxis(uses.statementOf(id).axes, axis) &&
    uses.dependencesOf(id).every((dependence) => !inside.has(dependence.on) || distanceAlong(dependence, axis) === 0)
  );
};
