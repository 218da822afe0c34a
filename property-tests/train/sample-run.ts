import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Values } from "../../src/runtime/interface.ts";
import type { Run } from "../../src/train/run.ts";
import { defaultSettings } from "../../src/train/settings.ts";

/** A run that could have been saved after so many steps: the same for the same numbers, and another for each other. */
export const sampleRun = (step: number, precision: "f32" | "f64" = "f32"): Run => {
  const generator = xoroshiro128plus(step);
  const random = (length: number): Values => {
    const numbers = Array.from({ length }, () => 2 * uniformFloat64(generator) - 1);
    return precision === "f32" ? Float32Array.from(numbers) : Float64Array.from(numbers);
  };
  return {
    recipe: {
      source: "model M {\n  axis t in 1..T\n}\n",
      file: "m.rnn",
      model: null,
      statics: { n: 4, f: "tanh" },
      precision,
      target: null,
      settings: defaultSettings,
      data: { files: ["données.txt"], kind: "text", streams: 4, window: 10, holdOut: 10 },
      vocabulary: null,
    },
    training: {
      step,
      params: { "h.W": random(16), "h.b": random(4), s: random(1) },
      memories: { "$memory.0.h.W": random(16), "$memory.0.h.b": random(4) },
      cursor: { epoch: 1, index: step, random: [1, -2, 3, step] },
      carried: {
        size: 2,
        position: 3,
        lengths: { T: Int32Array.of(3, 2) },
        values: { h: random(8) },
        context: { x: random(2) },
      },
      loss: uniformFloat64(generator),
      average: uniformFloat64(generator),
      norm: uniformFloat64(generator),
      norms: { "h.W": uniformFloat64(generator), s: Number.NaN },
      watch: {
        last: { step, heldOut: 0.5 },
        best: { step: step + 1, heldOut: 0.25, params: { "h.W": random(16), "h.b": random(4), s: random(1) } },
        vain: 1,
        vainHere: 1,
        plateaus: 0,
      },
    },
    shapes: { "h.W": [4, 4], "h.b": [4], s: [] },
  };
};
