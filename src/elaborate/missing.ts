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
    const lacking = boundariesRead(resolved).filter(({ boundary }) => boundary === undefined);
    // Corners are asked for when there are edges.
    const fewest = Math.min(...lacking.map(({ outside }) => outside.size));
    return lacking.flatMap(({ outside }) => {
      const at = axes.map((axis, slot) => (outside.has(slot) ? showPosition(axis, outside.get(slot)!) : axis.key));
      const missing = `${read.path}[${at.join(",")}]`;
      if (outside.size > fewest || seen.has(missing)) return [];
      seen.add(missing);
      return [{ tag: "missingBoundary", span: read.span, name: read.path, boundary: missing }];
    });
  });
};
