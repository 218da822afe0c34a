import type { Precision } from "../../interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { define, get, increase, int, type Local, repeatWhile, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import { scalarOperations, vectorOperations } from "../operations.ts";

/**
 * One row times a matrix, both with their terms side by side: inner products, four columns at a time. Parameters: the
 * row; the matrix and the distance of its columns; the result and the distance of its elements; the numbers of columns
 * and of terms; whether to add to what stands there.
 */
export const rowAlongFunction = (precision: Precision): DefinedFunction =>
  define({ params: Array.from({ length: 8 }, () => "i32") }, (frame, a, b, bn, c, cn, columns, terms, add) => {
    const scalar = scalarOperations[precision];
    const vector = vectorOperations[precision];
    const { extract } = lanesOf[precision];
    const [x, whole, end, rest] = [frame.local("i32"), frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const left = frame.local("v128");
    const single = frame.local(precision);
    const column = Array.from({ length: 4 }, () => frame.local("i32"));
    const sums = Array.from({ length: 4 }, () => frame.local("v128"));
    const totals = Array.from({ length: 4 }, () => frame.local(precision));

    const total = (sum: Local): Code => {
      const lanes = Array.from({ length: vector.lanes }, (_, lane) => extract(get(sum), lane));
      const pairs = lanes.flatMap((lane, i) => (i % 2 === 0 ? [scalar.add(lane, lanes[i + 1]!)] : []));
      return pairs.reduce(scalar.add);
    };
    const columnsAtOnce = (count: number): Code => {
      const some = column.slice(0, count);
      return repeatWhile(int.greaterEqual(get(rest), int.constant(count)), [
        some.map((place, i) => set(place, i === 0 ? get(b!) : int.add(get(some[i - 1]!), get(bn!)))),
        set(b!, int.add(get(some[count - 1]!), get(bn!))),
        some.map((_, i) => set(sums[i]!, vector.constant(0))),
        set(x, get(a!)),
        repeatWhile(int.notEqual(get(x), get(whole)), [
          set(left, vector.load(get(x))),
          some.map((place, i) => [
            set(sums[i]!, vector.add(get(sums[i]!), vector.mul(get(left), vector.load(get(place))))),
            increase(place, int.constant(16)),
          ]),
          increase(x, int.constant(16)),
        ]),
        some.map((_, i) => set(totals[i]!, total(sums[i]!))),
        repeatWhile(int.notEqual(get(x), get(end)), [
          set(single, scalar.load(get(x))),
          some.map((place, i) => [
            set(totals[i]!, scalar.add(get(totals[i]!), scalar.mul(get(single), scalar.load(get(place))))),
            increase(place, int.constant(scalar.bytes)),
          ]),
          increase(x, int.constant(scalar.bytes)),
        ]),
        some.map((_, i) => [
          when(get(add!), set(totals[i]!, scalar.add(scalar.load(get(c!)), get(totals[i]!)))),
          scalar.store(get(c!), get(totals[i]!)),
          increase(c!, get(cn!)),
        ]),
        increase(rest, int.constant(-count)),
      ]);
    };
    return [
      set(
        whole,
        int.add(get(a!), int.mul(int.and(get(terms!), int.constant(-vector.lanes)), int.constant(scalar.bytes))),
      ),
      set(end, int.add(get(a!), int.mul(get(terms!), int.constant(scalar.bytes)))),
      set(rest, get(columns!)),
      columnsAtOnce(4),
      columnsAtOnce(1),
    ];
  });
