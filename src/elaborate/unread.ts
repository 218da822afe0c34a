import { boundariesRead, resolveRead } from "./bounds.ts";
import { fallenReads } from "./falling.ts";
import type { Problem } from "./problem.ts";
import { termsIn } from "./reachable.ts";
import type { Boundary, System, Variable } from "./system.ts";
import { readsOf } from "./term.ts";

/** Boundaries given by `with` that the cell does not read: each is an error. */
export const vainOverrides = (system: System): ReadonlyArray<Problem> => {
  const read = boundariesIn(system, [...system.variables.values()]);
  return boundariesOf(system).flatMap(({ boundary: { given, span, variable } }): ReadonlyArray<Problem> => {
    if (given.by !== "with" || read.has(variable)) return [];
    return [{ tag: "unreadBoundary", span, name: given.written, within: given.within }];
  });
};

/** A warning for every boundary of the user's that nothing reads of what is needed. */
export const unreadBoundaries = (system: System, reached: ReadonlySet<string>): ReadonlyArray<Problem> => {
  const needed = [...system.variables.values()].filter(({ path }) => reached.has(path));
  const read = boundariesIn(system, needed);
  return boundariesOf(system).flatMap(({ boundary: { given, span, variable }, owner }): ReadonlyArray<Problem> => {
    const isTold = owner.origin === "user" && !reached.has(owner.path);
    if (given.origin !== "user" || read.has(variable) || isTold) return [];
    return [{ tag: "unused", span, name: given.written, kind: "boundary" }];
  });
};

const boundariesOf = ({
  variables,
}: System): ReadonlyArray<{ readonly boundary: Boundary; readonly owner: Variable }> =>
  [...variables.values()].flatMap((owner) => owner.boundaries.map((boundary) => ({ boundary, owner })));

/** The hidden variables of the boundaries that these variables and the losses read. */
const boundariesIn = (system: System, variables: ReadonlyArray<Variable>): ReadonlySet<string> =>
  new Set(
    [...variables.flatMap(({ meaning }) => termsIn(meaning)), ...system.minimized].flatMap(readsOf).flatMap((read) => {
      const resolved = resolveRead(system, read);
      return [resolved, ...fallenReads(resolved)]
        .flatMap(boundariesRead)
        .flatMap(({ boundary }) => boundary?.variable ?? []);
    }),
  );
