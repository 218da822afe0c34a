import { boundariesRead, resolveRead } from "./bounds.ts";
import { showPosition } from "./instantiate/position.ts";
import type { Problem, Within } from "./problem.ts";
import { termsIn } from "./reachable.ts";
import type { System, Term } from "./system.ts";
import { readsOf } from "./term.ts";

/** Every reading outside an axis must find a boundary. */
export const missingBoundaries = (system: System): ReadonlyArray<Problem> => {
  const seen = new Set<string>();
  const lackingIn = (term: Term, within: Within): ReadonlyArray<Problem> =>
    readsOf(term).flatMap((read) => lacking(system, read, seen).map((problem) => ({ ...problem, within })));
  return [
    ...[...system.variables.values()].flatMap(({ meaning, within }) =>
      termsIn(meaning).flatMap((term) => lackingIn(term, within)),
    ),
    ...system.minimized.flatMap((term) => lackingIn(term, [])),
  ];
};

const lacking = (
  system: System,
  read: Extract<Term, { readonly tag: "read" }>,
  seen: Set<string>,
): ReadonlyArray<Problem> => {
  const resolved = resolveRead(system, read);
  const { axes } = resolved.variable;
  const open = boundariesRead(resolved).filter(({ boundary }) => boundary === undefined);
  // Corners are asked for when there are edges.
  const fewest = Math.min(...open.map(({ outside }) => outside.size));
  return open.flatMap(({ outside }) => {
    const at = axes.map((axis, slot) => (outside.has(slot) ? showPosition(axis, outside.get(slot)!) : axis.key));
    const missing = `${read.path}[${at.join(",")}]`;
    if (outside.size > fewest || seen.has(missing)) return [];
    seen.add(missing);
    return [{ tag: "missingBoundary", span: read.span, name: read.path, boundary: missing }];
  });
};
