import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { examples, parameters } from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

const program = (statements: string, imports = "LSTM, GRU, RNN") => `import ${imports} from "std"
model M(n = 3) {
  axis t in 1..T
  input x[t] : R[2]
${statements}
}`;
const runs = { numRuns: 20 };
const lengths = { least: 1, greatest: 6 };
const sequence = ({ x }: Example): ReadonlyArray<ReadonlyArray<number>> => x as ReadonlyArray<ReadonlyArray<number>>;

for (const cell of ["RNN", "GRU", "LSTM"])
  test(`reversing time swaps ${cell} and backward ${cell}: values and gradient`, () => {
    const loss = "minimize sum[t](sum(h[t]))";
    const [there, back] = ["", "backward "].map((way) =>
      compiledProgram(program(`  output h[t] = ${way}${cell}(n)(x[t])\n  ${loss}`, cell)),
    );
    fc.assert(
      fc.property(parameters(there!), examples(there!.model, lengths), (params, example) => {
        const reversed = there!.pack([{ x: [...sequence(example)].reverse() }]);
        const given = back!.pack([example]);
        const rows = (data: ArrayLike<number>) =>
          Array.from({ length: data.length / 3 }, (_, t) => Array.from(data).slice(3 * t, 3 * t + 3));
        const found = rows(back!.forward(params, given).h!.data);
        mustAgree("h", found.reverse().flat(), rows(there!.forward(params, reversed).h!.data).flat(), 1e-12);
        const [one, other] = [back!.gradient(params, given).gradient, there!.gradient(params, reversed).gradient];
        for (const [path, values] of Object.entries(other)) mustAgree(path, one[path]!, values, 1e-12);
      }),
      runs,
    );
  });

test("what looks back has a gradient of exactly zero by what comes later", () => {
  const model = compiledProgram(
    program("  h[t] = LSTM(n)(x[t])\n  minimize sum(h[2]) + sum[t](if t == 3 then sum(h[t]) else 0)"),
    { wrt: ["x"] },
  );
  fc.assert(
    fc.property(parameters(model), examples(model.model, { least: 3, greatest: 7 }), (params, example) => {
      const { x } = model.gradient(params, model.pack([example])).gradient;
      assert.ok(x!.slice(6).every((slope) => slope === 0));
      assert.ok(x!.slice(0, 6).some((slope) => slope !== 0));
    }),
    runs,
  );
});

test("truncated back-propagation is back-propagation cut by `stop`", () => {
  const cell = (state: string) => `  param W, U
  s[0] = 0
  s[t] : R[n] = tanh(W ${state} + U x[t])
  minimize sum[t](sumsq(s[t]))`;
  const whole = compiledProgram(program(cell("s[t-1]")), { loss: "sum" });
  const cut = compiledProgram(program(cell("(if t == 4 then stop(s[t-1]) else s[t-1])")), { loss: "sum" });
  fc.assert(
    fc.property(parameters(whole), examples(whole.model, { least: 4, greatest: 7 }), (params, example) => {
      const first = whole.gradient(params, whole.pack([{ x: sequence(example).slice(0, 3) }]));
      const second = whole.gradient(params, whole.pack([{ x: sequence(example).slice(3) }]), first.state);
      const expected = cut.gradient(params, cut.pack([example]));
      mustAgree("the loss", [first.loss + second.loss], [expected.loss], 1e-11);
      for (const [path, values] of Object.entries(expected.gradient))
        mustAgree(
          path,
          first.gradient[path]!.map((value, i) => value + second.gradient[path]![i]!),
          values,
          1e-11,
        );
    }),
    runs,
  );
});
