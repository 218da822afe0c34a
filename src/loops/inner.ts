import type { Loop, Product } from "./loops.ts";

/** What stands in a loop or in the branches of a condition, one level down. */
export const innerOf = (loop: Loop): ReadonlyArray<Loop> => {
  switch (loop.tag) {
    case "for":
      return loop.body;
    case "if":
      return [...loop.then, ...loop.else];
    case "let":
    case "letInteger":
    case "accumulator":
    case "accumulate":
    case "store":
    case "product":
      return [];
  }
};

/** All matrix products in a loop. */
export const productsIn = (loop: Loop): ReadonlyArray<Product> =>
  loop.tag === "product" ? [loop] : innerOf(loop).flatMap(productsIn);
