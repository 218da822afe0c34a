import { match } from "../src/match.ts";
import type { Block, Count, Loop, LoopProgram, Product, Scalar } from "../src/schedule/loops.ts";
import type { Size } from "../src/schedule/size.ts";

/** The batch, then the length of each run-time axis in the order of the program's. */
type Dims = ReadonlyArray<number>;

/**
 * The floating-point operations that a program does for these sizes, counted in its loops: two for each term of a
 * product, one for each pointwise operation, an elementary function being one. Of two branches the longer is counted.
 */
export const flopsOf = (program: LoopProgram, dims: Dims): number =>
  total(program.blocks, ({ body }: Block) => total(body, loopFlops(dims)));

const total = <A>(items: ReadonlyArray<A>, flops: (item: A) => number): number =>
  items.reduce((sum, item) => sum + flops(item), 0);

const sizeOf = ({ factor, dims: indices }: Size, dims: Dims): number =>
  indices.reduce((product, index) => product * dims[index]!, factor);

const loopFlops = (dims: Dims): ((loop: Loop) => number) => {
  const flops: (loop: Loop) => number = match<Loop, number>({
    for: ({ extent, body }) => times(extent, dims) * total(body, flops),
    if: ({ condition, ...branches }) =>
      scalarFlops(condition) + Math.max(total(branches.then, flops), total(branches.else, flops)),
    let: ({ value }) => scalarFlops(value),
    letInteger: () => 0,
    accumulator: () => 0,
    accumulate: ({ value }) => 1 + scalarFlops(value),
    store: ({ value, mode }) => scalarFlops(value) + (mode === "set" ? 0 : 1),
    product: (product) => productFlops(product, dims),
  });
  return flops;
};

const productFlops = ({ m, n, k }: Product, dims: Dims): number =>
  [m, n, k].reduce((product, { extent }) => product * sizeOf(extent, dims), 2);

/** All examples of a workload have the same length: that of the padded axis. */
const times = (count: Count, dims: Dims): number =>
  count.tag === "size" ? sizeOf(count.size, dims) : dims[1 + count.table]!;

const scalarFlops: (scalar: Scalar) => number = match<Scalar, number>({
  number: () => 0,
  load: () => 0,
  local: () => 0,
  indexValue: () => 0,
  size: () => 0,
  length: () => 0,
  call: ({ operands }) => 1 + total(operands, (operand) => scalarFlops(operand)),
  choose: ({ condition, ...branches }) =>
    scalarFlops(condition) + Math.max(scalarFlops(branches.then), scalarFlops(branches.else)),
});
