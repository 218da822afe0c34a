import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { mustAgree } from "../../src/property/law.ts";
import { compiled, outputsOf, paramsOf, sequence } from "../std/compiled.ts";

const python = "/usr/bin/python3";
const skip =
  spawnSync(python, ["-c", "import torch"]).status === 0 ? false : "PyTorch is not installed (Debian: python3-torch)";

const source = (mask: string): string => `import LSTM from "std"
model M(n = 4) {
  axis t in 1..T
  input x[t] : R[3]
  ${mask}
  output h[t] = LSTM(n)(x[t]) when m[t]
  minimize sum[t](sumsq(h[t]) * t)
}
`;

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
      const { status, stdout, stderr } = spawnSync(python, [fileURLToPath(new URL("gates.py", import.meta.url))], {
        input: JSON.stringify({
          kind,
          x,
          m,
          shapes: Object.fromEntries(model.model.params.map(({ path, shape }) => [path, shape])),
          params: Object.fromEntries(Object.entries(params).map(([path, values]) => [path, [...values]])),
        }),
        encoding: "utf8",
      });
      assert.equal(status, 0, stderr);
      const expected = JSON.parse(stdout);
      mustAgree("h", outputsOf(model, params, { x, m }).h!, expected.h, 1e-12);
      const { loss, gradient } = model.gradient(params, model.pack([{ x, m }]));
      mustAgree("the loss", [loss], [expected.loss], 1e-12);
      for (const [path, values] of Object.entries(expected.gradient))
        mustAgree(`the gradient by ${path}`, gradient[path]!, values as ReadonlyArray<number>, 1e-11);
    });

test("zoneout: drawn for each unit in training, the mean when evaluating", () => {
  const noisy = compiled(source("noise m[t] : R[n] ~ bernoulli(0.75)"));
  const given = compiled(source("input m[t] : R[n]"));
  const params = paramsOf(noisy.model, 11);
  const x = sequence(4, 5, 3);
  const m = x.map(() => [0.75, 0.75, 0.75, 0.75]);
  mustAgree("h", outputsOf(noisy, params, { x }).h!, outputsOf(given, params, { x, m }).h!, 1e-14);
});
