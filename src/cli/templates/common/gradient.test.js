import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { compile } from "rnnc";
import { lawsOf } from "rnnc/property";

// In double precision, and small: what is right at these sizes is right at all.
/** @type {Record<string, number>} */
const statics = {};
const compiled = compile(readFileSync("model.rnn", "utf8"), { precision: "f64", statics });
assert.ok(compiled._tag === "Right", JSON.stringify(compiled));

// The gradient agrees with differences; padding, neighbours and order in a batch do not matter; and so on.
for (const { name, check } of lawsOf(compiled.right)) test(name, () => check({ numRuns: 20 }));
