import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { defineNamed, get, increase, int, type Local, repeatWhile, set } from "../frame.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";
import { type Along, alongLocals, alongNames, atOnce, eachPlace, unrolled } from "./along.ts";
import { endOfColumn, endOfColumns } from "./along-ends.ts";

/**
 * One row times a matrix, both with their terms side by side: inner products, four columns at a time (eight, with a load
 * for each sum, would no longer fit an engine's registers). Parameters: the row; the matrix and the distance of its columns;
 * the result and the distance of its elements; the numbers of columns and of terms; whether to add to what stands there.
 *
 * Written so that the loop has few operations beside its products. Places start from a difference, not from a parameter,
 * which an engine would widen anew at each turn; one place moves where four could; and a turn takes eight vectors of each
 * column where there are as many. `bench/kernels/products.ts` tells what that is worth.
 */
export const rowAlongFunction = (precision: Precision): DefinedFunction =>
  defineNamed(alongNames, (frame, given) => {
    const locals = alongLocals(frame, precision);
    const along: Along = { precision, given, locals };
    const { row, terms, columns } = given;
    const { bytes } = scalarOperations[precision];
    const inWholeVectors = int.and(get(terms), int.constant(-vectorOperations[precision].lanes));
    return [
      set(locals.length, int.mul(get(terms), int.constant(bytes))),
      set(locals.end, int.add(get(row), get(locals.length))),
      set(locals.wholeEnd, int.add(get(row), int.mul(inWholeVectors, int.constant(bytes)))),
      set(locals.farEnd, int.add(get(row), int.and(get(locals.length), int.constant(-16 * unrolled)))),
      set(locals.rest, get(columns)),
      eachColumn(along, atOnce, endOfColumns(along)),
      eachColumn(along, 1, endOfColumn(along)),
    ];
  });

/** So many columns at a time, while there are so many: their whole vectors, and what ends their sums. */
const eachColumn = (along: Along, count: number, end: Code): Code => {
  const { precision, given, locals } = along;
  const { matrix, columnStep } = given;
  const { place, length, first, apart, rest, sums } = locals;
  return [
    set(apart, int.mul(get(columnStep), int.constant(count))),
    repeatWhile(int.greaterEqual(get(rest), int.constant(count)), [
      increase(matrix, get(apart)),
      set(first, int.sub(get(matrix), get(apart))),
      sums.slice(0, count).map((sum) => set(sum, vectorOperations[precision].constant(0))),
      set(place, int.sub(get(locals.end), get(length))),
      addVectors(along, count, locals.farEnd, unrolled),
      addVectors(along, count, locals.wholeEnd, 1),
      end,
      increase(rest, int.constant(-count)),
    ]),
  ];
};

/** Adds up so many vectors of terms in a turn, to the same sums in the same order however many they are. */
const addVectors = (along: Along, count: number, until: Local, many: number): Code => {
  const { add, mul, load } = vectorOperations[along.precision];
  const { place, first, lefts, places, sums } = along.locals;
  const taken = lefts.slice(0, many);
  return repeatWhile(int.notEqual(get(place), get(until)), [
    taken.map((left, p) => set(left, load(get(place), 16 * p))),
    eachPlace(along, places.slice(0, count), (column, i) =>
      taken.map((left, p) => set(sums[i]!, add(mul(get(left), load(get(column), 16 * p)), get(sums[i]!)))),
    ),
    increase(first, int.constant(16 * many)),
    increase(place, int.constant(16 * many)),
  ]);
};
