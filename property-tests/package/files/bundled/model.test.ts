import { compile } from "rnnc";
import { lawsOf } from "rnnc/property";
import { expect, test } from "vitest";
import { init } from "../browser/model-js.js";

const result = compile(
  "model M {\n  axis t in 1..T\n  input x[t] : R[2]\n  param w\n  y[t] : R ~ normal(w^T x[t], 1)\n}\n",
  {
    precision: "f64",
  },
);
if (result._tag === "Left") throw new Error("the program does not compile");

for (const { name, check } of lawsOf(result.right)) test(name, () => check({ numRuns: 20 }));

test("a compiled module is imported", () => {
  expect(init(1).v).toBeInstanceOf(Float32Array);
});
