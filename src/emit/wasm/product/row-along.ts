import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { define, get, increase, int, type Local, repeatWhile, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import { scalarOperations, vectorOperations } from "../operations.ts";
import { lanesSummed } from "./transposed.ts";

const atOnce = 4;

/** Vectors of a column in a turn of the loop: two lines of a cache, which come sooner from the second cache together. */
const unrolled = 8;

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
  define({ params: Array.from({ length: 8 }, () => "i32") }, (frame, a, b, bn, c, cn, columns, terms, add) => {
    const scalar = scalarOperations[precision];
    const vector = vectorOperations[precision];
    const { extract, loadSplat, loadLane } = lanesOf[precision];
    const [x, whole, end, length] = [frame.local("i32"), frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const [first, far, width, rest] = [frame.local("i32"), frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const lefts = Array.from({ length: unrolled }, () => frame.local("v128"));
    const left = lefts[0]!;
    const column = Array.from({ length: atOnce }, () => frame.local("i32"));
    const sums = Array.from({ length: atOnce }, () => frame.local("v128"));
    const total = frame.local(precision);

    /** Places `bn` apart, from that which the first column has come to. */
    const eachPlace = (places: ReadonlyArray<Local>, use: (place: Local, i: number) => Code): Code =>
      places.map((place, i) => [
        set(place, i === 0 ? get(first) : int.add(get(places[i - 1]!), get(bn!))),
        use(place, i),
      ]);

    /** Adds up so many vectors of terms in a turn, to the same sums in the same order however many they are. */
    const vectors = (count: number, until: Local, many: number): Code =>
      repeatWhile(int.notEqual(get(x), get(until)), [
        lefts.slice(0, many).map((left, p) => set(left, vector.load(get(x), 16 * p))),
        eachPlace(column.slice(0, count), (place, i) =>
          lefts
            .slice(0, many)
            .map((left, p) =>
              set(sums[i]!, vector.add(vector.mul(get(left), vector.load(get(place), 16 * p)), get(sums[i]!))),
            ),
        ),
        increase(first, int.constant(16 * many)),
        increase(x, int.constant(16 * many)),
      ]);

    const eachColumn = (count: number, body: Code): Code => [
      set(width, int.mul(get(bn!), int.constant(count))),
      repeatWhile(int.greaterEqual(get(rest), int.constant(count)), [
        increase(b!, get(width)),
        set(first, int.sub(get(b!), get(width))),
        sums.slice(0, count).map((sum) => set(sum, vector.constant(0))),
        set(x, int.sub(get(end), get(length))),
        vectors(count, far, unrolled),
        vectors(count, whole, 1),
        body,
        increase(rest, int.constant(-count)),
      ]),
    ];
    const lanes = (local: Local) => Array.from({ length: vector.lanes }, (_, lane) => extract(get(local), lane));
    /** In the order in which whole vectors are summed. */
    const pairwise = (local: Local): Code => {
      const all = lanes(local);
      return all.flatMap((lane, i) => (i % 2 === 0 ? [scalar.add(lane, all[i + 1]!)] : [])).reduce(scalar.add);
    };
    const step = int.constant(scalar.bytes);
    const store = (value: Code): Code => [
      set(total, value),
      when(get(add!), set(total, scalar.add(scalar.load(get(c!)), get(total)))),
      scalar.store(get(c!), get(total)),
      increase(c!, get(cn!)),
    ];
    const single = [
      set(total, pairwise(sums[0]!)),
      repeatWhile(int.notEqual(get(x), get(end)), [
        set(total, scalar.add(get(total), scalar.mul(scalar.load(get(x)), scalar.load(get(first))))),
        increase(first, step),
        increase(x, step),
      ]),
      store(get(total)),
    ];
    const groups = Array.from({ length: atOnce / vector.lanes }, (_, group) => ({
      total: sums[group * vector.lanes]!,
      sums: sums.slice(group * vector.lanes, (group + 1) * vector.lanes),
      columns: column.slice(group * vector.lanes, (group + 1) * vector.lanes),
    }));
    const many = [
      groups.map((group) => set(group.total, lanesSummed(precision, group.sums))),
      repeatWhile(int.notEqual(get(x), get(end)), [
        set(left, loadSplat(get(x))),
        eachPlace(column, () => []),
        groups.map(({ total, columns }) => {
          const elements = columns.reduce<Code>((all, place, i) => loadLane(get(place), all, i), vector.constant(0));
          return set(total, vector.add(get(total), vector.mul(get(left), elements)));
        }),
        increase(first, step),
        increase(x, step),
      ]),
      groups.map(({ total: totals }) => storeLanes(totals)),
    ];
    function storeLanes(totals: Local): Code {
      return when(
        int.equal(get(cn!), step),
        [
          when(get(add!), set(totals, vector.add(vector.load(get(c!)), get(totals)))),
          vector.store(get(c!), get(totals)),
          increase(c!, int.constant(16)),
        ],
        lanes(totals).map(store),
      );
    }
    const lengthOf = (count: Code): Code => int.mul(count, int.constant(scalar.bytes));
    return [
      set(length, lengthOf(get(terms!))),
      set(end, int.add(get(a!), get(length))),
      set(whole, int.add(get(a!), lengthOf(int.and(get(terms!), int.constant(-vector.lanes))))),
      set(far, int.add(get(a!), int.and(get(length), int.constant(-16 * unrolled)))),
      set(rest, get(columns!)),
      eachColumn(atOnce, many),
      eachColumn(1, single),
    ];
  });
