import type { Product, View } from "../../schedule/loops.ts";
import type { Size } from "../../schedule/size.ts";
import type { Code } from "./code.ts";
import { call, define, get, increase, int, repeatWhile, set, when } from "./frame.ts";
import { scalarOperations } from "./operations.ts";
import { integerCode, type Scope } from "./scope.ts";
import { addressOf } from "./vector.ts";

/** A call of the product's kernel. */
export const productCall = (scope: Scope, { left, right, result, m, n, k, accumulate }: Product): Code => {
  const { library, precision, operations } = scope;
  const start = (view: View) => addressOf(scope, view.buffer, view.index);
  const bytes = (size: Size) => integerCode(scope, scope.hoist.size(size, operations.bytes));
  const count = (size: Size) => integerCode(scope, scope.hoist.size(size));
  const index = library.indexOf("product", () => plainProduct(scalarOperations[precision]));
  return call(
    index,
    start(left),
    bytes(m.left),
    bytes(k.left),
    start(right),
    bytes(k.right),
    bytes(n.right),
    start(result),
    bytes(m.result),
    bytes(n.result),
    count(m.extent),
    count(n.extent),
    count(k.extent),
    int.constant(accumulate ? 1 : 0),
  );
};

import type { Operations } from "./operations.ts";

const plainProduct = (ops: Operations) =>
  define({ params: Array.from({ length: 13 }, () => "i32" as const) }, (frame, ...p) => {
    const [a, am, ak, b, bk, bn, c, cm, cn, m, n, k, add] = p as any;
    const [i, j, l, x, y, z] = Array.from({ length: 6 }, () => frame.local("i32")) as any;
    const s = frame.local(ops.type);
    return [
      set(i, int.constant(0)),
      repeatWhile(int.less(get(i), get(m)), [
        set(j, int.constant(0)),
        repeatWhile(int.less(get(j), get(n)), [
          set(s, ops.constant(0)),
          set(l, int.constant(0)),
          set(x, int.add(get(a), int.mul(get(i), get(am)))),
          set(y, int.add(get(b), int.mul(get(j), get(bn)))),
          repeatWhile(int.less(get(l), get(k)), [
            set(s, ops.add(get(s), ops.mul(ops.load(get(x)), ops.load(get(y))))),
            increase(x, get(ak)),
            increase(y, get(bk)),
            increase(l, int.constant(1)),
          ]),
          set(z, int.add(get(c), int.add(int.mul(get(i), get(cm)), int.mul(get(j), get(cn))))),
          when(get(add), set(s, ops.add(get(s), ops.load(get(z))))),
          ops.store(get(z), get(s)),
          increase(j, int.constant(1)),
        ]),
        increase(i, int.constant(1)),
      ]),
    ];
  });
