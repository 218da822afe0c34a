import type { Index } from "../loops/loops.ts";
import { equalSizes, type Size, times } from "../loops/size.ts";

/** How an index moves when a variable does: by a size, not at all, or in a way that is no single size. */
export type Stride =
  | { readonly tag: "still" }
  | { readonly tag: "by"; readonly size: Size }
  | { readonly tag: "unknown" };

export const strideAlong = (variable: string, { terms }: Index): Stride => {
  const own = terms.filter((term) => term.variable === variable);
  if (own.length > 1) return { tag: "unknown" };
  return own.length === 0 ? { tag: "still" } : { tag: "by", size: own[0]!.stride };
};

export const isUnit = (size: Size): boolean => size.factor === 1 && size.dims.length === 0;

/** Whether two indices into one buffer are the same, or so far apart that a loop of this extent never makes them meet. */
export const isSafePair = (a: Index, b: Index, extent: Size | undefined): boolean => {
  if (termsKey(a) !== termsKey(b)) return false;
  const apart = difference(a.constant, b.constant);
  if (apart.length === 0) return true;
  const [only] = apart;
  return (
    apart.length === 1 &&
    extent !== undefined &&
    Math.abs(only!.factor) >= extent.factor &&
    isPartOf(extent.dims, only!.dims)
  );
};

const termsKey = ({ terms }: Index): string =>
  terms
    .map(({ variable, stride }) => `${variable}*${stride.factor}*${stride.dims.join("*")}`)
    .sort()
    .join("+");

/** The monomials of a - b that do not cancel. */
const difference = (a: ReadonlyArray<Size>, b: ReadonlyArray<Size>): ReadonlyArray<Size> => {
  const minus = b.map((size) => times(size, { factor: -1, dims: [] }));
  const totals: Size[] = [];
  for (const size of [...a, ...minus]) {
    const at = totals.findIndex((other) => equalSizes({ ...other, factor: 1 }, { ...size, factor: 1 }));
    if (at === -1) totals.push(size);
    else totals[at] = { ...size, factor: totals[at]!.factor + size.factor };
  }
  return totals.filter(({ factor }) => factor !== 0);
};

/** Dims are at least 1 where a loop runs at all, so more of them never make a size smaller. */
const isPartOf = (some: ReadonlyArray<number>, all: ReadonlyArray<number>): boolean => {
  const rest = [...all];
  return some.every((dim) => {
    const at = rest.indexOf(dim);
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
};
