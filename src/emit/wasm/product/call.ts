import type { Product, View } from "../../../schedule/loops.ts";
import type { Size } from "../../../schedule/size.ts";
import type { Code } from "../code.ts";
import { call, int } from "../frame.ts";
import { integerCode, type Scope } from "../scope.ts";
import { addressOf } from "../vector.ts";
import { productFunction } from "./dispatch.ts";

/** A call of the product's kernel. */
export const productCall = (scope: Scope, product: Product): Code => {
  const { library, precision, operations, layout } = scope;
  const { left, right, result, m, n, k, accumulate } = product;
  const start = (view: View) => addressOf(scope, view.buffer, view.index);
  const bytes = (size: Size) => integerCode(scope, scope.hoist.size(size, operations.bytes));
  const count = (size: Size) => integerCode(scope, scope.hoist.size(size));
  const name = "product";
  return call(
    library.indexOf(name, () => productFunction(precision, layout, library, name)),
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
    int.constant(0),
  );
};
