import { innerOf, productsIn } from "../loops/inner.ts";
import type { Block, For, Loop, LoopProgram, Product } from "../loops/loops.ts";
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
  /** Those that are packed once and for all, whenever parameters have changed; no other stretch has their numbers. */
  readonly held: ReadonlySet<Product>;
}

export const noPacking: Packing = { before: new Map(), stretchOf: new Map(), held: new Set() };

export const packingOf = ({ body }: Block, isOther: (product: Product) => boolean = () => false): Packing => {
  const before = new Map<For, Product[]>();
  const stretchOf = new Map<Product, number>();
  const visit = (loop: Loop, around: ReadonlyArray<For>): void => {
    for (const inner of innerOf(loop)) visit(inner, loop.tag === "for" ? [...around, loop] : around);
    if (loop.tag !== "product" || isOther(loop)) return;
    const outermost = around.find((candidate) => isFixedIn(candidate, loop));
    if (outermost === undefined) return;
    before.set(outermost, [...(before.get(outermost) ?? []), loop]);
    stretchOf.set(loop, stretchOf.size);
  };
  for (const loop of body) visit(loop, []);
  return { before, stretchOf, held: new Set() };
};

/** What is packed of each block of a program. */
export const packingsOf = (program: LoopProgram, choices: PackingChoices): ReadonlyArray<Packing> => {
  const held = program.holds === true ? choices.heldIn(program) : new Map<Product, number>();
  const own = program.blocks.map((block) => choices.packingOf(block, (product) => held.has(product)));
  const first = stretchesOf(own).length;
  return program.blocks.map(({ body }, at): Packing => {
    const products = body.flatMap(productsIn).filter((product) => held.has(product));
    const stretches = products.map((product) => [product, first + held.get(product)!] as const);
    return { ...own[at]!, stretchOf: new Map([...own[at]!.stretchOf, ...stretches]), held: new Set(products) };
  });
};

export interface PackingChoices {
  readonly packingOf: typeof packingOf;
  readonly heldIn: typeof heldIn;
}

/** The fewest columns that are worth packing. */
const fewestHeld = 4;

/** The products whose right operand is a parameter, with a number for each operand. */
export const heldIn = ({ leaves, results, blocks }: LoopProgram): ReadonlyMap<Product, number> => {
  const ofCaller = new Set(leaves.flatMap(({ kind, buffer }) => (kind === "parameter" ? [] : [buffer])));
  const written = new Set(results.map(({ buffer }) => buffer));
  const parameters = new Set(leaves.flatMap(({ kind, buffer }) => (kind === "parameter" ? [buffer] : [])));
  const numbers = new Map<string, number>();
  const held = new Map<Product, number>();
  for (const product of blocks.flatMap(({ body }) => body.flatMap(productsIn))) {
    const { right, n, k, fromEnd } = product;
    const isSteady = parameters.has(right.buffer) && !ofCaller.has(right.buffer) && !written.has(right.buffer);
    const sizes = [n.extent, n.right, k.extent, k.right, ...right.index.constant];
    const isStatic = right.index.terms.length === 0 && sizes.every(({ dims }) => dims.length === 0);
    if (!isSteady || !isStatic || n.extent.factor < fewestHeld) continue;
    const key = JSON.stringify([right, n.extent, n.right, k.extent, k.right, fromEnd]);
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    held.set(product, numbers.get(key)!);
  }
  return held;
};

/** One product for each operand that is held. */
export const heldOnce = (
  packings: ReadonlyArray<Packing>,
): ReadonlyArray<{ readonly product: Product; readonly stretch: number }> => [
  ...new Map(
    packings.flatMap(({ held, stretchOf }) =>
      [...held].map((product) => [stretchOf.get(product)!, { product, stretch: stretchOf.get(product)! }] as const),
    ),
  ).values(),
];

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
  const count = packings.reduce(
    (most, { stretchOf }) => [...stretchOf.values()].reduce((greatest, at) => Math.max(greatest, at + 1), most),
    0,
  );
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
