import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { compile } from "../../src/compile.ts";
import { classNameOf, pytorchText } from "../../src/export/pytorch/module.ts";
import { attributes } from "../../src/export/pytorch/parameters.ts";
import { commentText, pythonString } from "../../src/export/pytorch/text.ts";
import { isThorough } from "../often.ts";
import { caseOf, errorsOf } from "./exported.ts";
import { answerOf, skip } from "./python.ts";

/** Words of Python, of PyTorch, of the printed text, and names that are none of any. */
const words = [
  ...["None", "lambda", "def", "class", "self", "torch", "nn", "F", "range", "len", "dtype", "device", "B", "full"],
  ...[
    "number",
    "state",
    "batch",
    "inputs",
    "outputs",
    "loss",
    "T_max",
    "size",
    "position",
    "__class__",
    "_",
    "__init__",
  ],
  ...[
    "forward",
    "train",
    "type",
    "float",
    "parameters",
    "h_before",
    "h_t",
    "y_given",
    "pick",
    "product",
    "α",
    "α'",
    "x'",
  ],
  ...["é", "名", "ſ", "K", "x̂", "data", "requires_grad", "T_destination", "generate", "math", "super", "print"],
];

/** A comment can say anything; none of it may be more than a comment. */
const remarks = [
  '"""',
  "'''; import os",
  "\\",
  "\\n raise SystemExit",
  "\u2028raise SystemExit",
  "\u202e",
  "\u0000",
  "\f",
  "\u0085",
];

const hostile = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...words), { minLength: 10, maxLength: 10 }), fc.constantFrom(...remarks))
  .map(
    ([[model, t, length, x, h, w, u, y, o, cell], remark]) => `
cell ${cell}(n)(v[t]) -> s[t] {
  param ${w}, ${u}
  s[t] : R[n] = tanh(${w} s[t-1] + ${u} v[t]) // ${remark}
  s[0] = 0
}
model ${model}(n = 2) {
  axis ${t} in 1..${length}
  input ${x}[${t}] : R[2] // ${remark}
  param ${w}
  ${h}[${t}] = ${cell}(n)(${x}[${t}]) // ${remark}
  output ${o}[${t}] = ${w} ${h}[${t}] // ${remark}
  ${y}[${t}] : symbol[3] ~ categorical(softmax(${o}[${t}]))
}`,
  );

const compiledOr = (source: string) => E.getOrElseW(() => undefined)(compile(source, { precision: "f64" }));

const programs = fc.sample(hostile, { numRuns: isThorough ? 200 : 20, seed: 5 }).flatMap((source, i) => {
  const model = compiledOr(source);
  return model === undefined ? [] : [caseOf(`program ${i}\n${source}`, model, i, 0, source)];
});

test("whatever a program calls what is in it, it means the same as PyTorch", { skip }, () => {
  assert.ok(programs.length > 10, `${programs.length} programs`);
  for (const { name, failure, outputs, loss, gradient, steps } of errorsOf(programs)!) {
    assert.equal(failure, undefined, `${name}\n${failure}`);
    assert.ok(Math.max(outputs, loss, gradient, steps) < 1e-10, name);
  }
});

test("what stands in the module is the same whatever a comment of the program says", () => {
  const [plain, ...others] = ["", ...remarks].map((remark) => {
    const source = `model M {\n  param w = 1 // ${remark}\n  output a = w + 1 // ${remark}\n  minimize a^2\n}`;
    const model = compiledOr(source)!.elaborated;
    return pytorchText(model, { loss: "mean", sourceOf: () => source });
  });
  for (const other of others) assert.equal(other, plain);
});

const signs = fc.oneof(
  fc.constantFrom('"', "\\", "\n", "\r", "\u2028", "\u0000", "'", "a"),
  fc.string({ unit: "binary", maxLength: 1 }),
);

test("a comment is one line, and a string ends where it ends", () => {
  fc.assert(
    fc.property(fc.string({ unit: signs }), (text) => {
      assert.match(commentText(text), /^[\p{L}\p{N}\p{P}\p{S} ]*$/u);
      assert.match(pythonString(text), /^"([ !#-[\]-~]|\\["\\]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/);
    }),
  );
});

test("no parameter takes the name of what a module has itself", { skip }, () => {
  const has = answerOf<ReadonlyArray<string>>("attributes.py", null)!;
  assert.ok(has.length > 40);
  const model = compiledOr("model M { param w = 1\n minimize w^2 }")!.elaborated;
  assert.equal(classNameOf(model.name), "M");
  for (const name of has) assert.ok(name.startsWith("_") || attributes.includes(name), name);
});
