import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Op, Output } from "../../src/circuit/circuit.ts";
import {
  contextName,
  directionName,
  memoryName,
  positionName,
  resumeName,
  stateName,
  trainingName,
} from "../../src/circuit/own-names.ts";
import type { Compiled, CompileOptions } from "../../src/compile.ts";
import { targetNames } from "../../src/emit/targets.ts";
import type { Batch, Example, Params, State, Values } from "../../src/runtime/interface.ts";
import { cases, ready } from "../programs/cases.ts";
import { runs } from "../programs/laws.ts";
import { compiledProgram } from "../property/programs.ts";
import { ofCircuits, renamings } from "./renamed.ts";

const languageModel = `import LSTM from "std"
model M {
  axis t in 1..T until y[t] == 2
  input z : R[2]
  noise m[t] : bernoulli(0.8)
  param A : R[3,2]
  param O, c
  y[0] = 1
  s[t] = LSTM(2)(A^T onehot(y[t-1]) * m[t] + z)
  output p[t] = softmax(O s[t] + c)
  y[t] : symbol[3] ~ categorical(p[t])
}`;

const example: Example = { z: [0.5, -1], y: [0, 1, 1, 2] };
const goesOn: Example = { z: [0.5, -1], y: [0, 1, 1] };

for (const target of targetNames) {
  test(`a program means the same, to the bit, whatever its names are: the compiler's, JavaScript's, anything (${target})`, () => {
    const renamed = cases({ smooth: false }).chain((given) => fc.tuple(fc.constant(given), renamings(given.source)));
    fc.assert(
      fc.property(renamed, fc.nat(9), ([given, { source }], draw) => {
        const options: CompileOptions = { target, optimiser: draw % 2 === 0 ? "adam" : "sgd" };
        const { model: plain, params, examples } = ready(given, options);
        sameUnder(plain, compiledProgram(source, options), params, examples);
      }),
      runs(20),
    );
  });

  test(`so does a language model: it is stepped, generates and trains as under plain names (${target})`, () => {
    const options: CompileOptions = { target, optimiser: "adamw" };
    const plain = compiledProgram(languageModel, options);
    const params = plain.init(3);
    fc.assert(
      fc.property(renamings(languageModel), ({ source }) => {
        const other = compiledProgram(source, options);
        sameUnder(plain, other, params, [example, { z: [1, 2], y: [2] }]);
        sameUnder(plain, other, params, [goesOn, { z: [1, 2], y: [0] }]);
      }),
      runs(6),
    );
  });
}

test("a state of a cell may have any name of the compiler's own", () => {
  const under = (name: string): string =>
    languageModel.replace("s[t] = LSTM", `${name}[t] = LSTM`).replace("O s[t]", `O ${name}[t]`);
  const options: CompileOptions = { optimiser: "adam" };
  const plain = compiledProgram(languageModel, options);
  const params = plain.init(3);
  for (const name of ofCircuits) {
    const other = compiledProgram(under(name), options);
    sameUnder(plain, other, params, [example]);
    sameUnder(plain, other, params, [goesOn]);
  }
});

test("what the compiler adds has names that no source can hold", () => {
  const added = [
    positionName,
    resumeName,
    stateName(0, 1),
    contextName(0),
    trainingName("rate"),
    memoryName(0, "W"),
    directionName("W"),
  ];
  for (const name of added)
    assert.throws(() => compiledProgram(`model M {\n  param ${name} : R\n  minimize ${name}\n}`));
  const { circuits } = compiledProgram(languageModel, { optimiser: "adam" });
  for (const { nodes, outputs } of Object.values(circuits)) {
    const named = [
      ...nodes.flatMap(({ op }: { op: Op }) => (op.tag === "input" ? [op.name] : [])),
      ...outputs.flatMap(({ role, name }: Output) => (role === "state" || role === "update" ? [name] : [])),
    ];
    for (const name of named) assert.match(name, /^(\$|@|[myz]$|A$|O$|c$|s\.\w+$)/);
  }
});

/** Every function of the module gives the same, name for name. */
const sameUnder = (plain: Compiled, other: Compiled, given: Params, examples: ReadonlyArray<Example>): void => {
  const names = namesFrom(plain, other);
  const params = under(names.params, given);
  assert.deepEqual(Object.keys(other.init(1)), Object.keys(params));
  const renamedExamples = examples.map((one) => under(names.data, one));
  const [batch, renamedBatch] = [plain.pack(examples), other.pack(renamedExamples)];
  assert.deepEqual(Object.values(renamedBatch.values), Object.values(batch.values));
  const outputs = Object.values(plain.forward(given, batch)).map(({ data }) => data);
  assert.deepEqual(
    Object.values(other.forward(params, renamedBatch)).map(({ data }) => data),
    outputs,
  );
  assert.equal(other.loss(params, renamedBatch), plain.loss(given, batch));
  assert.deepEqual(gradients(other, params, renamedBatch, names.params), gradients(plain, given, batch, new Map()));
  assert.deepEqual(trained(other, params, renamedBatch, names.params), trained(plain, given, batch, new Map()));
  if (plain.model.streamable === null) return;
  assert.deepEqual(stepped(other, params, renamedExamples[0]!), stepped(plain, given, examples[0]!));
  const drawn = [[plain, given, examples] as const, [other, params, renamedExamples] as const].map(
    ([model, its, data]) => generatedFrom(model, its, data),
  );
  assert.deepEqual(drawn[1], drawn[0]);
};

const gradients = (model: Compiled, params: Params, batch: Batch, names: Names) => {
  const first = model.gradient(params, batch);
  // Sequences that have ended are not gone on with.
  const more = "$ended" in first.state.values ? [] : [model.gradient(params, batch, first.state)];
  return [first, ...more].map(({ loss, gradient, state }) => [loss, sorted(gradient, names), state.values]);
};

const trained = (model: Compiled, params: Params, batch: Batch, names: Names) => {
  const training = model.trainer(params);
  const steps = [1, 2].map(() => training.step(batch, { rate: 0.1, clip: 1 }));
  return [
    steps.map(({ loss, norm, state }) => [loss, norm, state.values]),
    sorted(training.params(), names),
    Object.values(training.state().memories).length,
  ];
};

/** The values by plain path; a gradient's own order is no promise. */
const sorted = (found: Params, names: Names) => {
  const plainOf = new Map([...names].map(([plain, renamed]) => [renamed, plain]));
  return Object.entries(found)
    .map(([path, values]): readonly [string, Values] => [plainOf.get(path) ?? path, values])
    .sort(([a], [b]) => (a < b ? -1 : 1));
};

/** The states and outputs of every step along the first example, where its data can be cut into steps. */
const stepped = (model: Compiled, params: Params, given: Example): unknown => {
  const { streamable, inputs, targets, axes } = model.model;
  const along = [...inputs, ...targets].filter(({ indices }) => indices.includes(`${streamable}`));
  if (along.length === 0 || along.some(({ indices }) => indices[0] !== streamable)) return undefined;
  const moving = new Set([...along.map(({ name }) => name), axes.find(({ name }) => name === streamable)!.length]);
  const still = Object.fromEntries(Object.entries(given).filter(([name]) => !moving.has(name)));
  let state: State = model.start(params, still);
  const found: unknown[] = [state.values, state.context];
  const length = (given[along[0]!.name] as ReadonlyArray<unknown>).length;
  for (let t = 0; t < length; t++) {
    const input = Object.fromEntries(along.map(({ name }) => [name, (given[name] as ReadonlyArray<number>)[t]!]));
    const { state: next, output } = model.step(params, state, input);
    found.push(next.values, Object.values(output));
    state = next;
  }
  return found;
};

const generatedFrom = (model: Compiled, params: Params, examples: ReadonlyArray<Example>): unknown => {
  try {
    const inputs = examples.map((one) =>
      Object.fromEntries(
        Object.entries(one).filter(([name]) => model.model.targets.every((other) => other.name !== name)),
      ),
    );
    const { values, lengths } = model.generate(params, { length: 5, seed: 2, inputs, size: examples.length });
    return [Object.values(values), lengths];
  } catch (error) {
    assert.ok(error instanceof Error && error.name === "RnncError", String(error));
    return "refused";
  }
};

type Names = ReadonlyMap<string, string>;

/** What stands at the same place has the same meaning. */
const namesFrom = (
  { model: plain }: Compiled,
  { model: other }: Compiled,
): { readonly params: Names; readonly data: Names } => {
  const both = <A>(of: (model: Compiled["model"]) => ReadonlyArray<A>, nameOf: (entry: A) => string | number) => {
    assert.equal(of(plain).length, of(other).length);
    return of(plain).map((entry, i) => [String(nameOf(entry)), String(nameOf(of(other)[i]!))] as const);
  };
  return {
    params: new Map(
      both(
        ({ params }) => params,
        ({ path }) => path,
      ),
    ),
    data: new Map([
      ...both(
        ({ inputs, targets, noises }) => [...inputs, ...targets, ...noises],
        ({ name }) => name,
      ),
      ...both(
        ({ axes }) => axes,
        ({ length }) => length,
      ),
    ]),
  };
};

const under = <A>(names: Names, values: Readonly<Record<string, A>>): Readonly<Record<string, A>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [names.get(name)!, value]));
