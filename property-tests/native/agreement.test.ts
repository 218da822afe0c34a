import { test } from "node:test";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { Compiled } from "../../src/compile.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Batch, Params } from "../../src/runtime/interface.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { cases, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { ifNative } from "./here.ts";

/** Outputs, loss and gradient of the one are those of the other. */
const mustGiveTheSame = (
  [one, params, batch]: readonly [Compiled, Params, Batch],
  [other, otherParams, otherBatch]: readonly [Compiled, Params, Batch],
  tolerance: number,
): void => {
  const [found, expected] = [one.forward(params, batch), other.forward(otherParams, otherBatch)];
  for (const [name, { data }] of Object.entries(expected)) mustAgree(name, found[name]!.data, data, tolerance);
  if (!other.model.hasLoss) return;
  const [slope, known] = [one.gradient(params, batch), other.gradient(otherParams, otherBatch)];
  mustAgree("the loss", [slope.loss], [known.loss], tolerance);
  for (const [path, values] of Object.entries(known.gradient))
    mustAgree(`the gradient by ${path}`, slope.gradient[path]!, values, 10 * tolerance);
};

/** Of the others one in eight: this one has a function whose only stores are whole vectors, which GCC takes for none. */
const always = "saliency.rnn";

exampleNames.forEach((name, turn) => {
  if (name !== always && !someOf(exampleNames, 1, 8).includes(name)) return;
  test(
    `${name} in C gives what it gives in JavaScript: outputs, loss and gradient, in both precisions`,
    ifNative,
    () => {
      const expected = compiledExample(name, { target: "js" });
      const generator = xoroshiro128plus(turn);
      const examples = [1, 2, 3].map(() => randomExample(expected.model, generator, { least: 1, greatest: 5 }));
      const prepared = (model: Compiled) => [model, model.init(3), model.pack(examples)] as const;
      for (const [precision, tolerance] of [
        ["f64", 1e-11],
        ["f32", 2e-4],
      ] as const)
        mustGiveTheSame(
          prepared(compiledExample(name, { target: "native", precision })),
          prepared(expected),
          tolerance,
        );
    },
  );
});

test("a random program in C gives what it gives in JavaScript: values and gradient", ifNative, () => {
  fc.assert(
    fc.property(cases({ smooth: false }), (given) => {
      const [one, other] = (["native", "js"] as const).map((target) => {
        const { model, params, batch } = ready(given, { target });
        return [model, params, batch] as const;
      });
      mustGiveTheSame(one!, other!, 1e-11);
    }),
    runs(24),
  );
});
