import type { Index, Loop, Scalar } from "../../src/loops/loops.ts";
import type { Size } from "../../src/loops/size.ts";

/** The place that loop variables lead to, each so many elements a turn. */
export const at = (...terms: ReadonlyArray<readonly [string, Size]>): Index => ({
  terms: terms.map(([variable, stride]) => ({ variable, stride })),
  constant: [],
});

export const load = (buffer: number, index: Index): Scalar => ({ tag: "load", buffer, index });

export const store = (buffer: number, index: Index, value: Scalar): Loop => ({
  tag: "store",
  buffer,
  index,
  value,
  mode: "set",
});

export const addUp = (name: string, value: Scalar): Loop => ({ tag: "accumulate", name, fn: "sum", value });

export const over = (variable: string, size: Size, ...body: ReadonlyArray<Loop>): Loop => ({
  tag: "for",
  variable,
  extent: { tag: "size", size },
  descending: false,
  body,
});
