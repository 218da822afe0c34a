import { type Axis, hasAxis, type TimeAxis, unionAxes, withoutAxes } from "../../circuit/axis.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import { extentOf, fixed, times } from "../../loops/size.ts";
import { sidesOf } from "../../schedule/lower/product.ts";
import type { Loops } from "../../schedule/order/nest.ts";
import type { Scheduled } from "../../schedule/schedule.ts";
import type { Statement, StatementId } from "../../schedule/statements/statement.ts";
import type { Step } from "./view.ts";

/** The scans that a statement stands in. */
export type Enclosing = ReadonlyMap<StatementId, ReadonlyArray<TimeAxis>>;

export const scansAround = (loops: ReadonlyArray<Loops>): Enclosing => {
  const visit = (
    item: Loops,
    open: ReadonlyArray<TimeAxis>,
  ): ReadonlyArray<readonly [StatementId, ReadonlyArray<TimeAxis>]> => {
    switch (item.tag) {
      case "scan":
        return item.body.flatMap((inner) => visit(inner, [...open, item.axis]));
      case "nest":
        return item.groups.flatMap(({ members }) => members.map(({ id }) => [id, open] as const));
      case "alone":
        return [[item.statement.id, open]];
    }
  };
  return new Map(loops.flatMap((item) => visit(item, [])));
};

/** Rows, columns and terms of a product, once for each turn of the scans around it and of what both operands share. */
export const productOf = (
  { classified, program }: Scheduled,
  enclosing: Enclosing,
  statement: Extract<Statement, { tag: "product" }>,
): NonNullable<Step["product"]> => {
  const extent = extentOf(program.lengths);
  const size = (axes: ReadonlyArray<Axis>) => axes.map(extent).reduce(times, fixed(1));
  const scans = enclosing.get(statement.id) ?? [];
  const [rows, columns] = sidesOf(classified, statement).map((id) => nodeAt(classified.circuit, id).axes);
  const shared = withoutAxes(
    rows!.filter((axis) => hasAxis(columns!, axis)),
    statement.over,
  );
  return {
    m: size(withoutAxes(rows!, [...columns!, ...scans])),
    n: size(withoutAxes(columns!, [...rows!, ...scans])),
    k: size(statement.over),
    times: size(unionAxes(scans, shared)),
  };
};

/** Scans whose values a statement reads, or which read its value, while it covers all their turns outside of them. */
export const hoistedOf = (done: Scheduled, enclosing: Enclosing, statement: Statement): Step["hoisted"] => {
  if (statement.tag === "boundary" || statement.tag === "result") return [];
  const scansOf = (id: StatementId): ReadonlyArray<TimeAxis> => enclosing.get(id) ?? [];
  const open = scansOf(statement.id);
  const keys = (ids: ReadonlyArray<StatementId>, covered: ReadonlyArray<Axis>): ReadonlyArray<string> => [
    ...new Set(
      ids.flatMap((id) => scansOf(id).flatMap((axis) => (hasAxis(withoutAxes(covered, open), axis) ? [axis.key] : []))),
    ),
  ];
  const readers = done.uses.consumersOf(statement.id).map(({ by }) => by);
  const read = done.uses.dependencesOf(statement.id).map(({ on }) => on);
  return [
    ...keys(readers, statement.axes).map((axis) => ({ axis, where: "before" as const })),
    ...keys(read, statement.axes).map((axis) => ({ axis, where: "after" as const })),
    ...keys(read, "over" in statement ? statement.over : []).map((axis) => ({ axis, where: "summing" as const })),
  ];
};
