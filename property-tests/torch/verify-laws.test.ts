import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import type { TorchParameter } from "../../src/export/verify/answers.ts";
import { compared, firstDifference } from "../../src/export/verify/compared.ts";
import { type Link, sizeOf, tensorsOf, turned } from "../../src/export/verify/links.ts";
import { type Matching, matched } from "../../src/export/verify/matching.ts";
import { type CaseSpec, shrunk, smallerCases } from "../../src/export/verify/shrink.ts";
import { linkOf, readParts } from "../../src/export/verify/written-map.ts";
import { often } from "../often.ts";

const runs = { numRuns: often(200) };

const side = fc.integer({ min: 1, max: 6 });
const specs: fc.Arbitrary<CaseSpec> = fc.record({
  seed: fc.nat(),
  sizes: fc.record({ n: side, k: side }, { noNullPrototype: true }),
  examples: fc.array(fc.record({ T: side, S: side }, { noNullPrototype: true }), { minLength: 1, maxLength: 4 }),
});

/** What shrinking makes less. */
const measure = ({ sizes, examples }: CaseSpec): number =>
  Object.values(sizes).reduce((a, b) => a + b, 0) +
  examples.reduce((sum, lengths) => sum + 1 + Object.values(lengths).reduce((a, b) => a + b, 0), 0);

test("every smaller case is smaller, has an example, and lengths and sizes from 1", () => {
  fc.assert(
    fc.property(specs, (spec) => {
      for (const smaller of smallerCases(spec, ["T"])) {
        assert.ok(measure(smaller) < measure(spec));
        assert.ok(smaller.examples.length >= 1);
        for (const lengths of smaller.examples) assert.ok(Object.values(lengths).every((length) => length >= 1));
        assert.ok(Object.values(smaller.sizes).every((size) => size >= 1));
      }
    }),
    runs,
  );
});

test("examples that share a length share it in every smaller case", () => {
  fc.assert(
    fc.property(specs, side, (spec, length) => {
      const shared = { ...spec, examples: spec.examples.map((lengths) => ({ ...lengths, S: length })) };
      for (const { examples } of smallerCases(shared, ["T"])) assert.equal(new Set(examples.map(({ S }) => S)).size, 1);
    }),
    runs,
  );
});

const isLong = (most: number) => (spec: CaseSpec) => spec.examples.some(({ T }) => T! >= most);

test("what is shrunk differs still, and nothing smaller does", async () => {
  await fc.assert(
    fc.asyncProperty(specs, side, side, async (spec, most, size) => {
      const differs = (each: CaseSpec): boolean => isLong(most)(each) && each.sizes.n! >= size;
      fc.pre(differs(spec));
      const judge = async (each: ReadonlyArray<CaseSpec>) => each.map((one) => (differs(one) ? "so" : undefined));
      const { spec: least } = await shrunk(spec, "so", ["T", "S"], judge);
      assert.deepEqual(least, { seed: spec.seed, sizes: { n: size, k: 1 }, examples: [{ T: most, S: 1 }] });
    }),
    runs,
  );
});

test("a difference that asks for two unequal lengths keeps two examples of 1 and 2", async () => {
  await fc.assert(
    fc.asyncProperty(specs, async (spec) => {
      const differs = ({ examples }: CaseSpec): boolean => new Set(examples.map(({ T }) => T)).size > 1;
      fc.pre(differs(spec));
      const { spec: least } = await shrunk(spec, true, ["T", "S"], async (each) =>
        each.map((one) => (differs(one) ? true : undefined)),
      );
      assert.equal(least.examples.length, 2);
      assert.deepEqual(least.examples.map(({ T }) => T).sort(), [1, 2]);
    }),
    runs,
  );
});

const shapes = fc.array(side, { minLength: 1, maxLength: 2 });
const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}(\.[a-z]{1,4}_[a-z]){0,2}$/), {
  minLength: 1,
  maxLength: 6,
  selector: (name) => name.replaceAll(/[._]/g, ""),
});

const noLayers: Matching["layers"] = () => E.right([]);
const asked = (
  parameters: Matching["parameters"],
  tensors: ReadonlyArray<Omit<TorchParameter, "kind">>,
  maps: Matching["maps"] = {},
): Matching => ({
  parameters,
  tensors: tensors.map((tensor) => ({ ...tensor, kind: "learned" })),
  maps,
  sizes: { n: 2 },
  layers: noLayers,
});

const spellings: ReadonlyArray<(name: string) => string> = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.replaceAll(".", "_"),
  (name) => `${name}.weight`,
];

test("names that differ in dots, underscores, case and a last .weight are matched, in whatever order they come", () => {
  fc.assert(
    fc.property(
      names,
      fc.array(shapes, { minLength: 6, maxLength: 6 }),
      fc.nat(3),
      fc.boolean(),
      (all, sides, how, back) => {
        const parameters = all.map((name, i) => ({ name, shape: sides[i]! }));
        const tensors = parameters.map(({ name, shape }) => ({ name: spellings[how]!(name), shape }));
        const result = matched(asked(parameters, back ? tensors.toReversed() : tensors));
        assert.ok(E.isRight(result));
        for (const { path, parts } of result.right)
          assert.deepEqual(
            parts.map(({ tensor }) => tensor),
            [spellings[how]!(path)],
          );
        assert.equal(result.right.length, parameters.length);
      },
    ),
    runs,
  );
});

test("each name that stands on one side alone is told, all at once", () => {
  fc.assert(
    fc.property(names, names, (ours, theirs) => {
      const parameters = ours.map((name) => ({ name: `a${name}`, shape: [2] }));
      const tensors = theirs.map((name) => ({ name: `b${name}`, shape: [2] }));
      const result = matched(asked(parameters, tensors));
      assert.ok(E.isLeft(result));
      for (const { name } of [...parameters, ...tensors])
        assert.ok(
          result.left.some((line) => line.includes(`'s ${name} [2]`)),
          name,
        );
    }),
    runs,
  );
});

test("a shape that does not fit is no match, and its transpose is proposed", () => {
  const result = matched(asked([{ name: "W", shape: [2, 3] }], [{ name: "W", shape: [3, 2] }]));
  assert.ok(E.isLeft(result));
  assert.match(result.left.join("\n"), /W \[2, 3\] is no tensor of the module: perhaps --map W=W\.T/);
});

test("rows that nobody takes, or that two take, are told", () => {
  const parameters = [
    { name: "a", shape: [2] },
    { name: "b", shape: [2] },
  ];
  const tensors = [{ name: "all", shape: [6] }];
  const some = matched(asked(parameters, tensors, { a: "all[0:n]", b: "all[2:2n]" }));
  assert.match(E.isLeft(some) ? some.left.join() : "", /of all \[6\] the rows 4, 5 \(from 0\)/);
  const twice = matched(asked(parameters, tensors, { a: "all[1/3]", b: "all[1/3]" }));
  assert.match(E.isLeft(twice) ? twice.left.join() : "", /all \[6\] is taken twice: by a and b/);
  const lost = matched(asked(parameters, tensors, { x: "all", a: "none", b: "all[7/3]" }));
  assert.match(E.isLeft(lost) ? lost.left.join("\n") : "", /no parameter x(.|\n)*no tensor none(.|\n)*block 7 of 3/);
});

test("what cannot be read in a map is refused", () => {
  for (const text of ["W[", "W[0]", "W[]", "W[:,]", "W[:,:,:]", "W]", "", "a+", "W[1/2][1/2]"])
    assert.equal(readParts(text), undefined, text);
  for (const text of ["W", "W.T", "W[0:n].T", "W[n:2*n]", "a[1/4]+b.c[1/4]", "W[:, n:]", "W[0:]", "W[:n,1/2].T"])
    assert.notEqual(readParts(text), undefined);
});

const linkFor = (text: string, shape: ReadonlyArray<number>, tensors: Matching["tensors"]): Link => {
  const link = linkOf({ name: "p", shape }, text, tensors, { n: 2 });
  assert.ok(E.isRight(link), E.isLeft(link) ? link.left : "");
  return link.right;
};

const learned = (name: string, shape: Array<number>): TorchParameter => ({ name, shape, kind: "learned" });

test("blocks of rows, turned or not, and sums of tensors add up to the parameter", () => {
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 3 }), fc.boolean(), (rows, columns, block, isTurned) => {
      const tensors = [learned("W", [3 * rows, columns]), learned("R", [rows, columns])];
      const shape = isTurned ? [columns, rows] : [rows, columns];
      const turn = isTurned ? ".T" : "";
      const link = linkFor(`W[${block}/3]${turn}+R${turn}`, shape, tensors);
      const wanted = Array.from({ length: rows * columns }, (_, i) => i + 1);
      const values = tensorsOf([link], tensors, { p: wanted });
      const at = (name: string, row: number, column: number): number => values[name]![row * columns + column]!;
      for (let i = 0; i < rows; i += 1)
        for (let j = 0; j < columns; j += 1) {
          const sum = at("W", (block - 1) * rows + i, j) + at("R", i, j);
          assert.ok(Math.abs(sum - wanted[isTurned ? j * rows + i : i * columns + j]!) < 1e-12);
        }
    }),
    runs,
  );
});

/** A range of an axis as it is written, as numbers and as Python's slices have it. */
const rangeOf = (size: number) =>
  fc.tuple(fc.nat(size - 1), fc.integer({ min: 1, max: size })).map(([from, length]) => {
    const to = Math.min(size, from + length);
    return { text: `${from === 0 ? "" : from}:${to === size ? "" : to}`, from, to };
  });

test("rows and columns of a matrix are those that Python's slices are, turned or not", () => {
  const cuts = fc.tuple(side, side).chain(([height, width]) =>
    fc.record({
      height: fc.constant(height),
      width: fc.constant(width),
      rows: rangeOf(height),
      columns: rangeOf(width),
    }),
  );
  fc.assert(
    fc.property(cuts, fc.boolean(), ({ height, width, rows, columns }, isTurned) => {
      const shape = [rows.to - rows.from, columns.to - columns.from];
      const text = `W[${rows.text}, ${columns.text}]${isTurned ? ".T" : ""}`;
      const link = linkFor(text, isTurned ? shape.toReversed() : shape, [learned("W", [height, width])]);
      const taken = Array.from(link.parts[0]!.places, (place) => [Math.floor(place / width), place % width]);
      const wanted = Array.from({ length: shape[0]! * shape[1]! }, (_, i) => {
        const [row, column] = isTurned
          ? [i % shape[0]!, Math.floor(i / shape[0]!)]
          : [Math.floor(i / shape[1]!), i % shape[1]!];
        return [rows.from + row, columns.from + column];
      });
      assert.deepEqual(taken, wanted);
    }),
    runs,
  );
});

test("a map says the same either way round, with .T on either side", () => {
  fc.assert(
    fc.property(side, side, (rows, columns) => {
      const parameters = [{ name: "V", shape: [columns, rows] }];
      const tensors = [{ name: "head", shape: [rows, columns] }];
      const placesBy = (maps: Matching["maps"]): ReadonlyArray<number> => {
        const result = matched(asked(parameters, tensors, maps));
        return E.isRight(result) ? [...result.right[0]!.parts[0]!.places] : assert.fail(result.left.join());
      };
      for (const maps of [{ "head.T": "V" }, { head: "V.T" }])
        assert.deepEqual(placesBy(maps), placesBy({ V: "head.T" }));
    }),
    runs,
  );
});

test("columns that nobody takes, or that are not there, are told; two halves are the whole of a matrix", () => {
  const parameters = ["f", "b"].map((name) => ({ name, shape: [3, 2] }));
  const tensors = [{ name: "head", shape: [3, 4] }];
  const told = (maps: Matching["maps"], all = parameters): string => {
    const result = matched(asked(all, tensors, maps));
    return E.isLeft(result) ? result.left.join("\n") : "";
  };
  assert.equal(told({ f: "head[:,0:n]", b: "head[:,n:2n]" }), "");
  assert.equal(told({ f: "head[:,2/2]", b: "head[:,1/2]" }), "");
  assert.match(told({ f: "head[:,:2]" }, parameters.slice(0, 1)), /of head \[3, 4\] the columns 2, 3 \(from 0\)/);
  assert.match(told({ f: "head[:,1:3]", b: "head[:,2:4]" }), /head \[3, 4\] is taken twice/);
  assert.match(told({ f: "head[:,3:6]", b: "head[:,1/3]" }), /no columns from 3 to before 6(.|\n)*4 columns are no 3/);
  assert.match(told({ f: "head[0:n]", b: "head[:,0:2n]" }), /has the shape \[2, 4\](.|\n)*has the shape \[3, 4\]/);
});

test("to turn a matrix twice changes nothing", () => {
  fc.assert(
    fc.property(side, side, (rows, columns) => {
      const places = Int32Array.from({ length: rows * columns }, (_, i) => i);
      assert.deepEqual(turned(turned(places, [rows, columns]), [columns, rows]), places);
    }),
    runs,
  );
});

const numbers = fc.double({ min: 0.5, max: 2, noNaN: true });

test("equal gradients do not differ, one element that is off is named with its place, the loss before it", () => {
  fc.assert(
    fc.property(shapes, numbers, fc.nat(), fc.boolean(), (shape, value, place, isLossOff) => {
      const size = sizeOf(shape);
      const link = linkFor("W", shape, [learned("W", [...shape])]);
      const gradient = { p: Float64Array.from({ length: size }, (_, i) => value + i) };
      const right = { loss: value, gradient: { W: Array.from(gradient.p) } };
      assert.equal(firstDifference(compared({ loss: value, gradient }, right, [link]), 1e-8), undefined);
      const off = right.gradient.W.with(place % size, 0);
      const wrong = { loss: isLossOff ? value + 1 : value, gradient: { W: off } };
      const found = firstDifference(compared({ loss: value, gradient }, wrong, [link]), 1e-8);
      assert.equal(found?.of, isLossOff ? "loss" : "gradient");
      if (found?.of !== "gradient") return;
      assert.equal(
        found.index.reduce((flat, at, i) => flat * shape[i]! + at, 0),
        place % size,
      );
      assert.equal(found.torch, 0);
    }),
    runs,
  );
});

test("no number, or no gradient, on one side alone is a difference; on both sides none", () => {
  const link = linkFor("W", [1], [learned("W", [1])]);
  const nothing = { loss: 1, gradient: { p: Float64Array.of(Number.NaN) } };
  const some = { loss: 1, gradient: { p: Float64Array.of(1) } };
  const differs = (expected: typeof some, told: number | string | null): boolean =>
    firstDifference(compared(expected, { loss: 1, gradient: { W: told === null ? null : [told] } }, [link]), 1e-8) !==
    undefined;
  assert.equal(differs(nothing, "NaN"), false);
  assert.equal(differs(nothing, 1), true);
  assert.equal(differs(some, "Infinity"), true);
  assert.equal(differs(some, null), true);
  assert.equal(differs(some, 1), false);
});
