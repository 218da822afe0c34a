import { nodeAt } from "../../circuit/node-at.ts";
import type { Scheduled } from "../../schedule/schedule.ts";
import type { Statement, StatementId } from "../../schedule/statements/statement.ts";

/**
 * Statements that are no steps of their own for a reader: what has no name, stands nowhere and is read once is shown as
 * part of what reads it.
 */
export const foldedOf = ({ classified, storage, uses }: Scheduled): ReadonlySet<StatementId> => {
  const { circuit, statements } = classified;
  const isFolded = (statement: Statement): boolean =>
    statement.tag === "point" &&
    nodeAt(circuit, statement.node).op.tag === "map" &&
    nodeAt(circuit, statement.node).name === undefined &&
    storage.placeOf(statement.node) === undefined &&
    uses.consumersOf(statement.id).length === 1;
  return new Set([...statements.values()].filter(isFolded).map(({ id }) => id));
};
