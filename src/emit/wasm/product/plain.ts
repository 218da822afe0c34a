import type { Precision } from "../../../runtime/interface.ts";
import type { DefinedFunction } from "../assembler.ts";
import { get, increase, int, set, stepwise, when } from "../frame.ts";
import { scalarOperations } from "../scalar-operations.ts";
import { defineProduct } from "./operands.ts";

/** C[m,n] = (C[m,n] +) sum over k of A[m,k] B[k,n], one number after the other. */
export const plainProduct = (precision: Precision): DefinedFunction =>
  defineProduct((frame, { a, am, ak, b, bk, bn, c, cm, cn, m, n, k, add }) => {
    const { add: plus, mul, constant, load, store } = scalarOperations[precision];
    const [i, j, x] = [frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const [left, right, result] = [frame.local("i32"), frame.local("i32"), frame.local("i32")];
    const total = frame.local(precision);
    return stepwise(i, int.constant(0), m, 1, [
      stepwise(j, int.constant(0), n, 1, [
        set(left, int.add(get(a), int.mul(get(i), get(am)))),
        set(right, int.add(get(b), int.mul(get(j), get(bn)))),
        set(result, int.add(int.add(get(c), int.mul(get(i), get(cm))), int.mul(get(j), get(cn)))),
        set(total, constant(0)),
        when(get(add), set(total, load(get(result)))),
        stepwise(x, int.constant(0), k, 1, [
          set(total, plus(get(total), mul(load(get(left)), load(get(right))))),
          increase(left, get(ak)),
          increase(right, get(bk)),
        ]),
        store(get(result), get(total)),
      ]),
    ]);
  });
