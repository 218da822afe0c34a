import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Compiled } from "../../src/compile.ts";
import { targetNames } from "../../src/emit/targets.ts";
import type { State } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

const end = 2;

/** What is drawn is read back, or only drawn: a step of the latter needs no symbol, and may be told it. */
const models = {
  "read back": `model M {
  axis t in 1..T until y[t] == ${end}
  param E : R[3,3]
  y[0] = 0
  h[0] = 0
  h[t] = tanh(h[t-1] + E[y[t-1]])
  output h
  y[t] : symbol[3] ~ categorical(softmax(h[t]))
}`,
  "only drawn": `model M {
  axis t in 1..T until y[t] == ${end}
  param b : R[3]
  h[0] = 0
  h[t] = tanh(h[t-1] + b)
  output h
  y[t] : symbol[3] ~ categorical(softmax(h[t]))
}`,
};

const symbol = fc.nat(2);
const sequences = fc
  .record({ size: fc.integer({ min: 1, max: 3 }), length: fc.integer({ min: 1, max: 5 }) })
  .chain(({ size, length }) =>
    fc.array(fc.array(symbol, { minLength: length, maxLength: length }), { minLength: size, maxLength: size }),
  );
const runs = { numRuns: often(40) };

const saved = (state: State): State =>
  JSON.parse(
    JSON.stringify(state, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value)),
  );

const hasEnded = (sequence: ReadonlyArray<number>, before: number): boolean => sequence.slice(0, before).includes(end);

const stepping = (model: Compiled, streams: ReadonlyArray<ReadonlyArray<number>>): void => {
  const params = model.init(1);
  let state = model.start(
    params,
    streams.map(() => ({})),
  );
  let taken = 0;
  streams[0]!.forEach((_, t) => {
    const step = (from: State) => () => model.step(params, from, { y: streams.map((stream) => stream[t]!) });
    const first = streams.findIndex((stream) => hasEnded(stream, taken));
    if (first < 0) {
      const { output } = step(state)();
      assert.deepEqual(step(saved(state))().output, output);
      state = step(state)().state;
      taken += 1;
      return;
    }
    const where = streams.length === 1 ? "input.y" : `input.y[${first}]`;
    const refusal = {
      name: "RnncError",
      message: `${where}: expected nothing after the symbol ${end} of y, which ended axis t, found a further position`,
    };
    assert.throws(step(state), refusal);
    assert.throws(step(saved(state)), refusal);
  });
};

const chunks = (
  model: Compiled,
  examples: ReadonlyArray<readonly [one: ReadonlyArray<number>, other: ReadonlyArray<number>]>,
): void => {
  const params = model.init(1);
  const [before, after] = [0, 1].map((part) => model.pack(examples.map((example) => ({ y: example[part]! }))));
  const { state } = model.gradient(params, before!);
  const first = examples.findIndex(([one, other]) => one.includes(end) && other.length > 0);
  for (const from of [state, saved(state)]) {
    const goOn = [
      () => model.gradient(params, after!, from),
      () => model.trainer(params).step(after!, { rate: 0.1, state: from }),
    ];
    for (const call of goOn)
      if (first < 0) call();
      else
        assert.throws(call, {
          name: "RnncError",
          message: new RegExp(
            `^example ${first} of the batch: expected nothing after the symbol ${end} of y, which ended axis t, found `,
          ),
        });
  }
};

/** Symbols of which the end is the last, if it is there. */
const chunk = fc
  .array(symbol, { maxLength: 4 })
  .map((symbols) => (symbols.includes(end) ? symbols.slice(0, symbols.indexOf(end) + 1) : symbols));

for (const target of targetNames)
  for (const precision of ["f32", "f64"] as const)
    for (const [what, source] of Object.entries(models)) {
      const model = compiledProgram(source, { target, precision, optimiser: "sgd" });

      test(`no step is taken after the symbol that ended one of its streams: ${what} (${target}, ${precision})`, () => {
        fc.assert(
          fc.property(sequences, (streams) => stepping(model, streams)),
          runs,
        );
      });

      test(`no chunk goes on with an example that has ended: ${what} (${target}, ${precision})`, () => {
        fc.assert(
          fc.property(fc.array(fc.tuple(chunk, chunk), { minLength: 1, maxLength: 3 }), (examples) =>
            chunks(model, examples),
          ),
          runs,
        );
      });
    }

test("a stream whose step is not told what was drawn has no end", () => {
  const model = compiledProgram(models["only drawn"]);
  const params = model.init(1);
  const { state } = model.step(params, model.start(params), {});
  assert.ok(model.step(params, state, { y: end }).state.position === 2);
});
