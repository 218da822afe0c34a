import { innerOf } from "../loops/inner.ts";
import type { Loop } from "../loops/loops.ts";

/** The integers that a loop binds, and the buffers that it writes. */
export const changedBy = (
  loop: Loop,
): { readonly variables: ReadonlySet<string>; readonly buffers: ReadonlySet<number> } => {
  const variables = new Set<string>();
  const buffers = new Set<number>();
  const visit = (inner: Loop): void => {
    if (inner.tag === "for") variables.add(inner.variable);
    if (inner.tag === "letInteger") variables.add(inner.name);
    if (inner.tag === "store") buffers.add(inner.buffer);
    if (inner.tag === "product") buffers.add(inner.result.buffer);
    innerOf(inner).forEach(visit);
  };
  visit(loop);
  return { variables, buffers };
};
