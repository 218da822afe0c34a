import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { type Compiled, compile, report } from "rnnc";
import { taught, walked } from "./agent.ts";

const source = readFileSync(new URL("agent.rnn", import.meta.url), "utf8");

const agent = (target: "js" | "wasm"): Compiled => {
  const compiled = compile(source, { target, precision: "f32", optimiser: "adam" });
  if (E.isRight(compiled)) return compiled.right;
  return assert.fail(compiled.left.map(report(source, false)).join("\n"));
};

for (const target of ["js", "wasm"] as const)
  test(`an agent turns as it was told, and as if each episode were its only one (${target})`, () => {
    const model = agent(target);
    const params = taught(model);
    const episodes = walked(model, params, 5, 60);
    assert.ok(episodes.filter(({ isRight }) => isRight).length >= 57);
    for (const { seen, turn } of episodes) {
      const { data } = model.forward(params, model.pack([{ seen }])).p!;
      const [left, right] = data.slice(-2);
      assert.equal(turn, left! > right! ? 0 : 1);
    }
  });
