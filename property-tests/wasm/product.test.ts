import { test } from "node:test";
import fc from "fast-check";
import { productLaw } from "../emit/products.ts";
import { often } from "../often.ts";

for (const precision of ["f32", "f64"] as const) {
  test(`a product of strided operands in ${precision} is what its definition says, in its order of terms, and writes nothing else`, () => {
    fc.assert(productLaw("wasm", precision), { numRuns: often(150) });
  });
}
