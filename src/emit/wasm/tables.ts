import { innerOf } from "../../loops/inner.ts";
import type { Index, Loop, LoopProgram, Scalar } from "../../loops/loops.ts";
import { operandsOf } from "../../loops/operands.ts";
import { dimension, type Size, times } from "../../loops/size.ts";

/** The tables of lengths that a program reads: which, and how many entries each has, for each example as many. */
export const tablesOf = ({ blocks }: LoopProgram): ReadonlyArray<{ readonly table: number; readonly size: Size }> => {
  const strides = new Map<number, Size>();
  const note = (table: number, { terms }: Index): void => {
    // The stride of the examples is the product of all others' extents: the one of most factors.
    for (const { stride } of terms) {
      const known = strides.get(table);
      if (known === undefined || isLarger(stride, known)) strides.set(table, stride);
    }
  };
  const visitScalar = (scalar: Scalar): void => {
    if (scalar.tag === "length") note(scalar.table, scalar.index);
    operandsOf(scalar).forEach(visitScalar);
  };
  const visit = (loop: Loop): void => {
    if (loop.tag === "for" && loop.extent.tag === "length") note(loop.extent.table, loop.extent.index);
    if (loop.tag === "if") visitScalar(loop.condition);
    innerOf(loop).forEach(visit);
    if ("value" in loop) visitScalar(loop.value);
  };
  for (const { body } of blocks) body.forEach(visit);
  return [...strides]
    .sort(([a], [b]) => a - b)
    .map(([table, stride]) => ({ table, size: times(stride, dimension(0)) }));
};

const isLarger = (a: Size, b: Size): boolean =>
  a.dims.length > b.dims.length || (a.dims.length === b.dims.length && a.factor > b.factor);
