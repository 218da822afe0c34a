import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import type { CompileOptions } from "../../src/compile.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { CompiledModel, State, Values } from "../../src/runtime/interface.ts";
import type { Programs } from "../../src/runtime/program.ts";
import { newCrew } from "../../src/runtime/threads/crew.js";
import { eachRow, sharesOf } from "../../src/runtime/threads/shares.js";
import { compiledExample, exampleNames } from "../emit/examples.ts";
import { ifNative } from "../native/here.ts";
import { often, someOf } from "../often.ts";
import { programs } from "../programs/arbitrary.ts";
import { compiledProgram } from "../property/programs.ts";

const scales = ["mean", "sum", "perObservation"] as const;

/** A batch of ragged examples, parameters, and what a model makes of them. */
const resultsOf = (model: CompiledModel, seed: number, examples: number): ReadonlyMap<string, Values> => {
  const generator = xoroshiro128plus(seed);
  const batch = model.pack(
    Array.from({ length: examples }, () => randomExample(model.model, generator, { least: 2, greatest: 4 })),
    seed,
  );
  const params = model.init(seed);
  const found = new Map<string, Values>();
  for (const [name, { data }] of Object.entries(model.forward(params, batch))) found.set(`output ${name}`, data);
  if (!model.model.hasLoss) return found;
  found.set("loss", Float64Array.of(model.loss(params, batch)));
  const { loss, gradient, state } = model.gradient(params, batch);
  found.set("loss beside the gradient", Float64Array.of(loss));
  for (const [path, values] of Object.entries(gradient)) found.set(`gradient ${path}`, values);
  const put = (what: string, { values }: State): void => {
    for (const [name, carried] of Object.entries(values)) found.set(`${what} ${name}`, carried);
  };
  put("state", state);
  if (model.model.optimiser === undefined) return found;
  const training = model.trainer(params);
  for (const step of [1, 2])
    found.set(`loss of step ${step}`, Float64Array.of(training.step(batch, { rate: 0.1 }).loss));
  for (const [path, values] of Object.entries(training.params())) found.set(`trained ${path}`, values);
  return found;
};

const agree = (found: ReadonlyMap<string, Values>, expected: ReadonlyMap<string, Values>): void => {
  assert.deepEqual([...found.keys()], [...expected.keys()]);
  for (const [name, values] of expected) mustAgree(name, found.get(name)!, values, 1e-10);
};

for (const target of targetNames)
  test(`every example gives on several threads what it gives on one, and the same bits again (${target})`, () => {
    someOf(exampleNames, targetNames.indexOf(target), 24).forEach((name, i) => {
      const isObserving = compiledExample(name).model.randoms.length > 0;
      const loss = isObserving ? scales[i % 3]! : scales[i % 2]!;
      const options: CompileOptions = { target, precision: "f64", optimiser: "adam", loss };
      const one = resultsOf(compiledExample(name, options), i, 5);
      const several = [1, 2].map(() => resultsOf(compiledExample(name, { ...options, threads: 3 }), i, 5));
      agree(several[0]!, one);
      assert.deepEqual(several[0], several[1]);
    });
  });

test("a random program gives on any number of threads what it gives on one", () => {
  fc.assert(
    fc.property(
      programs({ smooth: true, tame: true }),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom("mean", "sum"),
      ({ source }, threads, examples, loss) => {
        const options: CompileOptions = { precision: "f64", target: "js", loss };
        const one = resultsOf(compiledProgram(source, options), 3, examples);
        agree(resultsOf(compiledProgram(source, { ...options, threads }), 3, examples), one);
      },
    ),
    { numRuns: often(40, 8) },
  );
});

const elman = `model Elman(n = 6) {
  axis t in 1..T
  input x[t] : R[2]
  param U, W, V
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t])
  y[t] : symbol[3] ~ categorical(softmax(V h[t]))
}`;

for (const target of [...targetNames, "native"] as const)
  test(
    `once workers listen they take their shares, and the bits stay (${target})`,
    target === "native" ? ifNative : {},
    async () => {
      const model = compiledProgram(elman, { target, precision: "f32", threads: 2, optimiser: "sgd" });
      const before = resultsOf(model, 1, 6);
      for (let i = 0; i < 5; i += 1) {
        await setTimeout(100);
        assert.deepEqual(resultsOf(model, 1, 6), before);
      }
    },
  );

test("a sequence goes on from a state on several threads as on one, window by window", () => {
  const options: CompileOptions = { target: "js", precision: "f64", loss: "sum" };
  const [one, three] = [compiledProgram(elman, options), compiledProgram(elman, { ...options, threads: 3 })];
  const generator = xoroshiro128plus(4);
  const params = one.init(1);
  let [state, other]: [State | undefined, State | undefined] = [undefined, undefined];
  for (let window = 0; window < 3; window += 1) {
    const batch = one.pack(
      Array.from({ length: 4 }, () => randomExample(one.model, generator, { least: 3, greatest: 3 })),
    );
    const found: ReturnType<CompiledModel["gradient"]> = three.gradient(params, batch, other);
    const expected: ReturnType<CompiledModel["gradient"]> = one.gradient(params, batch, state);
    mustAgree("the loss", [found.loss], [expected.loss], 1e-12);
    for (const [path, values] of Object.entries(expected.gradient))
      mustAgree(path, found.gradient[path]!, values, 1e-10);
    [state, other] = [expected.state, found.state];
  }
});

test("shares are whole examples in their order, none is empty, and no two differ by more than one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 9 }), (size, count) => {
      const shares = sharesOf(size, count);
      assert.equal(shares.length, Math.min(size, count));
      assert.deepEqual([shares[0]![0], shares.at(-1)![1]], [0, size]);
      shares.slice(1).forEach(([from], i) => {
        assert.equal(from, shares[i]![1]);
      });
      const lengths = shares.map(([from, to]) => to - from);
      assert.ok(Math.min(...lengths) > 0 && Math.max(...lengths) - Math.min(...lengths) <= 1);
    }),
  );
});

test("rows of the shares are the rows of the whole block, each once", () => {
  const extent = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(
      fc.array(extent, { maxLength: 2 }),
      fc.array(extent, { maxLength: 2 }),
      extent,
      extent,
      (outer, inner, size, count) => {
        const slot = { name: "x", buffer: 0, extents: [...outer, "@batch", ...inner], axes: [] };
        const frame = { size, lengths: {}, longest: {} };
        const total = [...outer, size, ...inner].reduce((all, each) => all * each, 1);
        const seen = new Array<number>(total).fill(0);
        for (const share of sharesOf(size, count))
          eachRow(slot, frame, share, (whole, _, length) => {
            for (let i = 0; i < length; i += 1) seen[whole + i]! += 1;
          });
        assert.deepEqual(seen, new Array<number>(total).fill(1));
      },
    ),
  );
});

/** Twice what is given, or a failure where a two is given; it speaks of nothing outside itself, as programs do. */
const doubling = (): Programs => ({
  forward: {
    lengths: [],
    plan: ([size]) => ({ offsets: [0, size!], size: 2 * size! }),
    leaves: [{ kind: "input", name: "x", buffer: 0, extents: ["@batch"], axes: ["@batch"] }],
    results: [{ role: "output", name: "y", buffer: 1, extents: ["@batch"], axes: ["@batch"] }],
    run: (arena, _, [size], offsets) => {
      for (let i = 0; i < size!; i += 1) {
        if (arena[i] === 2) throw new Error("two");
        arena[offsets[1]! + i] = 2 * arena[i]!;
      }
    },
  },
});

/** Runs a job once the worker listens. */
const byWorker = async (crew: ReturnType<typeof newCrew>, numbers: ReadonlyArray<number>) => {
  const values = new Float64Array(new SharedArrayBuffer(16 * numbers.length));
  values.set(numbers);
  const none = new SharedArrayBuffer(0);
  for (let i = 0; i < 2000 && !crew.listens(1); i += 1) await setTimeout(5);
  assert.ok(crew.listens(1), "the worker never listened");
  const job = { name: "forward", dims: [numbers.length], tables: [], whole: none, own: values.buffer };
  const isDone = crew.begin(1, job);
  return { hasWorked: isDone(), results: [...values.subarray(numbers.length)] };
};

test("a worker runs what it is sent, and says what failed", async () => {
  const crew = newCrew(doubling, "f64");
  assert.deepEqual(await byWorker(crew, [1, 5, 7]), { hasWorked: true, results: [2, 10, 14] });
  assert.equal((await byWorker(crew, [1, 2])).hasWorked, false);
  assert.deepEqual(await byWorker(crew, [3]), { hasWorked: true, results: [6] });
});
