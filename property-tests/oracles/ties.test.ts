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

test("where both sides of a maximum or a minimum are equal, each gets half of its gradient", () => {
  for (const fn of ["max", "min"]) {
    const model = compiledProgram(`model M {\n  param a, b : R[2] = 1\n  minimize sum(${fn}(2 * a, 3 * b))\n}`);
    const { gradient } = model.gradient({ a: Float64Array.of(3, 3), b: Float64Array.of(2, 1) }, model.pack([{}]));
    const isMaximum = fn === "max";
    mustAgree("the gradient by a", gradient.a!, [1, isMaximum ? 2 : 0], 1e-12);
    mustAgree("the gradient by b", gradient.b!, [1.5, isMaximum ? 0 : 3], 1e-12);
  }
});

test("components that share the maximum share its gradient in equal parts", () => {
  const model = compiledProgram("model M {\n  param a : R[4] = 1\n  minimize 6 * max(a)\n}");
  const { gradient } = model.gradient({ a: Float64Array.of(2, 1, 2, 2) }, model.pack([{}]));
  mustAgree("the gradient by a", gradient.a!, [2, 0, 2, 2], 1e-12);
});
