import { innerOf } from "../loops/inner.ts";
import type { Block, For, Loop, Product } from "../loops/loops.ts";
import { evaluatedSize, type Size } from "../loops/size.ts";
import { changedBy } from "./changes.ts";
import { sizeText } from "./program-object.ts";

/**
 * Which right operands are packed before a loop and not in each of its turns: those that no turn writes or moves, such as
 * the weights in a scan. Each has a stretch of the arena, numbered from 0 in every block, for blocks run one by one.
 */
export interface Packing {
  readonly before: ReadonlyMap<For, ReadonlyArray<Product>>;
  readonly stretchOf: ReadonlyMap<Product, number>;
}

export const noPacking: Packing = { before: new Map(), stretchOf: new Map() };

export const packingOf = ({ body }: Block): Packing => {
  const before = new Map<For, Product[]>();
  const stretchOf = new Map<Product, number>();
  const visit = (loop: Loop, around: ReadonlyArray<For>): void => {
    for (const inner of innerOf(loop)) visit(inner, loop.tag === "for" ? [...around, loop] : around);
    if (loop.tag !== "product") return;
    const outermost = around.find((candidate) => isFixedIn(candidate, loop));
    if (outermost === undefined) return;
    before.set(outermost, [...(before.get(outermost) ?? []), loop]);
    stretchOf.set(loop, stretchOf.size);
  };
  for (const loop of body) visit(loop, []);
  return { before, stretchOf };
};

/** What a stretch holds in some block: so many terms of so many columns, which stand in panels. */
export interface Packed {
  readonly terms: Size;
  readonly columns: Size;
}

/** How many numbers a stretch needs for the largest of what it holds, where a panel has so many columns. */
export const packedSize = (uses: ReadonlyArray<Packed>, width: number, dims: ReadonlyArray<number>): number =>
  uses.reduce((most, { terms, columns }) => {
    const panels = Math.ceil(evaluatedSize(columns, dims) / width);
    return Math.max(most, evaluatedSize(terms, dims) * panels * width);
  }, 0);

/** The same as JavaScript text. */
export const packedText = (uses: ReadonlyArray<Packed>, width: number): string => {
  const sizes = uses.map(
    ({ terms, columns }) => `${sizeText(terms)} * Math.ceil((${sizeText(columns)}) / ${width}) * ${width}`,
  );
  const [only = "0", ...others] = new Set(sizes);
  return others.length === 0 ? only : `Math.max(${[only, ...others].join(", ")})`;
};

/** What stands in each stretch. */
export const stretchesOf = (packings: ReadonlyArray<Packing>): ReadonlyArray<ReadonlyArray<Packed>> => {
  const count = Math.max(0, ...packings.map(({ stretchOf }) => stretchOf.size));
  return Array.from({ length: count }, (_, stretch) =>
    packings.flatMap(({ stretchOf }) =>
      [...stretchOf].flatMap(([{ k, n }, at]) => (at === stretch ? [{ terms: k.extent, columns: n.extent }] : [])),
    ),
  );
};

const isFixedIn = (loop: For, { right }: Product): boolean => {
  const { variables, buffers } = changedBy(loop);
  return !buffers.has(right.buffer) && !right.index.terms.some(({ variable }) => variables.has(variable));
};
