import { constantIndex, type Product, type View } from "../../../loops/loops.ts";
import type { Size } from "../../../loops/size.ts";
import type { Code } from "../code.ts";
import { call, get, int, set, when } from "../frame.ts";
import { integerCode, type Scope } from "../scope.ts";
import { addressOf } from "../vector.ts";
import { callProduct, sharedAs } from "./operands.ts";
import { panelsFunction } from "./panels.ts";
import { tileRows } from "./tile.ts";

/** A call of the product's kernel. */
export const productCall = (scope: Scope, product: Product): Code => {
  const { library, precision, layout, packed, sharing, choices } = scope;
  const { left, right, result, m, n, k, accumulate, inOrder } = product;
  const { start, bytes, count } = operandsIn(scope);
  const { first, step } = termsIn(scope, product);
  const place = scope.packing.held.has(product) ? heldPlace(scope, product) : packed.get(product);
  return callProduct(
    library.indexOf("product", () => choices.productFunction(precision, layout, library)),
    {
      ...{ a: first(left, k.left), am: bytes(m.left), ak: step(k.left) },
      ...{ b: first(right, k.right), bk: step(k.right), bn: bytes(n.right) },
      ...{ c: start(result), cm: bytes(m.result), cn: bytes(n.result) },
      ...{ m: count(m.extent), n: count(n.extent), k: count(k.extent) },
      add: int.constant(accumulate ? 1 : 0),
      packed: place ?? int.constant(0),
      shared: int.constant(sharedAs[sharing.get(product) ?? "none"]),
      ordered: int.constant(inOrder ? 1 : 0),
    },
  );
};

/**
 * Packs the right operand of a product, if there are columns enough; and rows, where a few may take the terms of their
 * sums in any order.
 */
export const packRight = (scope: Scope, product: Product): Code => {
  const { frame, library, precision, layout, packing, packed } = scope;
  const { right, m, n, k, inOrder } = product;
  const { start, bytes, count } = operandsIn(scope);
  const { first, step } = termsIn(scope, product);
  const place = frame.local("i32");
  packed.set(product, place);
  const stretch = layout.stretch(packing.stretchOf.get(product)!);
  const isMany = (size: Size) => int.greaterEqual(count(size), int.constant(tileRows));
  return [
    set(place, int.constant(0)),
    when(inOrder ? isMany(n.extent) : int.and(isMany(m.extent), isMany(n.extent)), [
      set(place, start({ buffer: stretch, index: constantIndex })),
      call(
        library.indexOf("panels", () => panelsFunction(precision)),
        first(right, k.right),
        step(k.right),
        bytes(n.right),
        count(n.extent),
        count(k.extent),
        get(place),
      ),
    ]),
  ];
};

/** Packs the right operand of a product that is held. */
export const holdRight = (scope: Scope, product: Product): Code => {
  const { right, n, k } = product;
  const { bytes, count } = operandsIn(scope);
  const { first, step } = termsIn(scope, product);
  return call(
    scope.library.indexOf("panels", () => panelsFunction(scope.precision)),
    ...[first(right, k.right), step(k.right), bytes(n.right)],
    ...[count(n.extent), count(k.extent), heldPlace(scope, product)],
  );
};

const heldPlace = (scope: Scope, product: Product): Code =>
  operandsIn(scope).start({
    buffer: scope.layout.stretch(scope.packing.stretchOf.get(product)!),
    index: constantIndex,
  });

/** Where the first term of a product's sums stands, and how far the next one is: those from the end go back. */
const termsIn = (scope: Scope, { k, fromEnd }: Product) => {
  const { start, bytes, count } = operandsIn(scope);
  const last = () => int.sub(count(k.extent), int.constant(1));
  return {
    first: (view: View, step: Size) => (fromEnd ? int.add(start(view), int.mul(last(), bytes(step))) : start(view)),
    step: (step: Size) => (fromEnd ? int.sub(int.constant(0), bytes(step)) : bytes(step)),
  };
};

const operandsIn = (scope: Scope) => ({
  start: (view: View) => addressOf(scope, view.buffer, view.index),
  bytes: (size: Size) => integerCode(scope, scope.hoist.size(size, scope.operations.bytes)),
  count: (size: Size) => integerCode(scope, scope.hoist.size(size)),
});
