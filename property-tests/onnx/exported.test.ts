import assert from "node:assert/strict";
import { test } from "node:test";
import { isThorough, someOf } from "../often.ts";
import { mustGiveTheSame } from "./agreement.ts";
import { skip } from "./runtime.ts";
import { batchesOf, paramsOf, subjects } from "./subjects.ts";

test("there are models to take elsewhere", () => {
  assert.ok(subjects.length > 80);
});

for (const { name, compiled } of someOf(subjects))
  test(`ONNX Runtime gives of ${name} what rnnc gives, to 1e-6`, { skip }, async () => {
    const model = compiled("f32");
    const params = paramsOf(model);
    for (const examples of batchesOf(model)) await mustGiveTheSame(model, params, examples, 1e-6);
  });

// Its recurrent operations know single precision alone, so that all recurrences are loops here.
for (const { name, compiled } of isThorough ? subjects : someOf(subjects, 1, 12))
  test(`in double precision it gives of ${name} the same to 1e-11`, { skip }, async () => {
    const model = compiled("f64");
    const params = paramsOf(model);
    for (const examples of batchesOf(model)) await mustGiveTheSame(model, params, examples, 1e-11);
  });
