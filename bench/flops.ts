import type { Count, Loop, LoopProgram, Scalar } from "../src/loops/loops.ts";
import { operandsOf } from "../src/loops/operands.ts";
import { segmentDims, withSegmentDims } from "../src/loops/segments/dims.ts";
import type { Size } from "../src/loops/size.ts";
import { costOf } from "../src/views/schedule/work.ts";

/** Floating-point operations, those of products among them, and elementary functions, of which each takes many. */
export interface Operations {
  readonly flops: number;
  readonly products: number;
  readonly functions: number;
}

/** The floating-point operations that a program does for these sizes, an elementary function being one. */
export const flopsOf = (program: LoopProgram, dims: ReadonlyArray<number>): number => {
  const { flops, functions } = operationsIn(program, dims);
  return flops + functions;
};

/**
 * What the loops of a program do, counted turn by turn, where no sequence is shorter than the longest: two operations
 * for each term of a product, one for each pointwise one. Comparisons and choices are not counted.
 *
 * @param given The batch, then the length of each run-time axis in the order of the program's.
 */
export const operationsIn = ({ blocks, lengths, segments }: LoopProgram, given: ReadonlyArray<number>): Operations => {
  const dims = [...withSegmentDims(given, segments)];
  const of = segmentDims(lengths);
  const size = ({ factor, dims: own }: Size): number => own.reduce((product, dim) => product * dims[dim]!, factor);
  const times = (count: Count): number => (count.tag === "size" ? size(count.size) : dims[1 + count.table]!);
  let flops = 0;
  let products = 0;
  let functions = 0;
  const scalar = (value: Scalar, turns: number): void => {
    if (value.tag === "call") {
      flops += turns * costOf[value.fn].flops;
      functions += turns * costOf[value.fn].functions;
    }
    for (const operand of operandsOf(value)) scalar(operand, turns);
  };
  const visit = (loop: Loop, turns: number): void => {
    if (loop.tag === "for") for (const inner of loop.body) visit(inner, turns * times(loop.extent));
    // The other branch fills what lies behind the end of a sequence.
    if (loop.tag === "if") for (const inner of loop.then) visit(inner, turns);
    if (loop.tag === "let" || loop.tag === "accumulate" || loop.tag === "store") scalar(loop.value, turns);
    if (loop.tag === "accumulate" || (loop.tag === "store" && loop.mode !== "set")) flops += turns;
    if (loop.tag === "product")
      products += turns * 2 * [loop.m, loop.n, loop.k].reduce((n, d) => n * size(d.extent), 1);
  };
  for (const { body, pass } of blocks) {
    const count = pass === undefined || segments === undefined ? 1 : dims[of.segments]!;
    for (let number = 0; number < count; number += 1) {
      if (segments !== undefined) {
        const start = number * segments.length;
        [dims[of.start], dims[of.count]] = [start, Math.min(segments.length, dims[segments.dimension]! - start)];
      }
      for (const loop of body) visit(loop, 1);
    }
  }
  return { flops: flops + products, products, functions };
};
