import { type Axis, hasAxis } from "../../circuit/axis.ts";
import { type Dependence, isAligned } from "../order/dependence.ts";
import type { Group, Loops } from "../order/nest.ts";
import type { Statement, StatementId } from "../statements/statement.ts";

/** The loops that enclose a statement, outermost first. */
export type Path = ReadonlyArray<{ readonly scope: object; readonly axes: ReadonlyArray<Axis> }>;

export const pathsOf = (loops: ReadonlyArray<Loops>): ReadonlyMap<StatementId, Path> =>
  new Map(loops.flatMap((item) => pathsIn(item, [])));

const pathsIn = (item: Loops, path: Path): ReadonlyArray<readonly [StatementId, Path]> => {
  switch (item.tag) {
    case "scan":
      return item.body.flatMap((inner) => pathsIn(inner, [...path, { scope: item, axes: [item.axis] }]));
    case "nest": {
      const inside = [...path, { scope: item, axes: item.outer }];
      return item.groups.flatMap((group) => {
        const scopes = group.fused ? [...inside, { scope: group, axes: group.inner }] : inside;
        return group.members.map(({ id }) => [id, scopes] as const);
      });
    }
    case "alone":
      return [[item.statement.id, path]];
  }
};

/** A value needs no buffer where all its uses stand in the same loop body, after it, at the same index. */
export const staysInBody = (statement: Statement, path: Path, user: Path, dependence: Dependence): boolean => {
  const innermost = path[path.length - 1];
  if (innermost === undefined || !isAligned(dependence, statement.axes)) return false;
  const nest = path.find(({ scope }) => (scope as Loops).tag === "nest");
  if (nest === undefined || !user.some(({ scope }) => scope === nest.scope)) return false;
  const hasInner = statement.axes.some((axis) => axis.tag === "feature");
  const group = innermost.scope as Group;
  return hasInner ? group.fused === true && user.some(({ scope }) => scope === group) : statement.tag !== "concat";
};

/**
 * The axes of enclosing loops whose turn all uses share: the buffer is written anew in each. A use in another turn of a
 * loop is in another turn of all loops inside it.
 */
export const droppable = (
  statement: Statement,
  path: Path,
  uses: ReadonlyArray<readonly [Path, Dependence]>,
): ReadonlyArray<Axis> => {
  const shared = path.findIndex(
    ({ scope, axes }) =>
      !uses.every(([user, dependence]) => user.some((other) => other.scope === scope) && isAligned(dependence, axes)),
  );
  const turns = shared === -1 ? path : path.slice(0, shared);
  return turns.flatMap(({ axes }) => axes.filter((axis) => hasAxis(statement.axes, axis)));
};
