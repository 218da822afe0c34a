import type { Statement, StatementId } from "../statements/statement.ts";
import type { Dependence } from "./dependence.ts";
import type { Uses } from "./sinking.ts";

/** Whether a statement could be computed in the loop body in which what it reads is computed. */
export type SharesBody = (reader: Statement, dependence: Dependence) => boolean;

/**
 * The layer of each statement of a nest, so that in the loop bodies of a layer no elementary function waits for another:
 * a value goes through at most one. A processor works on a few hundred operations at once. Of bodies with functions one
 * after the other those are one or two turns, in which most operations wait; of shorter ones they are several.
 *
 * A statement is in the first layer that what it reads allows, but with its readers if all are in a later one: then it
 * need not be written for them.
 */
export const layersOf = (
  uses: Uses,
  members: ReadonlyArray<Statement>,
  sharesBody: SharesBody,
): ReadonlyMap<StatementId, number> => {
  const layers = new Map<StatementId, number>();
  /** What goes through a function in the layer it is in. */
  const computed = new Set<StatementId>();
  for (const statement of members) {
    const { id } = statement;
    const isFunction = uses.isFunction(id);
    let [layer, isComputed] = [0, isFunction];
    for (const dependence of uses.dependencesOf(id)) {
      const before = layers.get(dependence.on);
      if (before === undefined) continue;
      const goesThrough = sharesBody(statement, dependence) && computed.has(dependence.on);
      const least = goesThrough && isFunction ? before + 1 : before;
      if (least > layer) [layer, isComputed] = [least, isFunction];
      if (least === layer && goesThrough) isComputed = true;
    }
    layers.set(id, layer);
    if (isComputed) computed.add(id);
  }
  for (const { id } of members.toReversed()) {
    const readers = uses.consumersOf(id).filter(({ by }) => layers.has(by));
    const latest = readers.map(({ by, dependence }) => {
      if (!sharesBody(uses.statementOf(by), dependence)) return 0;
      return layers.get(by)! - (uses.isFunction(by) && computed.has(id) ? 1 : 0);
    });
    if (latest.length > 0) layers.set(id, Math.max(layers.get(id)!, Math.min(...latest)));
  }
  return layers;
};
