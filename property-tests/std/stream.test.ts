import assert from "node:assert/strict";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Nested } from "../../src/runtime/interface.ts";
import { applications, modelOf, sizesOf } from "./cells.ts";
import { compiled, paramsOf } from "./compiled.ts";

/** Standard cells over `x[t]` alone, but for those that look ahead: the convolution's application sees one position on. */
const cells = Object.entries(applications).flatMap(([cell, { declarations }]) =>
  declarations === undefined && !cell.startsWith("Bi") && cell !== "Convolution" ? [cell] : [],
);

cells.forEach((cell, i) => {
  const target = targetNames[i % targetNames.length]!;
  test(`step by step ${cell} gives what it gives over the whole sequence (${target})`, () => {
    const model = compiled(modelOf(cell), { statics: sizesOf(cell, { n: 3, k: 2 }), target });
    const params = paramsOf(model.model, i);
    const example = randomExample(model.model, xoroshiro128plus(i + 1), { least: 5, greatest: 5 });
    let state = model.start(params);
    const found = (example.x as ReadonlyArray<Nested>).map((x) => {
      const { state: after, output } = model.step(params, state, { x });
      state = after;
      return [...output.h!];
    });
    mustAgree("h", found.flat(), model.forward(params, model.pack([example])).h!.data, 1e-12);
  });
});

test("the matrices and families of vectors that a cell remembers are its state", () => {
  const sizes = (cell: string): ReadonlyArray<number> => {
    const model = compiled(modelOf(cell), { statics: { n: 3, k: 2 } });
    return Object.values(model.start(paramsOf(model.model, 1)).values).map(({ length }) => length);
  };
  assert.deepEqual(sizes("DeltaNet"), [6]);
  assert.deepEqual(sizes("GatedLinearAttention"), [6]);
  assert.deepEqual(sizes("SelectiveScan"), [6]);
  assert.deepEqual([...sizes("MLSTM")].sort(), [1, 3, 9]);
});
