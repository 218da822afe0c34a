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
    const { bytes } = scalarOperations[precision];
    const [x, y, term, rest] = [frame.local("i32"), frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const sums = Array.from({ length: 4 }, () => frame.local("v128"));
    const [spread, single] = [frame.local("v128"), frame.local(precision)];

    /** Columns held in `of`, each as wide as the operations' values. */
    const columnsAtOnce = (
      operations: Operations,
      of: ReadonlyArray<Local>,
      spreadLoad: (at: Code) => Code,
      left: Local,
    ): Code => {
      const width = operations.lanes * bytes;
      return repeatWhile(int.greaterEqual(get(rest), int.constant(of.length * operations.lanes)), [
        when(
          get(add!),
          of.map((sum, i) => set(sum, operations.load(get(c!), i * width))),
          of.map((sum) => set(sum, operations.constant(0))),
        ),
        set(x, get(a!)),
        set(y, get(b!)),
        set(term, get(terms!)),
        repeatWhile(get(term), [
          set(left, spreadLoad(get(x))),
          of.map((sum, i) =>
            set(sum, operations.add(get(sum), operations.mul(get(left), operations.load(get(y), i * width)))),
          ),
          increase(x, get(ak!)),
          increase(y, get(bk!)),
          increase(term, int.constant(-1)),
        ]),
        of.map((sum, i) => operations.store(get(c!), get(sum), i * width)),
        increase(b!, int.constant(of.length * width)),
        increase(c!, int.constant(of.length * width)),
        increase(rest, int.constant(-of.length * operations.lanes)),
      ]);
    };
    const vector = vectorOperations[precision];
    const scalar = scalarOperations[precision];
    const sum = frame.local(precision);
    const { loadSplat } = lanesOf[precision];
    return [
      set(rest, get(columns!)),
      columnsAtOnce(vector, sums, loadSplat, spread),
      columnsAtOnce(vector, sums.slice(0, 1), loadSplat, spread),
      columnsAtOnce(scalar, [sum], (at) => scalar.load(at), single),
    ];
  });
