import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import { compiled, outputsOf, paramsOf, sequence } from "../std/compiled.ts";
import { answerOf, parametersAsked, skip } from "./python.ts";

const source = (mask: string): string => `import LSTM from "std"
model M(n = 4) {
  axis t in 1..T
  input x[t] : R[3]
  ${mask}
  output h[t] = LSTM(n)(x[t]) when m[t]
  minimize sum[t](sumsq(h[t]) * t)
}
`;

interface Judged {
  readonly h: ReadonlyArray<number>;
  readonly loss: number;
  readonly gradient: Readonly<Record<string, ReadonlyArray<number>>>;
}

const units = [
  [1, 0, 1, 1],
  [0, 0, 1, 0],
  [1, 1, 1, 1],
  [0.8, 0.8, 0.8, 0.8],
  [0, 1, 0, 1],
];

const cases = {
  masking: { mask: "input m[t] : R", m: [0, 1, 0, 0, 1] },
  zoneout: { mask: "input m[t] : R[n]", m: units },
};

for (const [kind, { mask, m }] of Object.entries(cases))
  for (const target of ["js", "wasm"] as const)
    test(`PyTorch gives the same values, loss and gradients of an LSTM with ${kind} (${target})`, { skip }, () => {
      const model = compiled(source(mask), { target });
      const params = paramsOf(model.model, 11);
      const x = sequence(4, 5, 3);
      const expected = answerOf<Judged>("gates.py", { kind, x, m, ...parametersAsked(model, params) })!;
      mustAgree("h", outputsOf(model, params, { x, m }).h!, expected.h, 1e-12);
      const { loss, gradient } = model.gradient(params, model.pack([{ x, m }]));
      mustAgree("the loss", [loss], [expected.loss], 1e-12);
      for (const [path, values] of Object.entries(expected.gradient))
        mustAgree(`the gradient by ${path}`, gradient[path]!, values, 1e-11);
    });

test("zoneout: drawn for each unit in training, the mean when evaluating", () => {
  const noisy = compiled(source("noise m[t] : R[n] ~ bernoulli(0.75)"));
  const given = compiled(source("input m[t] : R[n]"));
  const params = paramsOf(noisy.model, 11);
  const x = sequence(4, 5, 3);
  const m = x.map(() => [0.75, 0.75, 0.75, 0.75]);
  mustAgree("h", outputsOf(noisy, params, { x }).h!, outputsOf(given, params, { x, m }).h!, 1e-14);
});
