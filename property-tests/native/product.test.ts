import { test } from "node:test";
import fc from "fast-check";
import { productLaw } from "../emit/products.ts";
import { often } from "../often.ts";
import { ifNative } from "./here.ts";

for (const precision of ["f32", "f64"] as const)
  test(
    `a product of strided operands in C in ${precision} is what its definition says, in its order of terms, and writes nothing else`,
    ifNative,
    () => {
      fc.assert(productLaw("native", precision), { numRuns: often(60) });
    },
  );
