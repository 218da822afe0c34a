import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import { agreesWithMeaning, ready } from "../programs/cases.ts";
import { compiledProgram } from "../property/programs.ts";

const source = `model M {
  axis t in 1..T
  input x[t]
  param w = 0.7
  minimize max[t](w + 0 * x[t])
}`;

test("positions that share the maximum share its gradient in equal parts", () => {
  const model = compiledProgram(source);
  const { gradient } = model.gradient({ w: Float64Array.of(0.7) }, model.pack([{ x: [1, 2, 3, 4, 5] }]));
  mustAgree("the gradient by w", gradient.w!, [1], 1e-12);
  agreesWithMeaning(ready({ source, least: 1, greatest: 4, examples: 2, seed: 3 }), 1e-12);
});
