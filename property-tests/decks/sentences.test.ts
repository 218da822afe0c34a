import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { exactFreeRun } from "../../examples/tasks/measure.ts";
import { compiledProgram } from "../../examples/tasks/train.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { gradientOf, paramsOf, runs } from "../std/compiled.ts";
import { equivalent, paddedWith } from "./alike.ts";
import { rows } from "./matrices.ts";

/** The symbols that start and end a sentence. */
const [sos, eos, M] = [0, 1, 5];
const model = compiledProgram("encoder-decoder", {
  ...{ precision: "f64", target: "js" },
  statics: { V: 3, M, d: 2, n: 3, sos, eos },
});
const seeds = fc.integer({ min: 1, max: 100_000 });
const sources = fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 5 });
/** Of words that are neither symbol. */
const words = fc.array(fc.integer({ min: 2, max: M - 1 }), { maxLength: 4 });
/** With this added to what speaks for the end. */
const endingBy = (params: Params, much: number): Params => ({
  ...params,
  c: params.c!.map((value, word) => value + (word === eos ? much : 0)) as Params[string],
});

test("generating stops at the end symbol or at the greatest length, and nothing comes after an end", () => {
  fc.assert(
    fc.property(seeds, sources, fc.integer({ min: 1, max: 9 }), (seed, x, most) => {
      const lengths = (much: number) => {
        const { values, lengths: found } = model.generate(endingBy(paramsOf(model.model, seed), much), {
          ...{ seed, length: most },
          inputs: Array.from({ length: 10 }, () => ({ x })),
        });
        (values.y as ReadonlyArray<ReadonlyArray<number>>).forEach((sentence, b) => {
          const end = sentence.indexOf(eos);
          assert.equal(sentence.length, end < 0 ? most : end + 1);
          assert.equal(sentence.length, found[b]);
        });
        return found;
      };
      lengths(0);
      assert.ok(lengths(1000).every((length) => length === 1));
      assert.ok(lengths(-1000).every((length) => length === most));
    }),
    runs(40),
  );
});

test("a decoder begins with the start symbol and with what the encoder made of the source", () => {
  fc.assert(
    fc.property(seeds, sources, words, (seed, x, y) => {
      const params = paramsOf(model.model, seed);
      const { gradient } = gradientOf(model, params, { x, y: [...y, eos] });
      const isRead = rows(gradient.E!, 2).map((row) => row.some((value) => value !== 0));
      assert.deepEqual(
        isRead,
        Array.from({ length: M }, (_, word) => word === sos || y.includes(word)),
      );
      assert.ok(gradient["C.Wh"]!.some((value) => value !== 0));
      const first = (given: Params) => [...model.forward(given, model.pack([{ x, y: [eos] }])).p!.data];
      const otherStart = params.E!.map((value, place) => value + Number(place < 2)) as Params[string];
      assert.notDeepEqual(first({ ...params, E: otherStart }), first(params));
    }),
    runs(40),
  );
});

test("the loss of a sentence counts its end symbol and nothing after it, whatever the padding holds; data that go on are refused", () => {
  const sentences = fc.array(fc.record({ x: sources, words }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(seeds, sentences, fc.integer({ min: 0, max: M - 1 }), (seed, all, junk) => {
      const params = paramsOf(model.model, seed);
      const examples = all.map(({ x, words: y }) => ({ x, y: [...y, eos] }));
      const losses = examples.map((example) => {
        const { loss } = gradientOf(model, params, example);
        const p = rows([...model.forward(params, model.pack([example])).p!.data], M);
        const logs = example.y.map((word, i) => -Math.log(p[i]![word]!));
        equivalent({ loss: [loss] }, { loss: [logs.reduce((sum, each) => sum + each, 0)] });
        const cut = gradientOf(model, params, { ...example, y: example.y.slice(0, -1) }).loss;
        assert.ok(Math.abs(loss - cut - logs.at(-1)!) <= 1e-12 * loss);
        return loss;
      });
      const batch = model.pack(examples);
      const padded = model.loss(params, paddedWith(junk, batch, "y", "N"));
      equivalent({ mean: [padded] }, { mean: [losses.reduce((a, b) => a + b, 0) / losses.length] });
    }),
    runs(40),
  );
  assert.throws(() => model.pack([{ x: [0], y: [2, eos, 2] }]), { name: "RnncError", message: /examples\[0\]\.y/ });
});

test("an encoder-decoder trained on pairs to say what it was told comes to no mistakes, its loss falling all the way", () => {
  const vocabulary = 3;
  const all = (length: number): ReadonlyArray<ReadonlyArray<number>> =>
    length === 0
      ? [[]]
      : all(length - 1).flatMap((rest) => Array.from({ length: vocabulary }, (_, word) => [...rest, word]));
  const copies = [1, 2, 3].flatMap(all).map((x) => ({ x, y: [...x.map((word) => word + 2), eos] }));
  const compiled = compiledProgram("encoder-decoder", { statics: { V: vocabulary, M, d: 8, n: 24, sos, eos } });
  const training = compiled.trainer(compiled.init(1));
  const errors = () => 1 - exactFreeRun(["x"])({ compiled, params: training.params() }, copies);
  assert.ok(errors() > 0.9);
  const batch = compiled.pack(copies);
  const losses = Array.from({ length: 120 }, () => training.step(batch, { rate: 0.02, clip: 1 }).loss);
  const means = [0, 30, 60, 90].map((from) => losses.slice(from, from + 30).reduce((sum, each) => sum + each, 0) / 30);
  assert.deepEqual(
    means,
    means.toSorted((a, b) => b - a),
    means.join(", "),
  );
  assert.equal(errors(), 0);
});
