import { innerOf } from "../../loops/inner.ts";
import type { BufferId, For, Loop, LoopProgram } from "../../loops/loops.ts";
import { dimension } from "../../loops/size.ts";
import type { isVectorisable } from "../vectorisable.ts";
import type { Layout } from "./layout.ts";

/**
 * A loop as a function: equal loops have the same key. What they may differ in are its parameters: where the buffers
 * begin, the number of turns, and the numbers that are known before; one of these may be a sum, which it then returns.
 */
export interface Pattern {
  readonly key: string;
  readonly buffers: ReadonlyArray<BufferId>;
  readonly numbers: ReadonlyArray<string>;
  readonly sum: string | undefined;
}

export type Repeated = ReadonlyMap<Loop, Pattern>;

/** The outermost loops of a module that occur more than once, such as the updates of its parameters. */
export const repeatedLoops = (
  programs: ReadonlyArray<{ readonly program: LoopProgram; readonly layout: Layout }>,
  vectorisable: typeof isVectorisable,
): Repeated => {
  const found = programs.flatMap(({ program, layout }) =>
    program.blocks.flatMap(({ body }) =>
      body.flatMap((loop) => {
        const pattern = loop.tag === "for" ? patternOf(loop, layout, vectorisable) : undefined;
        return pattern === undefined ? [] : [[loop, pattern] as const];
      }),
    ),
  );
  const counts = new Map<string, number>();
  for (const [, { key }] of found) counts.set(key, (counts.get(key) ?? 0) + 1);
  return new Map(found.filter(([, { key }]) => counts.get(key)! > 1));
};

const patternOf = (loop: For, layout: Layout, vectorisable: typeof isVectorisable): Pattern | undefined => {
  if (loop.extent.tag !== "size" || hasProduct(loop) || vectorisable(loop) !== vectorisable(anyCount(loop)))
    return undefined;
  const own = new Set(definedIn(loop));
  const sums = [...new Set(accumulatedIn(loop))].filter((name) => !own.has(name));
  const [names, buffers] = [new Map<string, number>(), new Map<BufferId, number>()];
  const numbers: string[] = [];
  let isOne = sums.length < 2;
  const numbered = <A>(known: Map<A, number>, item: A): number => {
    const at = known.get(item) ?? known.size;
    known.set(item, at);
    return at;
  };
  const key = JSON.stringify(anyCount(loop), (field, value) => {
    switch (field) {
      case "buffer":
        return numbered(buffers, value);
      case "dims":
        return value.map(layout.dimension).join();
      case "name":
        if (!own.has(value) && !names.has(value)) numbers.push(value);
        return numbered(names, value);
      case "variable":
        // A position that a symbol has named before the loop is no parameter.
        isOne &&= own.has(value);
        return numbered(names, value);
      case "table":
        // Tables stand in other places from program to program.
        isOne = false;
        return value;
      default:
        // In JSON -0 is 0, and what is infinite or no number is null.
        return typeof value === "number" ? (Object.is(value, -0) ? "-0" : `${value}`) : value;
    }
  });
  return isOne ? { key, buffers: [...buffers.keys()], numbers, sum: sums[0] } : undefined;
};

/** The same loop with a number of turns that is not known. */
export const anyCount = (loop: For): For => ({ ...loop, extent: { tag: "size", size: dimension(0) } });

/** The operands of a product may be packed, of one loop and not of another. */
const hasProduct = (loop: Loop): boolean => loop.tag === "product" || innerOf(loop).some(hasProduct);

const definedIn = (loop: Loop): ReadonlyArray<string> => [
  ...(loop.tag === "for" ? [loop.variable] : []),
  ...(loop.tag === "let" || loop.tag === "letInteger" || loop.tag === "accumulator" ? [loop.name] : []),
  ...innerOf(loop).flatMap(definedIn),
];

const accumulatedIn = (loop: Loop): ReadonlyArray<string> =>
  loop.tag === "accumulate" ? [loop.name] : innerOf(loop).flatMap(accumulatedIn);
