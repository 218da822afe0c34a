import fc from "fast-check";
import { compile } from "rnnc";
import { gradientAgreesWithDifferences, lawsOf, parameters } from "rnnc/property";

// What the package makes fits into the types of a fast-check that is required, too, and works with it.
const result = compile("model M {\n  param w : R\n  minimize w^2\n}\n", { precision: "f64" });
if (result._tag === "Left") throw new Error(String(result.left.length));
const model = result.right;
for (const law of lawsOf(model)) law.check({ numRuns: 2 });
fc.assert(gradientAgreesWithDifferences(model), { numRuns: 3 });
fc.assert(fc.property(parameters(model), ({ w }) => w!.length === 1));
console.log("held");
