import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { predict } from "../../src/data/predicted.ts";
import type { Nested, Output } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

const names = ["i", "j", "k"] as const;
type At = Readonly<Record<string, number>>;

const orders = fc.shuffledSubarray([...names], { minLength: 3, maxLength: 3 });
const cases = fc.record({
  declared: orders,
  given: orders,
  written: orders,
  again: orders,
  fixed: fc.subarray([...names]),
  examples: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 3 })), {
    minLength: 1,
    maxLength: 3,
  }),
  target: fc.constantFrom("js" as const, "wasm" as const),
});
type Case = typeof cases extends fc.Arbitrary<infer A> ? A : never;

/** Of an axis that is fixed always the same. */
const fixedLength = 2;

const source = ({ declared, given, written, again, fixed }: Case): string => `model A {
${declared.map((axis) => `  axis ${axis} in 1..${fixed.includes(axis) ? fixedLength : axis.toUpperCase()}`).join("\n")}
  input x[${given}] : R
${names.map((axis) => `  input own${axis}[${axis}] : R`).join("\n")}
  output a[${written}] = 2 * x[${given}]
  output b[${again}] = [a[${written}]; owni[i]; ownj[j]; ownk[k]]
  output some[${written.filter((axis) => axis !== declared[0])}] = sum[${declared[0]}](x[${given}])
}`;

/** Nested lists in the order of some axes, with what stands at each position. */
const nested = (axes: ReadonlyArray<string>, lengths: At, leaf: (at: At) => unknown, at: At = {}): unknown => {
  const [axis, ...rest] = axes;
  if (axis === undefined) return leaf(at);
  return Array.from({ length: lengths[axis]! }, (_, i) => nested(rest, lengths, leaf, { ...at, [axis]: i }));
};

const valueAt = ({ i = 0, j = 0, k = 0 }: At): number => 1 + i + 10 * j + 100 * k;

const lengthsOf = ({ fixed, examples }: Case): ReadonlyArray<At> =>
  examples.map((sizes) =>
    Object.fromEntries(names.map((axis, n) => [axis, fixed.includes(axis) ? fixedLength : sizes[n]!])),
  );

const exampleOf = ({ given }: Case, lengths: At): Readonly<Record<string, Nested>> => ({
  x: nested(given, lengths, valueAt) as Nested,
  ...Object.fromEntries(names.map((axis) => [`own${axis}`, nested([axis], lengths, (at) => at[axis]) as Nested])),
});

test("an output stands in the order in which its indices are written, whatever the order of the axes: in each example, in a batch, and for who reads the model", () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const { written, again, declared, target } = drawn;
      const model = compiledProgram(source(drawn), { target });
      const some = written.filter((axis) => axis !== declared[0]);
      assert.deepEqual(
        model.model.outputs.map(({ name, indices }) => [name, indices]),
        [
          ["a", written],
          ["b", again],
          ["some", some],
        ],
      );
      const lengths = lengthsOf(drawn);
      const examples = lengths.map((each) => exampleOf(drawn, each));
      const found = predict(model, {}, examples);
      lengths.forEach((each, n) => {
        const total = (at: At): number =>
          Array.from({ length: each[declared[0]!]! }, (_, i) => valueAt({ ...at, [declared[0]!]: i })).reduce(
            (a, b) => a + b,
            0,
          );
        assert.deepEqual(found[n], {
          a: nested(written, each, (at) => 2 * valueAt(at)),
          b: nested(again, each, (at) => [2 * valueAt(at), ...names.map((axis) => at[axis])]),
          some: nested(some, each, total),
        });
      });
      const outputs = model.forward({}, model.pack(examples));
      assert.deepEqual(outputs.a!.axes, [...written, "batch"]);
      assert.deepEqual(outputs.b!.axes, [...again, "batch", ""]);
      lengths.forEach((each, n) => {
        nested(written, each, (at) => assert.equal(elementAt(outputs.a!, { ...at, batch: n }), 2 * valueAt(at)));
      });
    }),
    { numRuns: often(100) },
  );
});

/** By the axes and the shape that an output tells. */
const elementAt = ({ axes, shape, data }: Output, at: At): number | undefined =>
  data[axes.reduce((place, axis, i) => place * shape[i]! + at[axis]!, 0)];

test("a step puts out what the whole sequence has at its position, in the order in which its indices are written", () => {
  const model = compiledProgram(`model A {
  axis t in 1..T
  axis i in 1..2
  axis j in 1..3
  input x[t] : R
  input y[i,j] : R
  output a[j,t,i] = x[t] * y[i,j]
}`);
  const y = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  const { output } = model.step({}, model.start({}, { y }), { x: 10 });
  assert.deepEqual([...output.a!], [10, 40, 20, 50, 30, 60]);
  assert.deepEqual(predict(model, {}, [{ x: [10, 1], y }])[0]!.a, [
    [
      [10, 40],
      [1, 4],
    ],
    [
      [20, 50],
      [2, 5],
    ],
    [
      [30, 60],
      [3, 6],
    ],
  ]);
});

test("along a ragged axis that is written outside of the one that its length depends on, what is not there is null", () => {
  const model = compiledProgram(`model A {
  axis s in 1..S
  axis w in 1..W[s]
  input z[s,w] : R
  output a[w,s] = 2 * z[s,w]
}`);
  assert.deepEqual(
    predict(model, {}, [{ z: [[1, 2], [3]] }, { z: [[1], [2, 3, 4], []] }]).map(({ a }) => a),
    [
      [
        [2, 6],
        [4, null],
      ],
      [
        [2, 4, null],
        [null, 6, null],
        [null, 8, null],
      ],
    ],
  );
});
