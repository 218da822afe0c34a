import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import type { Generated, GenerateOptions, Params } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";
import { countedOut, livelyParams, type Searched, searchedModels } from "./beam-models.ts";

const forms = targetNames.flatMap((target) => (["f32", "f64"] as const).map((precision) => ({ target, precision })));
const compiled = ({ source, statics = {} }: Searched, form: (typeof forms)[number] = forms.at(-1)!) =>
  compiledProgram(source, { statics, ...form });

/** Wide enough for every sequence. */
const unlimited = 384;
const toleranceOf = { f32: 1e-4, f64: 1e-10 };
const seeds = fc.nat(1000);
const penalties = fc.constantFrom(0, 0.3, 0.6, 1, 2);
const lengths = fc.integer({ min: 0, max: 3 });

const penalised = (log: number, steps: number, penalty: number): number => log / ((5 + steps) / 6) ** penalty;

/** Of the first of two sequences, what was found. */
const foundFirst = ({ values, logProbabilities, lengths, of }: Generated) =>
  of!.flatMap((sequence, i) =>
    sequence !== 0
      ? []
      : [{ values: Object.values(values).map((each) => each[i]!), log: logProbabilities![i]!, length: lengths[i]! }],
  );

for (const searched of searchedModels)
  for (const form of forms)
    test(`a beam of unlimited width finds what counting out all sequences finds: ${searched.what} (${form.target}, ${form.precision})`, () => {
      const model = compiled(searched, form);
      const tolerance = toleranceOf[form.precision];
      fc.assert(
        fc.property(seeds, penalties, lengths, fc.integer({ min: 1, max: 5 }), (seed, lengthPenalty, length, keep) => {
          const params = livelyParams(model, seed);
          const options = { beam: unlimited, keep, lengthPenalty, length, inputs: searched.inputs };
          const found = foundFirst(model.generate(params, options));
          const all = countedOut(model, params, searched.inputs[0], length)
            .map(({ steps, log }) => ({ steps, log, score: penalised(log, steps.length, lengthPenalty) }))
            .sort((a, b) => b.score - a.score);
          assert.equal(found.length, Math.min(keep, all.length));
          found.forEach(({ values, log, length }, i) => {
            // What is as good may stand in another order.
            assert.ok(Math.abs(penalised(log, length, lengthPenalty) - all[i]!.score) < tolerance);
            const own = all.find(({ steps }) => isSame(values, steps.length, (k, t) => steps[t]![k]!));
            assert.ok(Math.abs(own!.log - log) < tolerance, `${own!.log} ${log}`);
          });
        }),
        { numRuns: often(8) },
      );
    });

const isSame = (
  values: ReadonlyArray<ReadonlyArray<unknown>>,
  length: number,
  at: (k: number, t: number) => unknown,
): boolean =>
  values.every(
    (own, k) =>
      own.length === length && own.every((element, t) => JSON.stringify(element) === JSON.stringify(at(k, t))),
  );

const each = fc.constantFrom(...searchedModels.map((searched) => ({ searched, model: compiled(searched) })));
const property = <A>(more: fc.Arbitrary<A>, law: (run: Run, more: A) => void): void =>
  fc.assert(
    fc.property(each, seeds, fc.integer({ min: 0, max: 4 }), more, ({ searched, model }, seed, length, chosen) => {
      const params = livelyParams(model, seed);
      law({ params, generate: (own) => model.generate(params, { length, inputs: searched.inputs, ...own }) }, chosen);
    }),
    { numRuns: often(60, 2) },
  );
interface Run {
  readonly params: Params;
  readonly generate: (options: Omit<GenerateOptions, "length">) => Generated;
}

test("a beam of width 1 is the mode, whatever the length penalty", () => {
  property(penalties, ({ generate }, lengthPenalty) => {
    const { values, lengths } = generate({ beam: 1, lengthPenalty });
    assert.deepEqual({ values, lengths }, generate({ choose: "mode" }));
  });
});

test("what a narrow beam finds, none wider than all sequences is worse than; it is sorted, and no two are the same", () => {
  property(fc.tuple(fc.integer({ min: 1, max: 4 }), penalties), ({ generate }, [beam, lengthPenalty]) => {
    const narrow = foundFirst(generate({ beam, keep: beam, lengthPenalty }));
    const scores = narrow.map(({ log, length }) => penalised(log, length, lengthPenalty));
    assert.deepEqual(scores, [...scores].sort((a, b) => b - a)); // biome-ignore format: one line
    assert.equal(new Set(narrow.map(({ values }) => JSON.stringify(values))).size, narrow.length);
    const [best] = foundFirst(generate({ beam: unlimited, lengthPenalty }));
    assert.ok(scores[0]! <= penalised(best!.log, best!.length, lengthPenalty) + 1e-9);
  });
});

test("what is found of a sequence does not depend on those beside it", () => {
  for (const searched of searchedModels) {
    const model = compiled(searched);
    const params = livelyParams(model, 5);
    const options = { beam: 3, keep: 2, length: 4 };
    const both = foundFirst(model.generate(params, { ...options, inputs: searched.inputs }));
    assert.deepEqual(foundFirst(model.generate(params, { ...options, inputs: searched.inputs[0] })), both);
  }
});

test("what is found begins with the prefix, and its log-probability is that of what follows", () => {
  const model = compiled(searchedModels[0]!);
  fc.assert(
    fc.property(seeds, fc.array(fc.nat(2), { maxLength: 3 }), (seed, y) => {
      const params = livelyParams(model, seed);
      const { values, logProbabilities } = model.generate(params, { beam: 4, keep: 3, length: 4, prefix: { y } });
      const logOf = (given: ReadonlyArray<number>) => -model.loss(params, model.pack([{ y: given }]));
      values.y!.forEach((found, i) => {
        assert.deepEqual(found.slice(0, y.length), y);
        const expected = logOf(found as ReadonlyArray<number>) - (y.length === 0 ? 0 : logOf(y));
        assert.ok(Math.abs(logProbabilities![i]! - expected) < 1e-10);
      });
    }),
    { numRuns: 20 },
  );
});

test("a long sequence that is less probable, but stands better by the length penalty, is waited for", () => {
  const model = compiledProgram(`model M(eos = 1) {
  axis t in 1..T until y[t] == eos
  param W
  y[0] = 2
  y[t] : symbol[3] ~ categorical(softmax(W onehot(y[t-1])))
}`);
  // From the boundary to the end half the time, or else nearly always to a symbol that stays.
  const W = Float64Array.from([1, 1, 0.45, 1e-9, 1, 0.5, 1e-9, 1, 0.05], Math.log);
  const found = (lengthPenalty: number) => model.generate({ W }, { beam: 2, lengthPenalty, length: 9 }).values.y![0];
  assert.deepEqual(found(0), [1]);
  assert.deepEqual(found(1), new Array(9).fill(0));
});

const chain = compiled(searchedModels[0]!);
const refusals: ReadonlyArray<readonly [what: string, options: Partial<GenerateOptions>, message: RegExp]> = [
  ["a width of 0", { beam: 0 }, /^options\.beam: expected an integer from 1/],
  [
    "more than it finds",
    { beam: 2, keep: 3 },
    /^options\.keep: expected an integer from 1 to the width of the beam, 2, found 3/,
  ],
  ["a penalty below 0", { beam: 2, lengthPenalty: -1 }, /^options\.lengthPenalty: expected a number that is not neg/],
  ["a temperature beside it", { beam: 2, temperature: 2 }, /^options\.temperature: expected none beside options\.beam/],
  ["a penalty without it", { lengthPenalty: 1 }, /^options\.lengthPenalty: expected options\.beam beside it/],
];
for (const [what, options, message] of refusals)
  test(`a beam refuses ${what}`, () => {
    assert.throws(() => chain.generate(chain.init(1), { length: 1, ...options }), { name: "RnncError", message });
  });

test("a beam refuses densities, and a module that was compiled without it says so", () => {
  const real = compiledProgram("model M {\n  axis t in 1..T\n  param m : R = 0\n  y[t] : R ~ normal(m, 1)\n}");
  assert.throws(() => real.generate(real.init(1), { length: 1, beam: 2 }), {
    name: "RnncError",
    message:
      "M: expected a model of which every ~ along the axis it streams along is of symbols or truths, found another",
  });
  const drawing = compiledProgram(searchedModels[0]!.source, { exports: ["generate"] });
  assert.throws(() => drawing.generate(chain.init(1), { length: 1, beam: 2 }), {
    name: "RnncError",
    message: "Chain: expected a model compiled with the export search, found one with generate",
  });
});
