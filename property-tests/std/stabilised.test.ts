import assert from "node:assert/strict";
import { test } from "node:test";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import { modelOf } from "./cells.ts";
import { compiled, paramsOf, sequence } from "./compiled.ts";

const x = sequence(3, 6, 2);

/** The values and the gradient of an mLSTM whose input gates are exponentials of about `level`. */
const at = (level: number, target: (typeof targetNames)[number], precision: "f32" | "f64") => {
  const model = compiled(modelOf("MLSTM"), { statics: { n: 3, k: 2 }, target, precision });
  const given = paramsOf(model.model, 4, { "h.bi": [level] });
  const params = precision === "f64" ? given : single(given);
  const batch = model.pack([{ x }]);
  return { h: model.forward(params, batch).h!.data, gradient: model.gradient(params, batch).gradient };
};

const single = (params: ReturnType<typeof paramsOf>) =>
  Object.fromEntries(Object.entries(params).map(([path, values]) => [path, Float32Array.from(values)]));

for (const target of targetNames)
  test(`input gates of an mLSTM beyond all numbers count as those that are just large, those below count as none: ${target}`, () => {
    for (const [precision, beyond, tolerance] of [
      ["f64", 2000, 1e-10],
      ["f32", 300, 1e-3],
    ] as const) {
      const [large, larger, none] = [60, beyond, -beyond].map((level) => at(level, target, precision));
      mustAgree("h", larger!.h, large!.h, tolerance);
      for (const [path, values] of Object.entries(larger!.gradient))
        mustAgree(path, values, large!.gradient[path]!, tolerance);
      assert.ok(none!.h.every((value) => value === 0));
      for (const [path, values] of Object.entries(none!.gradient)) assert.ok(values.every(Number.isFinite), path);
    }
  });
