import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { define, get, increase, int, type Local, repeatWhile, set, when } from "../frame.ts";
import { lanesOf } from "../lanes.ts";
import type { Operations } from "../operations.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { vectorOperations } from "../vector-operations.ts";

/**
 * One row times a matrix whose columns are neighbours, as are the result's: the sums of four vectors of columns are kept
 * while the terms go by. Parameters: the row, the distance of its elements; the matrix, the distance of its rows; the
 * result; the numbers of columns and of terms; whether to add to what stands there.
 */
export const rowAcrossFunction = (precision: Precision): DefinedFunction =>
  define({ params: Array.from({ length: 8 }, () => "i32") }, (frame, a, ak, b, bk, c, columns, terms, add) => {
    const [x, y, term, rest] = [frame.local("i32"), frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const row: Row = {
      bytes: scalarOperations[precision].bytes,
      ...{ a: a!, ak: ak!, b: b!, bk: bk!, c: c!, terms: terms!, add: add! },
      ...{ x, y, term, rest },
    };
    const sums = Array.from({ length: 4 }, () => frame.local("v128"));
    const [spread, single] = [frame.local("v128"), frame.local(precision)];
    const sum = frame.local(precision);
    const vector = { operations: vectorOperations[precision], load: lanesOf[precision].loadSplat, left: spread };
    const scalar = { operations: scalarOperations[precision], load: scalarOperations[precision].load, left: single };
    return [
      set(rest, get(columns!)),
      columnsAtOnce(row, { ...vector, sums }),
      columnsAtOnce(row, { ...vector, sums: sums.slice(0, 1) }),
      columnsAtOnce(row, { ...scalar, sums: [sum] }),
    ];
  });

/** What the product reads, and the locals that it may use: `rest` columns are left. */
interface Row {
  readonly bytes: number;
  readonly a: Local;
  readonly ak: Local;
  readonly b: Local;
  readonly bk: Local;
  readonly c: Local;
  readonly terms: Local;
  readonly add: Local;
  readonly x: Local;
  readonly y: Local;
  readonly term: Local;
  readonly rest: Local;
}

/** How columns go by: whether a sum holds one or a vector of them, and how an element of the row comes beside each. */
interface Manner {
  readonly operations: Operations;
  readonly load: (at: Code) => Code;
  readonly left: Local;
  readonly sums: ReadonlyArray<Local>;
}

/** As many columns as the sums hold, while there are so many. */
const columnsAtOnce = (row: Row, manner: Manner): Code => {
  const { bytes, b, c, add, rest } = row;
  const { operations, sums } = manner;
  const width = operations.lanes * bytes;
  return repeatWhile(int.greaterEqual(get(rest), int.constant(sums.length * operations.lanes)), [
    when(
      get(add),
      sums.map((sum, i) => set(sum, operations.load(get(c), i * width))),
      sums.map((sum) => set(sum, operations.constant(0))),
    ),
    addTerms(row, manner),
    sums.map((sum, i) => operations.store(get(c), get(sum), i * width)),
    increase(b, int.constant(sums.length * width)),
    increase(c, int.constant(sums.length * width)),
    increase(rest, int.constant(-sums.length * operations.lanes)),
  ]);
};

const addTerms = ({ bytes, a, ak, b, bk, terms, x, y, term }: Row, { operations, load, left, sums }: Manner): Code => [
  set(x, get(a)),
  set(y, get(b)),
  set(term, get(terms)),
  repeatWhile(get(term), [
    set(left, load(get(x))),
    sums.map((sum, i) =>
      set(
        sum,
        operations.add(get(sum), operations.mul(get(left), operations.load(get(y), i * operations.lanes * bytes))),
      ),
    ),
    increase(x, get(ak)),
    increase(y, get(bk)),
    increase(term, int.constant(-1)),
  ]),
];
