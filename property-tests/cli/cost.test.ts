import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { type Cost, costOf } from "../../src/cli/cost.ts";
import { type Compiled, type CompileOptions, compile } from "../../src/compile.ts";
import { fileWith, rnnc } from "./run-rnnc.ts";

const compiled = (source: string, options: CompileOptions): Compiled => {
  const made = compile(source, options);
  assert.ok(E.isRight(made), JSON.stringify(made));
  return made.right;
};

const costs = (model: Compiled, batch: number, length: Readonly<Record<string, number>> = {}): ReadonlyArray<Cost> => {
  const costed = costOf(model, { batch, length });
  assert.ok(E.isRight(costed), JSON.stringify(costed));
  return costed.right.programs;
};

const size = fc.integer({ min: 1, max: 9 });

const product = "model M(m, k, n) {\n  input X : R[k,n]\n  param W : R[m,k]\n  output Y = W @ X\n}\n";
const recurrence = `model M(n = 5, k = 3) {
  axis t in 1..T
  input x[t] : R[k]
  input w : R[n]
  param W, U
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t])
  output h
  minimize sum[t](sumsq(h[t] - w))
}
`;

test("a product of m x k by k x n takes 2mkn flops for each example", () => {
  fc.assert(
    fc.property(size, size, size, size, (m, k, n, batch) => {
      const [forward] = costs(compiled(product, { statics: { m, k, n } }), batch);
      assert.deepEqual([forward!.program, forward!.flops.value], ["forward", 2 * m * k * n * batch]);
    }),
    { numRuns: 30 },
  );
});

test("flops, functions and bytes grow evenly with the examples and with the length", () => {
  const model = compiled(recurrence, { target: "js" });
  const counts = (batch: number, T: number): ReadonlyArray<number> =>
    costs(model, batch, { T }).flatMap(({ flops, functions }) => [flops.value, functions.value]);
  fc.assert(
    fc.property(size, size, size, (batch, T, more) => {
      const steps = (a: ReadonlyArray<number>, b: ReadonlyArray<number>) => a.map((value, i) => b[i]! - value);
      // What a size adds does not depend on how great it was.
      assert.deepEqual(
        steps(counts(batch, T), counts(batch, T + more)),
        steps(counts(batch, T + 7), counts(batch, T + 7 + more)),
      );
      assert.deepEqual(
        steps(counts(batch, T), counts(batch + more, T)),
        steps(counts(batch + 7, T), counts(batch + 7 + more, T)),
      );
    }),
    { numRuns: 8 },
  );
});

test("a gradient takes the flops of the evaluation and more, and a model without a loss has none", () => {
  const [forward, gradient] = costs(compiled(recurrence, {}), 4, { T: 6 });
  assert.ok(gradient!.flops.value > 2 * forward!.flops.value);
  assert.equal(costs(compiled(product, { statics: { m: 2, k: 2, n: 2 } }), 1).length, 1);
});

/** The lengths of the arrays of numbers that are made meanwhile. */
const lengthsMade = (use: () => void): ReadonlyArray<number> => {
  const plain = globalThis.Float32Array;
  const lengths: number[] = [];
  globalThis.Float32Array = new Proxy(plain, {
    construct: (target, given, newTarget) => {
      const made = Reflect.construct(target, given, newTarget) as Float32Array;
      lengths.push(made.length);
      return made;
    },
  });
  try {
    use();
  } finally {
    globalThis.Float32Array = plain;
  }
  return lengths;
};

for (const target of ["js", "wasm"] as const)
  test(`the bytes are those that a module allocates for a batch of these sizes (${target})`, () => {
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 6 }), (batch, T, n) => {
        const model = compiled(recurrence, { target, statics: { n } });
        const example = { x: Array.from({ length: T }, () => [1, 2, 3]), w: Array.from({ length: n }, () => 1) };
        for (const { program, bytes } of costs(model, batch, { T })) {
          const fresh = compiled(recurrence, { target, statics: { n } });
          const params = fresh.init(1);
          const given = fresh.pack(Array.from({ length: batch }, () => example));
          const made = lengthsMade(() => void (program === "forward" ? fresh.forward : fresh.gradient)(params, given));
          assert.ok(made.includes(bytes.value / 4), `${program}: ${bytes.value / 4} among ${made}`);
        }
      }),
      { numRuns: 4 },
    );
  });

test("check tells the cost at the sizes asked for, by default of one sequence of 100, and as formulas", async () => {
  const file = fileWith("m.rnn", recurrence);
  const lines = (out: string) => out.split("\n").map((line) => line.trim().split(/ {2,}/));
  const model = compiled(recurrence, {});
  for (const [words, batch, T] of [
    [[], 1, 100],
    [["--batch", "4", "--length", "T=9"], 4, 9],
  ] as const) {
    const { code, out } = await rnnc("check", file, ...words);
    assert.equal(code, 0);
    assert.ok(out.includes(`  cost at B = ${batch}, T = ${T}:\n`), out);
    for (const { program, flops, functions, bytes } of costs(model, batch, { T })) {
      const row = [program, ...[flops, functions, bytes].map(({ value }) => `${value}`)];
      assert.ok(
        lines(out).some((cells) => JSON.stringify(cells) === JSON.stringify(row)),
        out,
      );
      assert.ok(out.includes(`${program}: ${flops.formula} flops, ${functions.formula} function values, `), out);
    }
    const answer = JSON.parse((await rnnc("check", file, ...words, "--json")).out);
    assert.deepEqual(answer.cost, {
      sizes: { called: "B", batch, lengths: { T } },
      programs: costs(model, batch, { T }),
    });
  }
});

test("a length that the model does not have is refused with those that it has", async () => {
  const { code, err } = await rnnc("check", fileWith("m.rnn", recurrence), "--length", "N=3");
  assert.equal(code, 2);
  assert.match(err, /--length N: M has no such length \(it has T\)/);
});

test("where a model has a length B, the batch has another name", async () => {
  const { code, out } = await rnnc("check", fileWith("m.rnn", recurrence.replace("1..T", "1..B")), "--batch", "4");
  assert.equal(code, 0);
  assert.match(out, /cost at batch = 4, B = 100:/);
  assert.match(out, /forward: \d+·batch·B/);
});
