import assert from "node:assert/strict";
import { test } from "node:test";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import type { Batch } from "../../src/runtime/interface.ts";
import { at, near, type Path, placesIn, pool, replaced } from "./misuses.ts";
import { borderModel, called, examples, params, rightCalls } from "./module.ts";

/** What is no mistake: at such a place, such values mean something. */
const right: ReadonlyArray<readonly [place: RegExp, what: RegExp]> = [
  // Any number is a real one, any integer a seed.
  [/\.x\.\d(\.\d)?$|\.z$/, /^(Infinity|-1|1\.5|1e300|2\^53)$/],
  [/seed$/, /^-1$/],
  [/options\.rate$/, /^(-1|1\.5|1e300|2\^53)$/],
  [/options\.clip(Value)?$/, /^(Infinity|1\.5|1e300|2\^53)$/],
  [/options\.scale$/, /^(1\.5|1e300|2\^53)$/],
  [/temperature$|epsilon$|lengthPenalty$/, /^(1\.5|1e300|2\^53)$/],
  [/topK$/, /^(1e300|2\^53)$/],
  // Lists of any length, and more than is needed.
  [/\.s$|prefix\.y$/, /^(\[\]|an empty typed array|bytes|one more|one less)$/],
  [/^pack\.examples$/, /^one (more|less)$/],
  [/inputs\.\d\.x$/, /^one more$/],
  // What is missing of a target, where nothing reads it back.
  [/^pack\.examples\.1\.y$/, /^(null|\[null\]|so many nulls)$/],
  [/^pack\.examples\.1\.y\.0$/, /^null$/],
  // What may be left out.
  [/^pack\.seed$|options\.(seed|size|choose|temperature|topK|topP|keep|lengthPenalty|prefix|clip|clipValue|scale|state)$|constants|^trainer\.options(\.state)?$|^gradient\.state$/, /^undefined$/],
  [/prefix$|^trainer\.(constants|options)$/, /^(\{\}|an object without a prototype)$/],
  // Noise has a mean, an output need not be wanted, no position is none, more room than is needed is left alone.
  [/^streamProcess\.(inputs\.m|outputs\.o)$/, /^undefined$/],
  [/^streamProcess\.inputs\.y$/, /^bytes$/],
  [/^streamProcess\.outputs$/, /^(\{\}|an object without a prototype)$/],
  [/^stream\.options$/, /^(undefined|\{\}|an object without a prototype)$/],
  [/^stream\.options\.(streams|context)$/, /^undefined$/],
  [/^streamReset\.which$/, /^(undefined|\[\]|one less|one more)$/],
  // A state's context and its lengths are read by steps alone, and of the lengths those that the steps need.
  [/(gradient|trainerStep)\..*state\.(context|lengths)$|step\.state\.lengths$/, /^(\{\}|an object without a prototype|data without.*|a shape.*)$/],
  [/(gradient|trainerStep)\..*state\.lengths\.\w$/, /./],
]; // biome-ignore format: a table

const isRight = (place: string, what: string): boolean =>
  right.some(([places, values]) => places.test(place) && values.test(what));

for (const target of targetNames) {
  test(`what a caller gives is right, or refused by name with what was expected and found, and nothing is left of it (${target})`, () => {
    const model = borderModel(target);
    let refused = 0;
    for (const [name, given] of Object.entries(rightCalls(model))) {
      const before = called(model, name, given);
      for (const path of placesIn(given).filter(({ length }) => length > 0))
        for (const { what, value } of [...pool, ...near(at(given, path))]) {
          const place = [name, ...path].join(".");
          const problem = problemOf(() => called(model, name, replaced(given, path, value) as typeof given));
          if (isRight(place, what)) continue;
          assert.ok(problem !== undefined, `${place} may be ${what}`);
          assert.equal(problem.name, "RnncError", `${place} = ${what}: ${problem.stack}`);
          assert.match(
            problem.message,
            /^[a-z]+(\W.*)?(expected .+, found .+|needs .+, found .+|found \d+|are more than)/,
            `${place} = ${what}`,
          );
          assert.ok(problem.message.startsWith(argumentOf(name, path)), `${place} = ${what}: ${problem.message}`);
          refused += 1;
        }
      assert.deepEqual(shown(called(model, name, given)), shown(before), name);
    }
    assert.ok(refused > 6000);
  });

  test(`after every single refusal the module gives the same bits (${target})`, () => {
    const model = borderModel(target);
    for (const name of ["gradient", "step", "loss"]) {
      const given = rightCalls(model)[name]!;
      const before = shown(called(model, name, given));
      for (const path of placesIn(given).filter(({ length }) => length > 0))
        for (const { value } of [...pool.slice(0, 9), ...near(at(given, path))])
          if (problemOf(() => called(model, name, replaced(given, path, value) as typeof given)) !== undefined)
            assert.deepEqual(shown(called(model, name, given)), before);
    }
  });

  test(`a step that is refused is none: the training goes on as if it had not been asked for (${target})`, () => {
    const model = borderModel(target);
    const given = rightCalls(model).trainerStep!;
    const step = (training: ReturnType<typeof model.trainer>, { batch, options }: typeof given) =>
      training.step(batch as Batch, options as { rate: number });
    const [plain, disturbed] = [model.trainer(params), model.trainer(params)];
    for (let turn = 0; turn < 2; turn++) {
      assert.deepEqual(shown(step(disturbed, given)), shown(step(plain, given)));
      for (const path of placesIn(given).filter(({ length }) => length > 0))
        for (const { what, value } of [...pool, ...near(at(given, path))])
          if (!isRight(["trainerStep", ...path].join("."), what))
            assert.ok(problemOf(() => step(disturbed, replaced(given, path, value) as typeof given)) !== undefined);
    }
    assert.deepEqual(disturbed.params(), plain.params());
    assert.deepEqual(disturbed.state(), plain.state());
  });

  test(`a batch that there is no room for is refused every time, and the next that fits runs (${target})`, () => {
    const model = borderModel(target);
    const small = model.pack(examples);
    const training = model.trainer(params);
    const alone = model.trainer(params);
    const first = shown(model.gradient(params, small));
    assert.deepEqual(shown(training.step(small, { rate: 0.1 })), shown(alone.step(small, { rate: 0.1 })));
    for (const T of [2 ** 28, 2 ** 31 - 1]) {
      const huge: Batch = { ...small, longest: { ...small.longest, T } };
      for (let time = 0; time < 2; time++) {
        const refusal = { name: "RnncError", message: /needs \d+ numbers at once/ };
        assert.throws(() => model.gradient(params, huge), refusal);
        assert.throws(() => model.forward(params, huge), refusal);
        assert.throws(() => training.step(huge, { rate: 0.1 }), refusal);
      }
      assert.deepEqual(shown(model.gradient(params, small)), first);
    }
    assert.deepEqual(shown(training.step(small, { rate: 0.1 })), shown(alone.step(small, { rate: 0.1 })));
    assert.deepEqual(training.params(), alone.params());
  });

  test(`what a state carries is a symbol where a row is looked up by it (${target})`, () => {
    const model = borderModel(target);
    const { step, gradient } = rightCalls(model) as { step: StateCall; gradient: StateCall };
    for (const bad of [3, -1, 0.5, 1e9, 1e12, Number.NaN])
      for (const [name, given] of [["step", step], ["gradient", gradient]] as const) {
        const [key] = Object.entries(given.state.values).find(([, values]) => values.length === given.state.size)!;
        const values = { ...given.state.values, [key]: given.state.values[key]!.map(() => bad) };
        assert.throws(() => called(model, name, { ...given, state: { ...given.state, values } }), {
          name: "RnncError",
          message: /^state\.values\.\$state\.1\.1\[0\]: expected a symbol: an integer from 0 to 2, found /,
        });
      }
  }); // biome-ignore format: a pair
}

type StateCall = Readonly<Record<string, unknown>> & {
  readonly state: { readonly size: number; readonly values: Readonly<Record<string, Float32Array>> };
};

test("a batch without a target, or with too few numbers, is refused in words of the program, with the lengths of its examples", () => {
  const model = borderModel("js");
  const { y, ...values } = model.pack(examples).values;
  const without: Batch = { ...model.pack(examples), values };
  const packed = model.pack(examples.map(({ y: _, ...example }, i) => ({ ...example, K: 2 - 2 * i })));
  for (const batch of [without, packed])
    assert.throws(() => model.gradient(params, batch), {
      message: "batch: expected the target y[t] of each of the 2 examples, with T = 3, 1, found nothing",
    });
  assert.throws(() => model.loss(params, { ...without, values: { ...values, y: y!.slice(1) } }), {
    message:
      "batch.values.y: expected 6 numbers, the target y[t] of each of the 2 examples, with T = 3, 1, found a typed array of 5",
  });
  const { z, ...others } = model.pack(examples).values;
  assert.throws(() => model.forward(params, { ...without, values: { ...others, y: y! } }), {
    message: "batch: expected the input z of each of the 2 examples, found nothing",
  });
  assert.equal(z?.length, 2);
});

test("an option that does not exist is refused, and the nearest that does is named", () => {
  const model = borderModel("js");
  const { generate, trainer, trainerStep } = rightCalls(model);
  assert.throws(
    () => called(model, "generate", replaced(generate, ["options"], { length: 1, temprature: 2 }) as never),
    {
      name: "RnncError",
      message: /^options: expected one of "length", .*, found "temprature" \(did you mean "temperature"\?\)$/,
    },
  );
  assert.throws(() => called(model, "trainer", replaced(trainer, ["constants"], { beta3: 0.5 }) as never), {
    message: /^constants: expected one of "beta1", "beta2", "epsilon", found "beta3" \(did you mean "beta1"\?\)$/,
  });
  assert.throws(() => called(model, "trainerStep", replaced(trainerStep, ["options"], { rate: 1, clp: 1 }) as never), {
    message:
      /^options: expected one of "rate", "scale", "clip", "clipValue", "state", found "clp" \(did you mean "clip"\?\)$/,
  });
});

test("data that go on after the symbol that ends an axis are refused, with the example and the position", () => {
  const model = borderModel("js");
  const [first] = examples;
  const y = [0, 2, 1];
  assert.throws(() => model.pack([first!, { ...first!, y }]), {
    name: "RnncError",
    message: "examples[1].y[2]: expected nothing after the symbol 2 at [1], which ends axis t, found 1",
  });
  const inputs = { s: [0], z: 1, K: 0, x: [[1, 2], [3, 4], [5, 6]] }; // biome-ignore format: rows
  assert.throws(() => model.generate(params, { length: 3, inputs, prefix: { y } }), {
    message: "options.prefix[0].y[2]: expected nothing after the symbol 2 at [1], which ends axis t, found 1",
  });
});

/** Functions are not compared, and lists of numbers by their bits. */
const shown = (result: unknown): unknown =>
  typeof result === "object" && result !== null && "step" in result ? "a training" : structuredClone(result);

const problemOf = (call: () => unknown): Error | undefined => {
  try {
    call();
    return undefined;
  } catch (error) {
    assert.ok(error instanceof Error);
    return error;
  }
};

/** What the function calls the argument in which the mistake stands. */
const argumentOf = (name: string, [argument, part]: Path): string =>
  name === "trainerStep" && part === "state" ? "" : argument === "options" && part === undefined ? "" : argument!;

export type { Target };
