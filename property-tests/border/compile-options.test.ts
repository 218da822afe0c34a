import assert from "node:assert/strict";
import { test } from "node:test";
import { isLeft } from "fp-ts/lib/Either.js";
import { type CompileOptions, compile } from "../../src/compile.ts";
import { pool } from "./misuses.ts";

const source =
  "model M(n = 2) {\n  param p : R[n]\n  input x : R[n]\n  minimize sum(p * x)\n  y ~ normal(sum(x), 1)\n}\n";

const right: Required<CompileOptions> = {
  file: "m.rnn",
  model: "M",
  statics: { n: 3 },
  precision: "f64",
  target: "js",
  loss: "sum",
  wrt: ["x"],
  freeze: ["*"],
  optimiser: "adam",
  memory: "states",
  exports: ["init"],
  names: true,
  threads: 2,
  without: ["packing"],
};

const messagesOf = (options: unknown): ReadonlyArray<string> => {
  const result = compile(source, options as CompileOptions);
  return isLeft(result) ? result.left.map(({ message, hint = "" }) => `${message} ${hint}`) : [];
};

test("every option is taken", () => {
  assert.deepEqual(messagesOf(right), []);
});

for (const name of Object.keys(right))
  test(`the option ${name} is refused by name, with what it is to be and what it is, where it cannot be used`, () => {
    // A list of no names, an object without statics, a text that names a file, and what is left out.
    const fitting: ReadonlyArray<unknown> = pool
      .filter(({ what, value }) => {
        if (value === undefined) return true;
        if (name === "names") return what === "true";
        if (name === "file") return typeof value === "string";
        if (["wrt", "freeze", "exports", "without"].includes(name)) return what === "[]";
        return name === "statics" && (what === "{}" || what === "an object without a prototype");
      })
      .map(({ value }) => value);
    for (const { what, value } of pool) {
      const messages = messagesOf({ ...right, [name]: value });
      if (fitting.includes(value)) assert.deepEqual(messages, [], what);
      else
        assert.ok(
          messages.length > 0 && messages.some((message) => /option|There is no|static|model|has no/i.test(message)),
          what,
        );
    }
  });

test("a static parameter is a finite number, also where it is written as a text", () => {
  for (const n of [Number.NaN, Number.POSITIVE_INFINITY, "Infinity", "-Infinity", "1e999"])
    assert.equal(messagesOf({ statics: { n } }).length > 0, true, String(n));
});

test("an option that does not exist is refused, and the nearest that does is named", () => {
  assert.deepEqual(messagesOf({ optimizer: "adam", percision: "f64", colour: 1 }), [
    "There is no option optimizer. Did you mean optimiser?",
    "There is no option percision. Did you mean precision?",
    `There is no option colour. The options are ${Object.keys(right).join(", ")}.`,
  ]);
  assert.deepEqual(messagesOf({ precision: "f16" }), ['The option precision is to be "f32" or "f64", but is "f16". ']);
});

test("options that are no object, a source that is no text and a loader that is no function are refused", () => {
  for (const { what, value } of pool) {
    if (value !== undefined && !(what.startsWith("a shape") || /^(\{\}|data|an object)/.test(what)))
      assert.match(messagesOf(value).join(), /^The options are to be an object, but are /, what);
    if (typeof value !== "string") assert.ok(isLeft(compile(value as string)), what);
    if (value !== undefined && typeof value !== "function")
      assert.ok(isLeft(compile(source, {}, value as never)), what);
  }
});
