import { hasAxis } from "../../../circuit/axis.ts";
import type { Circuit, NodeId } from "../../../circuit/circuit.ts";
import { nodeAt } from "../../../circuit/node-at.ts";
import type { Item, Loop } from "../graph/plan.ts";
import type { Cell } from "../recognise/cell.ts";
import { recognised } from "../recognise/recognise.ts";
import { dependsOn, tellsEnough } from "./reading.ts";

/** The recurrences that are operations of their own, each alone or with its counterpart, by loop. */
export const cellsOf = (circuit: Circuit, items: ReadonlyArray<Item>): ReadonlyMap<Loop, ReadonlyArray<Cell>> => {
  const cells = items.flatMap((item) => {
    const cell = item.tag === "loop" ? recognised(circuit, item) : undefined;
    return cell !== undefined && startsSomewhere(circuit, cell) && tellsEnough(circuit, cell) ? [cell] : [];
  });
  const result = new Map<Loop, ReadonlyArray<Cell>>();
  for (const cell of cells) {
    if (result.has(cell.loop)) continue;
    const other = cells.find((each) => !result.has(each.loop) && areCounterparts(circuit, cell, each));
    const both = other === undefined ? [cell] : cell.loop.descending ? [other, cell] : [cell, other];
    for (const { loop } of both) result.set(loop, both);
  }
  return result;
};

/** Whether states start with what is the same at every position. */
const startsSomewhere = (circuit: Circuit, { loop, delay, memory }: Cell): boolean =>
  [delay, ...(memory === undefined ? [] : [memory.delay])].every((id) => {
    const [boundary] = nodeAt(circuit, id).inputs as readonly [NodeId];
    return !hasAxis(nodeAt(circuit, boundary).axes, loop.axis) && !loop.members.has(boundary);
  });

/** Whether two cells can be the two directions of one operation: they see the same, and neither sees the other. */
const areCounterparts = (circuit: Circuit, a: Cell, b: Cell): boolean =>
  a.operation === b.operation &&
  a.loop.axis.key === b.loop.axis.key &&
  a.loop.descending !== b.loop.descending &&
  a.size === b.size &&
  a.resetsAfter === b.resetsAfter &&
  seenBy(a) === seenBy(b) &&
  !dependsOn(circuit, [a.delay], b.loop.members) &&
  !dependsOn(circuit, [b.delay], a.loop.members);

/** The vectors that a cell sees; a cell that sees anything else is like no other. */
const seenBy = ({ gates, loop }: Cell): string => {
  const vectors = new Set(gates.flatMap(({ affine }) => affine.given.map(({ vector }) => vector)));
  const isPlain = gates.every(({ affine }) => affine.varying.length === 0);
  return isPlain ? [...vectors].sort((x, y) => x - y).join() : `of ${[...loop.members].join()}`;
};
