import type { Product, View } from "../../loops/loops.ts";
import type { Size } from "../../loops/size.ts";
import { integerText, placeText, type Scope } from "./scope.ts";

/** A matrix product: a call of `kernels/product.h`. */
export const productText = (scope: Scope, product: Product): ReadonlyArray<string> => {
  scope.called.products = true;
  const { result, m, n, k, accumulate, inOrder } = product;
  const { left, right, size } = operandsOf(scope, product);
  const stretch = scope.packing.stretchOf.get(product);
  return [
    "{",
    `const rn_p p = {${[
      ...[size(m.left), left.step, right.step, size(n.right), size(m.result), size(n.result)],
      ...[size(m.extent), size(n.extent), size(k.extent), accumulate ? "1" : "0", inOrder ? "1" : "0"],
    ].join(", ")}};`,
    `rn_product(${[left.first, right.first, placeText(scope, result.buffer, result.index)].join(", ")}, &p, ${stretch === undefined ? "NULL" : keptText(scope, stretch)}, ${keptText(scope, scope.room)});`,
    "}",
  ];
};

/** Packs the right operand of a product before the loops that take it again and again. */
export const packText = (scope: Scope, product: Product): ReadonlyArray<string> => {
  scope.called.products = true;
  const { n, k } = product;
  const { right, size } = operandsOf(scope, product);
  const place = keptText(scope, scope.packing.stretchOf.get(product)!);
  return [`rn_pack(${[place, right.first, right.step, ...[n.right, n.extent, k.extent].map(size)].join(", ")});`];
};

/** Stretches follow the buffers. */
const keptText = ({ buffers }: Scope, stretch: number): string => `M + o[${buffers + stretch}]`;

/** Where the first term of a product's sums stands in each operand, and how far the next one is. */
const operandsOf = (scope: Scope, { left, right, k, fromEnd }: Product) => {
  const size = (s: Size): string => integerText(scope.hoist.size(s));
  const operand = ({ buffer, index }: View, step: string) => {
    const place = placeText(scope, buffer, index);
    return {
      first: fromEnd ? `${place} + (${size(k.extent)} - 1) * ${step}` : place,
      step: fromEnd ? `-${step}` : step,
    };
  };
  return { left: operand(left, size(k.left)), right: operand(right, size(k.right)), size };
};
