import type { Precision } from "../../../runtime/interface.ts";
import type { Code } from "../code.ts";
import { get, int, type Local, type Locals, set } from "../frame.ts";

/** How many columns are taken at a time, each with a vector of sums. */
export const atOnce = 4;

/** Vectors of a column in a turn of the loop: two lines of a cache, which come sooner from the second cache together. */
export const unrolled = 8;

export const alongNames = [
  "row",
  "matrix",
  "columnStep",
  "result",
  "resultStep",
  "columns",
  "terms",
  "isAdded",
] as const;

/** What the parts of a row times a matrix share: what is given, and the locals that they work with. */
export interface Along {
  readonly precision: Precision;
  readonly given: { readonly [Name in (typeof alongNames)[number]]: Local };
  readonly locals: AlongLocals;
}

type AlongLocals = ReturnType<typeof alongLocals>;

export const alongLocals = (frame: Locals, precision: Precision) => {
  const local = () => frame.local("i32");
  const several = (count: number, type: "i32" | "v128") => Array.from({ length: count }, () => frame.local(type));
  return {
    // The place in the row; where its whole vectors end, and all of it; how long it is.
    ...{ place: local(), wholeEnd: local(), end: local(), length: local() },
    // The place in the first of the columns; where turns of many vectors end; what columns at a time are apart; columns left.
    ...{ first: local(), farEnd: local(), apart: local(), rest: local() },
    // Vectors of the row, places in the columns, their sums, and a sum as a single number.
    ...{ lefts: several(unrolled, "v128"), places: several(atOnce, "i32"), sums: several(atOnce, "v128") },
    total: frame.local(precision),
  };
};

/** The places of columns, from that which the first has come to. */
export const eachPlace = (
  { given, locals }: Along,
  places: ReadonlyArray<Local>,
  use: (place: Local, i: number) => Code,
): Code =>
  places.map((place, i) => [
    set(place, i === 0 ? get(locals.first) : int.add(get(places[i - 1]!), get(given.columnStep))),
    use(place, i),
  ]);
