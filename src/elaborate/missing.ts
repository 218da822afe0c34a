import { boundariesRead, resolveRead } from "./bounds.ts";
import { showPosition } from "./instantiate/position.ts";
import type { Problem } from "./problem.ts";
import { termsIn } from "./reachable.ts";
import type { System } from "./system.ts";
import { readsOf } from "./term.ts";

/** Every reading outside an axis must find a boundary. */
export const missingBoundaries = (system: System): ReadonlyArray<Problem> => {
  const seen = new Set<string>();
  const terms = [...[...system.variables.values()].flatMap(({ meaning }) => termsIn(meaning)), ...system.minimized];
  return terms.flatMap(readsOf).flatMap((read): ReadonlyArray<Problem> => {
    const resolved = resolveRead(system, read);
    const { axes } = resolved.variable;
    return boundariesRead(resolved).flatMap(({ boundary, slot, position }) => {
      const at = axes.map((axis, i) => (i === slot ? showPosition(axis, position) : axis.key));
      const missing = `${read.path}[${at.join(",")}]`;
      if (boundary !== undefined || seen.has(missing)) return [];
      seen.add(missing);
      return [{ tag: "missingBoundary", span: read.span, name: read.path, boundary: missing }];
    });
  });
};
