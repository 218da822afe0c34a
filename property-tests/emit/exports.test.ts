import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { minified } from "../../src/cli/minified.ts";
import type { CompileOptions } from "../../src/compile.ts";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import { type ExportName, exportNames } from "../../src/module/exports.ts";
import type { CompiledModel } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

/** It streams, generates, and has a loss: so it can have every function. */
const characters = `model Characters(V = 3, n = 4) {
  axis t in 1..T
  param E, W : R[n,n] ~ glorot
  param C : R[V,n]
  input x[t] : R[n]
  h[0] = 0
  h[t] = tanh(W h[t-1] + E x[t])
  y[t] : symbol[V] ~ categorical(softmax(C h[t]))
  output p[t] = sigmoid(C h[t])
}
`;

const given: CompileOptions = { optimiser: "momentum" };
const whole = compiledProgram(characters, given);
const params = whole.init(5);
const x = [[1, 2, 3, 4], [0.5, -1, 0, 2]]; // biome-ignore format: a table
const batch = whole.pack([{ x, y: [0, 2] }]);
const state = whole.start(params);

/** What is seen of each function. */
const uses: { readonly [name in ExportName]: (model: Pick<CompiledModel, name>) => unknown } = {
  init: ({ init }) => init(5),
  pack: ({ pack }) => pack([{ x, y: [0, 2] }]),
  forward: ({ forward }) => forward(params, batch),
  loss: ({ loss }) => loss(params, batch),
  gradient: ({ gradient }) => gradient(params, batch),
  start: ({ start }) => start(params),
  step: ({ step }) => step(params, state, { x: [1, 0, 1, 0] }),
  stream: ({ stream }) => {
    const [p, { process }] = [new Float32Array(6), stream(params)];
    process(Float32Array.from(x.flat()), p, 2);
    return p;
  },
  generate: ({ generate }) => generate(params, { seed: 2, length: 2, inputs: { x } }),
  search: ({ search }) => search(params, { beam: 2, length: 2, inputs: { x } }),
  trainer: ({ trainer }) => {
    const training = trainer(params);
    return [1, 2].map(() => [training.step(batch, { rate: 0.1 }), training.params(), training.state()]);
  },
};

const imported = async (text: string): Promise<CompiledModel> =>
  await import(`data:text/javascript,${encodeURIComponent(text)}`);

const subsets = fc.subarray([...exportNames]);
const forms = { "as printed": (text: string) => text, minified };

for (const target of targetNames)
  for (const [form, written] of Object.entries(forms))
    test(`a module has the functions that were asked for and its model, and they give the bits of the whole (${target}, ${form})`, async () => {
      const all = compiledProgram(characters, { ...given, target });
      await fc.assert(
        fc.asyncProperty(subsets, async (exports) => {
          const module = await imported(written(compiledProgram(characters, { ...given, target, exports }).moduleText));
          assert.deepEqual(Object.keys(module).sort(), ["model", ...exports].sort());
          assert.deepEqual(module.model, all.model);
          for (const name of exports) assert.deepEqual(uses[name](module), uses[name](all), name);
        }),
        { numRuns: often(15) },
      );
    });

test("a module with fewer functions is no larger, and needs no program that none of them runs", () => {
  const sizeOf = (target: Target, exports: ReadonlyArray<ExportName>): number =>
    minified(compiledProgram(characters, { ...given, target, exports }).moduleText).length;
  fc.assert(
    fc.property(fc.constantFrom(...targetNames), subsets, subsets, (target, some, more) => {
      const [part, both] = [sizeOf(target, some), sizeOf(target, [...some, ...more])];
      // Short names are shorter where there are fewer of them: a handful of letters either way.
      assert.ok(part <= both + 16, `${some}: ${part}, with ${more}: ${both}`);
    }),
    { numRuns: often(15) },
  );
  assert.ok(sizeOf("js", ["init"]) < 0.15 * sizeOf("js", exportNames));
});

test("what a model cannot do, its module does not carry", () => {
  const textOf = (options: CompileOptions): string => minified(compiledProgram(characters, options).moduleText);
  assert.match(textOf(given), /memories/);
  assert.doesNotMatch(textOf({}), /memories/);
});

test("the types of a module declare the functions that it has", () => {
  fc.assert(
    fc.property(subsets, (exports) => {
      const { declarationText } = compiledProgram(characters, { ...given, exports });
      const declared = [...declarationText.matchAll(/^export declare const (\w+):/gm)].map(([, name]) => name!);
      assert.deepEqual(declared.sort(), ["model", ...exports].sort());
    }),
    { numRuns: 20 },
  );
});

test("in process, a function that was not asked for refuses to be called", () => {
  const { loss } = compiledProgram(characters, { exports: ["init", "pack"] });
  assert.throws(() => loss(params, batch), {
    name: "RnncError",
    message: "Characters: expected a model compiled with the export loss, found one with init, pack",
  });
});
