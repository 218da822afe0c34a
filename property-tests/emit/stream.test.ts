import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nothing, writtenModel } from "./written-program.ts";

/** `s[t] = a s[t-1] + x[t] + c t`, `s[0] = z`. */
const scan = () =>
  writtenModel(
    {
      axes: [{ name: "t", length: "T", over: [] }],
      inputs: [
        { name: "x", indices: ["t"], shape: [] },
        { name: "z", indices: [], shape: [] },
      ],
      params: [
        { path: "a", shape: [], init: { tag: "constant", value: 0.5 } },
        { path: "c", shape: [], init: { tag: "constant", value: 0 } },
      ],
      streamable: "t",
    },
    null,
    {
      forward: nothing,
      start: { leaves: [["input", "z"]], results: [["state", "$state.0.1"]], run: "M[at(1)] = M[at(0)];" },
      step: {
        leaves: [
          ["parameter", "a"],
          ["parameter", "c"],
          ["input", "x"],
          ["input", "$state.0.1"],
          ["input", "$position"],
        ],
        results: [
          ["output", "s"],
          ["state", "$state.0.1"],
        ],
        run: "M[at(5)] = M[at(6)] = M[at(0)] * M[at(3)] + M[at(2)] + M[at(1)] * (M[offsets[4]] + 1);",
      },
    },
  );
const real = fc.integer({ min: -8, max: 8 });

test("stepping is the recurrence, for every stream by itself", () => {
  const model = scan();
  const streams = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.nat({ max: 5 }))
    .chain(([size, T]) =>
      fc.array(fc.tuple(real, fc.array(real, { minLength: T, maxLength: T })), { minLength: size, maxLength: size }),
    );
  fc.assert(
    fc.property(streams, real, real, (given, a, c) => {
      const params = { a: Float64Array.of(a), c: Float64Array.of(c) };
      const states = given.map(([z]) => z);
      let state = model.start(
        params,
        states.map((z) => ({ z })),
      );
      given[0]![1].forEach((_, t) => {
        const { state: after, output } = model.step(params, state, { x: given.map(([, x]) => x[t]!) });
        given.forEach(([, x], b) => {
          states[b] = a * states[b]! + x[t]! + c * (t + 1);
        });
        assert.deepEqual([...output.s!], states);
        state = after;
      });
    }),
  );
});

test("a state is a value: stepping from it twice gives the same, also when it went through JSON", () => {
  const model = scan();
  const params = model.init(0);
  const { state } = model.step(params, model.start(params, { z: 3 }), { x: 1 });
  const first = model.step(params, state, { x: 2 });
  assert.deepEqual(model.step(params, state, { x: 2 }), first);
  const saved = JSON.parse(
    JSON.stringify(state, (_, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value)),
  );
  assert.deepEqual(model.step(params, saved, { x: 2 }).output, first.output);
});

test("a state is what it was, whatever states come after it, though one of them be transferred away", () => {
  const model = scan();
  const params = { a: Float64Array.of(0.5), c: Float64Array.of(1) };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 6000 }), (size, count) => {
      const streams = Array.from({ length: size }, (_, b) => b);
      const first = model.start(
        params,
        streams.map((z) => ({ z })),
      );
      const steps = Math.ceil(count / size) + 2;
      const seen = Array.from({ length: steps }).reduce<ReadonlyArray<{ state: typeof first; was: number[] }>>(
        (all) => {
          const { state } = model.step(params, all.at(-1)!.state, { x: streams });
          return [...all, { state, was: [...state.values["$state.0.1"]!] }];
        },
        [{ state: first, was: [...first.values["$state.0.1"]!] }],
      );
      for (const { state, was } of seen) assert.deepEqual([...state.values["$state.0.1"]!], was);
      const last = seen.at(-1)!;
      const { state: next } = model.step(params, last.state, { x: streams });
      const kept = [...model.step(params, next, { x: streams }).state.values["$state.0.1"]!];
      const gone = structuredClone(next, { transfer: [next.values["$state.0.1"]!.buffer as ArrayBuffer] });
      assert.deepEqual([...model.step(params, gone, { x: streams }).state.values["$state.0.1"]!], kept);
    }),
    { numRuns: 20 },
  );
});

test("with one stream the level of the streams may be left out", () => {
  const model = scan();
  const params = model.init(0);
  const state = model.start(params, { z: 1 });
  assert.deepEqual(model.step(params, state, { x: 2 }), model.step(params, state, { x: [2] }));
});

test("other arrays of parameters, and a new start, are taken up", () => {
  const model = scan();
  const params = model.init(0);
  const state = model.start(params, { z: 1 });
  const output = () => model.step(params, state, { x: 0 }).output.s![0];
  assert.equal(output(), 0.5);
  assert.equal(model.step({ ...params, a: Float64Array.of(3) }, state, { x: 0 }).output.s![0], 3);
  assert.equal(output(), 0.5);
  params.a![0] = 7;
  model.start(params, { z: 1 });
  assert.equal(output(), 7);
});

const refusals: ReadonlyArray<readonly [string, (model: ReturnType<typeof scan>) => unknown, RegExp]> = [
  [
    "a context that lacks an input",
    (model) => model.start(model.init(0)),
    /^context\.z: expected a value, found nothing/,
  ],
  [
    "an input that belongs to the steps",
    (model) => model.start(model.init(0), { z: 0, x: 1 }),
    /^context: .*found "x"/,
  ],
  [
    "a parameter that is missing",
    (model) => model.step({}, model.start(model.init(0), { z: 0 }), { x: 1 }),
    /^params\["a"\]/,
  ],
  ["a step without its input", (model) => step(model, {}), /^input\.x: expected a value for this step, found nothing/],
  ["an unknown input", (model) => step(model, { x: 1, xs: 1 }), /^input: .*found "xs" \(did you mean "x"\?\)/],
  ["NaN", (model) => step(model, { x: Number.NaN }), /^input\.x\[0\]: expected a number, found NaN/],
  ["too few streams", (model) => step(model, { x: [] }), /^input\.x: expected an element for each of 1 streams/],
];
const step = (model: ReturnType<typeof scan>, input: Record<string, never> | Record<string, number | number[]>) =>
  model.step(model.init(0), model.start(model.init(0), { z: 0 }), input);
for (const [law, call, message] of refusals)
  test(`streaming refuses ${law}, saying where`, () => {
    assert.throws(() => call(scan()), { name: "RnncError", message });
  });
