import assert from "node:assert/strict";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { scheduleWithout } from "../../src/schedule/optimisations.ts";
import { passAxis } from "../../src/schedule/recompute/phases.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { someOf } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { givesBitsOfKeepingAll } from "./bits-laws.ts";

givesBitsOfKeepingAll("computing again segment by segment", (seed) => `every:${1 + (seed % 5)}`, 8);

const bothWays = (cell: string): string => `import ${cell} from "std"
model M(n = 40, k = 5) {
  axis t in 1..T
  input x[t] : R[k]
  param v
  f[t] = ${cell}(n)(x[t])
  b[t] = backward ${cell}(n)(x[t])
  minimize sum[t](v^T (f[t] * b[t]))
}`;

for (const cell of ["RNN", "GRU", "LSTM"])
  test(`a gradient keeps of long sequences the data and a state for each segment, in both directions: ${cell}`, () => {
    const bytes = (memory: "full" | "every:100", T: number) =>
      compiledProgram(bothWays(cell), { memory }).bytes("gradient", { batch: 3, lengths: { T } });
    assert.ok(bytes("every:100", 10_000) < 0.1 * bytes("full", 10_000));
    // Each position more takes its data, a number or two, and a hundredth of a state for each direction.
    const states = (cell === "LSTM" ? 2 : 1) * 2 * 40;
    const growth = (bytes("every:100", 20_000) - bytes("every:100", 10_000)) / (10_000 * 3 * 8);
    assert.ok(growth <= 5 + 2 + states / 100, `${growth} numbers a position`);
  });

test("the recurrences of every example are taken in segments", () => {
  for (const name of someOf(exampleNames)) {
    const { circuits: made } = compiledExample(name);
    const circuit = made.gradient ?? made.forward;
    const { segments } = schedule(circuit, scheduleWithout(new Set(), "every:3"));
    assert.equal(segments !== undefined, passAxis(circuit) !== undefined, name);
  }
});

test("where two axes are equally long, states are kept: their loops look alike", () => {
  const source = `model M(n = 3) {
    axis t in 1..T
    axis s in 1..T
    input x[t] : R[n]
    param W, U, V : R[n,n]
    h[0] = 0
    h[t] : R[n] = tanh(W h[t-1] + U x[t])
    c[t] = sum[s](sigmoid(h[t]^T V x[s]) * x[s])
    q[0] = 0
    q[t] : R[n] = tanh(W q[t-1] + U c[t])
    minimize sum[t](sumsq(q[t]))
  }`;
  const [states, every] = (["states", "every:2"] as const).map((memory) => compiledProgram(source, { memory }));
  const sizes = { batch: 2, lengths: { T: 30 } };
  assert.equal(every!.bytes("gradient", sizes), states!.bytes("gradient", sizes));
  const generator = xoroshiro128plus(3);
  const examples = [1, 2].map(() => randomExample(states!.model, generator, { least: 1, greatest: 7 }));
  const [expected, found] = [states!, every!].map((model) => model.gradient(model.init(3), model.pack(examples)));
  assert.deepEqual(found, expected);
});

const engines = [
  { target: "js", precision: "f64" },
  { target: "js", precision: "f32" },
  { target: "wasm", precision: "f32" },
] as const;

engines.forEach((options, turn) => {
  test(`examples in segments give the loss and the gradient of keeping all, bit for bit, ${options.target} ${options.precision}`, () => {
    for (const name of someOf(exampleNames, turn)) {
      const [full, every] = (["full", "every:2"] as const).map((memory) =>
        compiledExample(name, { ...options, memory }),
      );
      if (!full!.model.hasLoss) continue;
      const generator = xoroshiro128plus(7);
      const examples = [1, 2, 3].map(() => randomExample(full!.model, generator, { least: 1, greatest: 7 }));
      const [expected, found] = [full!, every!].map((model) => model.gradient(model.init(3), model.pack(examples)));
      assert.deepEqual(found, expected, name);
    }
  });
});
