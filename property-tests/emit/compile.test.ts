import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeft, isRight } from "fp-ts/lib/Either.js";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";

/** `y[t] ~ categorical(softmax(W x[t]))` over 2 classes. */
const source = `model Softmax(k = 2) {
  axis t in 1..T
  input x[t] : R[k]
  param W : R[2,k]
  y[t] ~ categorical(softmax(W x[t]))
}`;
const compiled = (options: CompileOptions = {}): Compiled => {
  const result = compile(source, { precision: "f64", ...options });
  if (isLeft(result)) assert.fail(JSON.stringify(result.left));
  return result.right;
};
const unit = { W: Float64Array.of(1, 0, 0, 1) };
const examples = [
  { x: [[1, 0], [0, 3]], y: [0, 0] }, // biome-ignore format: a table
  { x: [[2, 0]], y: [1] },
];
const softplus = (x: number) => Math.log1p(Math.exp(x));
const total = softplus(-1) + softplus(3) + softplus(2);
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-12, `${a} is not ${b}`);

test("the loss of a batch is the mean or the sum over its examples, or the mean over observed values", () => {
  for (const [loss, expected] of [
    ["mean", total / 2],
    ["sum", total],
    ["perObservation", total / 3],
  ] as const) {
    // biome-ignore format: a table
    const model = compiled({ loss });
    near(model.loss(unit, model.pack(examples)), expected);
    near(model.gradient(unit, model.pack(examples)).loss, expected);
  }
});

test("logits of any size give a finite loss and gradient", () => {
  const model = compiled();
  for (const size of [1e3, 1e6]) {
    const found = model.gradient(unit, model.pack([{ x: [[size, -size], [-size, size]], y: [1, 1] }])); // biome-ignore format: a table
    near(found.loss / size, 2);
    for (const value of found.gradient.W!) assert.ok(Number.isFinite(value));
  }
});

test("with wrt, the gradient covers the inputs asked for", () => {
  const model = compiled({ wrt: ["x"] });
  const { gradient } = model.gradient(unit, model.pack([{ x: [[1, 0]], y: [0] }]));
  near(gradient.x![0]!, -1 / (1 + Math.E));
  assert.equal("x" in compiled().gradient(unit, compiled().pack(examples)).gradient, false);
});

const wrongOptions: ReadonlyArray<readonly [string, unknown, RegExp]> = [
  ["a precision that does not exist", { precision: "f16" }, /option precision/],
  ["static parameters that are no record", { statics: 3 }, /option statics/],
  ["a gradient by an input that does not exist", { wrt: ["z"] }, /no input z/],
];
for (const [law, options, message] of wrongOptions)
  test(`the compiler refuses ${law} with a diagnostic`, () => {
    const result = compile(source, options as CompileOptions);
    assert.ok(isLeft(result));
    assert.match(result.left[0].message, message);
  });

test("only what is given can be imported besides the standard library", () => {
  const importing = `import f from "./other.rnn"\nmodel M { input x\n output y = f(x) }`;
  assert.ok(isLeft(compile(importing)));
});

test("static parameters size the model", () => {
  assert.deepEqual(compiled({ statics: { k: 5 } }).model.params[0]!.shape, [2, 5]);
});

test("single precision is the default", () => {
  const result = compile(source);
  assert.ok(isRight(result) && result.right.init(0).W instanceof Float32Array);
});

for (const [axis, length] of [
  ["batch", "position"],
  ["position", "batch"],
  ["constructor", "__proto__"],
])
  test(`axis ${axis} in 1..${length} is an axis like any other`, () => {
    const result = compile(`model M {
      axis ${axis} in 1..${length}
      input resume[${axis}], state[${axis}]
      h[0] = 0
      output h[${axis}] = h[${axis}-1] + resume[${axis}] * state[${axis}]
      minimize sum[${axis}](h[${axis}])
    }`);
    if (isLeft(result)) assert.fail(JSON.stringify(result.left));
    const model = result.right;
    const batch = model.pack([
      { resume: [1, 2, 3], state: [1, 1, 1] },
      { resume: [5], state: [2] },
    ]);
    assert.deepEqual([...model.forward({}, batch).h!.data], [1, 10, 3, 0, 6, 0]);
    assert.equal(model.gradient({}, batch).loss, 10);
  });
