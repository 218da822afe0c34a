import type { Axis } from "../../circuit/axis.ts";
import type { Loops } from "../order/nest.ts";
import type { StatementId } from "../statements/statement.ts";

/** The loops that enclose a statement, outermost first. */
export type Path = ReadonlyArray<{ readonly scope: object; readonly axes: ReadonlyArray<Axis> }>;

export const pathsOf = (loops: ReadonlyArray<Loops>): ReadonlyMap<StatementId, Path> => {
  const paths = new Map<StatementId, Path>();
  const visit = (item: Loops, path: Path): void => {
    switch (item.tag) {
      case "scan":
        for (const inner of item.body) visit(inner, [...path, { scope: item, axes: [item.axis] }]);
        break;
      case "nest":
        for (const group of item.groups) {
          const scopes = [
            ...path,
            { scope: item, axes: item.outer },
            ...(group.fused ? [{ scope: group, axes: group.inner }] : []),
          ];
          for (const { id } of group.members) paths.set(id, scopes);
        }
        break;
      case "alone":
        paths.set(item.statement.id, path);
        break;
    }
  };
  for (const item of loops) visit(item, []);
  return paths;
};
