import type { Span } from "./span.ts";
import type { Program } from "./tree.ts";

/** The first node of the tree that lies deeper than `limit`, if any; found without recursion. */
export const deeperThan = (program: Program, limit: number): Span | undefined => {
  const left: Array<readonly [part: object, depth: number, span: Span]> = [[program, 0, program.span]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [part, depth, around] = next;
    const span = spanOf(part) ?? around;
    if (depth > limit) return span;
    const inner = Array.isArray(part) ? depth : depth + 1;
    for (const [key, value] of Object.entries(part)) {
      if (typeof value === "object" && key !== "span" && key !== "fromSpan") left.push([value, inner, span]);
    }
  }
  return undefined;
};

const spanOf = (part: object): Span | undefined => ("span" in part ? (part.span as Span) : undefined);
