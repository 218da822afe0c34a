import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Loshchilov and Hutter 2019, algorithm 2, with the rate as its schedule's factor: one number, gradient by gradient. */
const written = (
  start: number,
  gradientAt: (x: number) => number,
  steps: number,
  { rate, beta1, beta2, epsilon, weightDecay }: Readonly<Record<string, number>>,
): number => {
  let [x, m, v] = [start, 0, 0];
  for (let t = 1; t <= steps; t++) {
    const g = gradientAt(x);
    m = beta1! * m + (1 - beta1!) * g;
    v = beta2! * v + (1 - beta2!) * g * g;
    const adam = m / (1 - beta1! ** t) / (Math.sqrt(v / (1 - beta2! ** t)) + epsilon!);
    x = x - rate! * adam - rate! * weightDecay! * x;
  }
  return x;
};

for (const target of targetNames)
  test(`steps of AdamW are those of its paper: the weights shrink by the rate times the decay (${target})`, () => {
    const model = compiledProgram("model M {\n  param w = 0\n  input a\n  minimize 0.5 * (w - a)^2\n}", {
      optimiser: "adamw",
      target,
    });
    const settings = fc.record({
      rate: real(1e-3, 0.5),
      beta1: real(0.5, 0.95),
      beta2: real(0.9, 0.999),
      epsilon: fc.constant(1e-8),
      weightDecay: real(0, 0.9),
    });
    fc.assert(
      fc.property(settings, real(-3, 3), real(-3, 3), fc.integer({ min: 1, max: 5 }), (given, w, a, steps) => {
        const { rate, ...constants } = given;
        const training = model.trainer({ w: Float64Array.of(w) }, constants);
        for (let i = 0; i < steps; i++) training.step(model.pack([{ a }]), { rate, clip: 1e9 });
        mustAgree("w", training.params().w!, [written(w, (x) => x - a, steps, given)], 1e-10);
      }),
      { numRuns: 30 },
    );
  });
