import { CompilerFault } from "../fault.ts";
import { type Axis, batchAxis, firstOf } from "./axis.ts";
import { blockCountOf } from "./block-count.ts";
import type { Environment, Index } from "./environment.ts";

/** How far axes reach in an environment. */
export interface Space {
  /** The length of an axis where one stands; of lengths that differ along axes not in `index`, the longest. */
  readonly length: (axis: Axis, index: Index) => number;
  readonly longest: (axis: Axis) => number;
  /** Whether a position along each of the axes exists. */
  readonly exists: (axes: ReadonlyArray<Axis>, index: Index) => boolean;
  /** All the positions along axes that exist together with where one stands already. */
  readonly positions: (axes: ReadonlyArray<Axis>, within: ReadonlyArray<Axis>, index: Index) => ReadonlyArray<Index>;
}

export const spaceOf = ({ lengths, batch }: Environment): Space => {
  const length = (axis: Axis, index: Index): number => {
    if (axis.tag === "feature") return axis.size;
    if (axis.tag === "batch") return batch ?? missing("batch size");
    if (axis.extent.tag === "fixed") return axis.extent.size;
    const counted = blockCountOf(axis.extent.name);
    if (counted !== undefined) return Math.ceil(greatest(counted.of) / counted.size);
    const given = lengths[axis.extent.name] ?? missing(`length ${axis.extent.name}`);
    if (typeof given === "number") return given;
    const unknown = axis.extent.over.filter(({ key }) => index[key] === undefined);
    return positions(unknown, unknown, index).reduce((most, outer) => Math.max(most, given(outer)), 0);
  };
  /** Of a length that differs between examples alone. */
  const greatest = (name: string): number => {
    const given = lengths[name] ?? missing(`length ${name}`);
    if (typeof given === "number") return given;
    const examples = Array.from({ length: batch ?? missing("batch size") }, (_, example) => example);
    return examples.reduce((most, example) => Math.max(most, given({ [batchAxis.key]: example })), 0);
  };
  const longests = new Map<string, number>();
  const longest = (axis: Axis): number => {
    const known = longests.get(axis.key) ?? length(axis, {});
    longests.set(axis.key, known);
    return known;
  };
  const exists = (axes: ReadonlyArray<Axis>, index: Index): boolean =>
    axes.every((axis) => {
      const from = firstOf(axis);
      const position = index[axis.key]!;
      return position >= from && position < from + length(axis, index);
    });
  const positions = (axes: ReadonlyArray<Axis>, within: ReadonlyArray<Axis>, index: Index): ReadonlyArray<Index> =>
    axes
      .reduce<ReadonlyArray<Index>>(
        (outers, axis) => {
          const from = firstOf(axis);
          return outers.flatMap((outer) =>
            Array.from({ length: longest(axis) }, (_, i) => ({ ...outer, [axis.key]: from + i })),
          );
        },
        [index],
      )
      .filter((found) => exists(within, found));
  return { length, longest, exists, positions };
};

const missing = (what: string): never => {
  throw new CompilerFault("evaluate", `the environment gives no ${what}`);
};
