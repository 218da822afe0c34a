import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import { call, get, increase, int, type Local, repeatWhile, set, stepwise, when } from "../frame.ts";
import type { Layout } from "../layout.ts";
import type { Library } from "../library.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { blockedFunction } from "./blocked.ts";
import { callProduct, defineProduct, sharedAs } from "./operands.ts";
import { rowAcrossFunction } from "./row-across.ts";
import { rowAlongFunction } from "./row-along.ts";
import { rowInOrderFunction } from "./row-in-order.ts";
import { rowOfPanelsFunction } from "./row-of-panels.ts";
import { tileRows } from "./tile.ts";

/**
 * C[m,n] = (C[m,n] +) sum over k of A[m,k] B[k,n], every operand a strided view. Many rows are taken in blocks; few, one
 * by one, along or across the right operand as its elements stand; few columns are the rows of the transposed product.
 */
export const productFunction = (precision: Precision, layout: Layout, library: Library): DefinedFunction =>
  defineProduct((frame, operands) => {
    const { a, am, ak, b, bk, bn, c, cm, cn, m, n, k, add, packed, ordered } = operands;
    const { bytes, constant, store } = scalarOperations[precision];
    const [i, place, row] = [frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const one = int.constant(bytes);
    // The library numbers a function before it is made.
    const itself = library.indexOf("product", () => productFunction(precision, layout, library));
    const isUnit = (stride: Local) => int.equal(get(stride), one);
    const across = library.indexOf("row across", () => rowAcrossFunction(precision));
    const along = library.indexOf("row along", () => rowAlongFunction(precision));
    const inOrder = library.indexOf("row along, in order", () => rowInOrderFunction(precision));
    const ofPanels = library.indexOf("row of panels", () => rowOfPanelsFunction(precision));
    const blocked = library.indexOf("blocked", () => blockedFunction(precision, layout, library));

    const clear = stepwise(i, int.constant(0), m, 1, [
      set(place, int.add(get(c), int.mul(get(i), get(cm)))),
      stepwise(row, int.constant(0), n, 1, [store(get(place), constant(0)), increase(place, get(cn))]),
    ]);
    const eachRow = (body: ReturnType<typeof call>) =>
      repeatWhile(get(m), [body, increase(a, get(am)), increase(c, get(cm)), increase(m, int.constant(-1))]);
    const rowsAcross = eachRow(call(across, get(a), get(ak), get(b), get(bk), get(c), get(n), get(k), get(add)));
    const rowsAlong = eachRow(call(along, get(a), get(b), get(bn), get(c), get(cn), get(n), get(k), get(add)));
    const rowsInOrder = eachRow(call(inOrder, get(a), get(b), get(bn), get(c), get(cn), get(n), get(k), get(add)));
    const room = int.constant(layout.tile);
    const rowsOfPanels = eachRow(
      call(ofPanels, get(a), get(ak), get(packed), get(c), get(cn), get(n), get(k), get(add), room),
    );
    const inBlocks = callProduct(blocked, operands);
    const transposed = callProduct(itself, {
      ...operands,
      ...{ a: b, am: bn, ak: bk, b: a, bk: ak, bn: am },
      ...{ cm: cn, cn: cm, m: n, n: m },
      packed: int.constant(0),
      shared: int.constant(sharedAs.none),
    });
    const isRowsAcross = int.and(isUnit(bn), isUnit(cn));
    const isRowsAlong = int.and(isUnit(bk), isUnit(ak));
    const isPacked = int.notEqual(get(packed), int.constant(0));
    const isFew = (extent: Local) => int.less(get(extent), int.constant(tileRows));
    return when(
      int.isZero(get(k)),
      when(int.isZero(get(add)), clear),
      when(
        int.and(isFew(m), int.or(int.or(isRowsAlong, isRowsAcross), isPacked)),
        when(
          isRowsAcross,
          rowsAcross,
          // Lanes of terms are sums of their own.
          when(int.and(int.isZero(get(ordered)), isRowsAlong), rowsAlong, when(isPacked, rowsOfPanels, rowsInOrder)),
        ),
        when(int.and(isFew(n), int.less(get(n), get(m))), transposed, inBlocks),
      ),
    );
  });
