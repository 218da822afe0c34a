import { productsIn } from "../inner.ts";
import type { Index, LoopProgram, Product } from "../loops.ts";
import { equalSizes } from "../size.ts";
import { batchesOf, type Dims, numberAt, turnsOf } from "./batches.ts";

/** Products whose strides are not those of two factors and a result, or whose results fall on each other. */
export const misshapenProducts = (program: LoopProgram): ReadonlyArray<string> =>
  program.blocks.flatMap((block) => {
    const products = block.body.flatMap(productsIn);
    const found = products.flatMap((product) => [
      ...shape(product),
      ...batchesOf(program)
        .flatMap((batch) => turnsOf(program, block, batch))
        .flatMap((dims) => overlap(product, dims)),
    ]);
    return [...new Set(found)].map((what) => `${block.title}: ${what}`);
  });

const shape = ({ left, right, result, m, n, k }: Product): ReadonlyArray<string> => [
  ...(n.left.factor === 0 ? [] : ["the left factor of a product has columns of the result"]),
  ...(m.right.factor === 0 ? [] : ["the right factor of a product has rows of the result"]),
  ...(k.result.factor === 0 ? [] : ["the result of a product has the axis that is summed"]),
  ...[m, n, k].filter(({ extent }) => extent.factor < 0).map(() => "an extent of a product is negative"),
  ...[left, right]
    .filter(({ buffer, index }) => buffer === result.buffer && sameIndex(index, result.index))
    .map(() => "a product stands where one of its factors does"),
];

/** Each sum needs an element of its own: either all of a row, or all of a column, are nearer than the next one. */
const overlap = ({ m, n }: Product, dims: Dims): ReadonlyArray<string> => {
  const at = numberAt(dims);
  const [rows, columns] = [m, n].map(({ extent, result }) => ({ extent: at(extent), step: Math.abs(at(result)) }));
  const isApart = (inner: typeof rows, outer: typeof rows): boolean =>
    (inner!.extent <= 1 || inner!.step > 0) && (outer!.extent <= 1 || outer!.step >= inner!.step * inner!.extent);
  const isEmpty = rows!.extent * columns!.extent === 0;
  return isEmpty || isApart(rows, columns) || isApart(columns, rows)
    ? []
    : ["two sums of a product stand in one place"];
};

const sameIndex = (a: Index, b: Index): boolean =>
  a.terms.length === b.terms.length &&
  a.constant.length === b.constant.length &&
  a.terms.every(
    ({ variable, stride }, i) => variable === b.terms[i]!.variable && equalSizes(stride, b.terms[i]!.stride),
  ) &&
  a.constant.every((size, i) => equalSizes(size, b.constant[i]!));
