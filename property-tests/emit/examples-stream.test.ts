import assert from "node:assert/strict";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { CompiledModel, Example, Nested, Output, VariableInfo } from "../../src/runtime/interface.ts";
import { someOf } from "../often.ts";
import { compiledExample, exampleNames } from "./examples.ts";

const streamable = exampleNames
  .map((name) => ({ name, model: compiledExample(name, { loss: "sum" }) }))
  .filter(({ model }) => model.model.streamable !== null);

test("the models that only look back can be stepped", () => {
  const names = streamable.map(({ name }) => name);
  for (const name of ["char-lm.rnn", "elman.rnn", "attention-seq2seq.rnn"]) assert.ok(names.includes(name), name);
  for (const name of ["bidirectional.rnn", "self-attention.rnn", "mlp.rnn"]) assert.ok(!names.includes(name), name);
});

const close = (a: number, b: number) => assert.ok(Math.abs(a - b) <= 1e-10 * Math.max(1, Math.abs(b)), `${a} ${b}`);
const variables = ({ model }: CompiledModel): ReadonlyArray<VariableInfo> => [...model.inputs, ...model.targets];
const isMoving = (model: CompiledModel, { indices }: VariableInfo) => indices.includes(`${model.model.streamable}`);
/** The variables along the streamed axis, which all of them have outermost; and the others. */
const movingVariables = (model: CompiledModel) => variables(model).filter((variable) => isMoving(model, variable));
const stillVariables = (model: CompiledModel) => variables(model).filter((variable) => !isMoving(model, variable));
const only = (example: Example, wanted: ReadonlyArray<VariableInfo>): Example =>
  Object.fromEntries(wanted.map(({ name }) => [name, example[name]!]));
const random = (model: CompiledModel, seed: number, length: number): Example =>
  randomExample(model.model, xoroshiro128plus(seed), { least: length, greatest: length });

for (const { name, model } of someOf(streamable, 2))
  test(`stepping ${name} gives what forward gives`, () => {
    const params = model.init(3);
    const example = random(model, 5, 4);
    const expected = model.forward(params, model.pack([example]));
    let state = model.start(params, only(example, stillVariables(model)));
    for (let t = 0; t < 4; t += 1) {
      const moving = only(example, movingVariables(model)) as Readonly<Record<string, ReadonlyArray<Nested>>>;
      const input = Object.fromEntries(Object.entries(moving).map(([key, value]) => [key, value[t]!]));
      const { state: after, output } = model.step(params, state, input);
      for (const [key, values] of Object.entries(output)) {
        const wanted = slice(expected[key]!, `${model.model.streamable}`, t);
        assert.equal(values.length, wanted.length);
        values.forEach((value, i) => {
          close(value, wanted[i]!);
        });
      }
      state = after;
    }
  });

/** A loss that is no sum over the axis is counted in every chunk, and a position that is named need not be in each. */
const inChunks = streamable.filter(({ name }) =>
  ["attention-seq2seq.rnn", "char-lm.rnn", "elman.rnn", "lstm-equations.rnn"].includes(name),
);
for (const { name, model } of inChunks)
  test(`the chunks of ${name} add up to the whole, and carry the state over the cut`, () => {
    const params = model.init(3);
    const example = random(model, 6, 5);
    const chunk = (from: number, to: number) => {
      const moving = only(example, movingVariables(model)) as Readonly<Record<string, ReadonlyArray<Nested>>>;
      const cut = Object.fromEntries(Object.entries(moving).map(([key, value]) => [key, value.slice(from, to)]));
      const part = { ...only(example, stillVariables(model)), ...cut };
      return model.pack([part, part]);
    };
    const expected = model.gradient(params, model.pack([example, example]));
    const first = model.gradient(params, chunk(0, 2));
    const empty = model.gradient(params, chunk(2, 2), first.state);
    const second = model.gradient(params, chunk(2, 5), empty.state);
    close(first.loss + empty.loss + second.loss, expected.loss);
    assert.equal(second.state.position, 5);
    for (const [key, values] of Object.entries(expected.state.values))
      values.forEach((value, i) => {
        close(second.state.values[key]![i]!, value);
      });
  });

const generating = streamable.filter(
  ({ model }) => model.model.randoms.length > 0 && !model.model.inputs.some((input) => isMoving(model, input)),
);
for (const { name, model } of generating.filter(({ model }) => movingVariables(model).length > 0))
  test(`what ${name} generates is deterministic, and keeps its prefix`, () => {
    const params = model.init(3);
    const inputs = only(random(model, 7, 3), model.model.inputs);
    const target = model.model.targets[0]!.name;
    const { shape } = model.model.targets[0]!;
    const begun = shape.length === 0 ? [2, 3] : [2, 3].map((value) => Array.from({ length: shape[0]! }, () => value));
    const options = { seed: 4, length: 9, inputs, prefix: { [target]: begun } };
    const found = model.generate(params, options);
    assert.deepEqual(model.generate(params, options), found);
    assert.deepEqual(found.values[target]![0]!.slice(0, 2), begun);
    assert.equal(found.values[target]![0]!.length, found.lengths[0]);
  });

/** An output at one position of an axis. */
const slice = ({ data, shape, axes }: Output, axis: string, t: number): ReadonlyArray<number> => {
  const place = axes.indexOf(axis);
  const inner = shape.slice(place + 1).reduce((a, b) => a * b, 1);
  return [...data].filter((_, i) => Math.floor(i / inner) % shape[place]! === t);
};
