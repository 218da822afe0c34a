import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Constant, type Hoist, type Integer, isWorthAName, newHoist } from "../../src/emit/hoist.ts";
import type { Index } from "../../src/loops/loops.ts";
import { dimension, fixed, type Size, times } from "../../src/loops/size.ts";

/** Bodies of nested loops over `i`, `j`, `k`, from the outermost; the variables of all are 3, 5 and 7, `x` is bound by none. */
const variables = ["i", "j", "k"];
const values: Readonly<Record<string, number>> = { i: 3, j: 5, k: 7, x: 11 };
const dimensions = [2, 13, 17];
const starts = [0, 100, 1000];

const bodies = (depth: number, isNamed: typeof isWorthAName): ReadonlyArray<Hoist> => {
  const nest = [newHoist(isNamed)];
  for (const variable of variables.slice(0, depth)) nest.push(nest.at(-1)!.inside(variable));
  return nest;
};

const sizes: fc.Arbitrary<Size> = fc
  .tuple(fc.constantFrom(0, 1, 1, 2, 3), fc.subarray([0, 1, 2]))
  .map(([factor, dims]) => dims.map(dimension).reduce(times, fixed(factor)));

const indices: fc.Arbitrary<Index> = fc.record({
  terms: fc
    .subarray(Object.keys(values))
    .chain((names) => fc.tuple(...names.map((variable) => sizes.map((stride) => ({ variable, stride }))))),
  constant: fc.array(sizes, { maxLength: 2 }),
});

const sizeValue = ({ factor, dims }: Size): number => dims.reduce((product, d) => product * dimensions[d]!, factor);
const indexValue = ({ terms, constant }: Index): number =>
  [...terms.map(({ variable, stride }) => values[variable]! * sizeValue(stride)), ...constant.map(sizeValue)].reduce(
    (sum, each) => sum + each,
    0,
  );

/** The value of an integer where the names in scope have these values; a name out of scope is a mistake. */
const integerValue =
  (scope: ReadonlyMap<string, number>) =>
  (integer: Integer): number => {
    switch (integer.tag) {
      case "fixed":
        return integer.value;
      case "dimension":
        return dimensions[integer.dimension]!;
      case "start":
        return starts[integer.buffer]!;
      case "name":
        assert.ok(scope.has(integer.name), `${integer.name} is not known here`);
        return scope.get(integer.name)!;
      case "sum":
        return integer.terms.map(integerValue(scope)).reduce((a, b) => a + b, 0);
      case "product":
        return integer.factors.map(integerValue(scope)).reduce((a, b) => a * b, 1);
    }
  };

/** What is known at each body: variables and constants of it and of those around it, declared in their order. */
const scopesOf = (nest: ReadonlyArray<Hoist>): ReadonlyArray<ReadonlyMap<string, number>> => {
  const known = new Map<string, number>();
  return nest.map((body, depth) => {
    if (depth > 0) known.set(variables[depth - 1]!, values[variables[depth - 1]!]!);
    for (const { name, value } of body.constants()) known.set(name, integerValue(known)(value));
    return new Map(known);
  });
};

/** For an index that a body asks for: the innermost loop around which it varies, or -1. */
const deepestOf = ({ terms }: Index, depth: number): number =>
  Math.max(-1, ...terms.map(({ variable }) => variables.slice(0, depth).indexOf(variable)));

const asked = fc.array(
  fc.record({ depth: fc.nat(3), buffer: fc.nat(2), index: indices, unit: fc.constantFrom(1, 4, 8) }),
  { minLength: 1, maxLength: 5 },
);

for (const [described, isNamed] of [
  ["constants have names", isWorthAName],
  ["nothing has a name", () => false],
] as const)
  test(`an address is the start of its buffer and each term times its stride, of what its body knows: ${described}`, () => {
    fc.assert(
      fc.property(asked, (questions) => {
        const nest = bodies(3, isNamed);
        const answers = questions.map(({ depth, buffer, index, unit }) => ({
          address: nest[depth]!.address(buffer, index, unit),
          integer: nest[depth]!.integer(index),
        }));
        const scopes = scopesOf(nest);
        questions.forEach(({ depth, buffer, index, unit }, i) => {
          // What no loop of the nest binds is bound where the index stands.
          const scope = new Map([...Object.entries(values), ...scopes[depth]!]);
          assert.equal(integerValue(scope)(answers[i]!.address), starts[buffer]! + unit * indexValue(index));
          assert.equal(integerValue(scope)(answers[i]!.integer), indexValue(index));
        });
      }),
    );
  });

test("a constant stands at the head of the outermost body that knows all of it, once", () => {
  fc.assert(
    fc.property(asked, (questions) => {
      const nest = bodies(3, isWorthAName);
      for (const { depth, buffer, index, unit } of questions) nest[depth]!.address(buffer, index, unit);
      const homes = new Map<string, number>(variables.map((variable, i) => [variable, i + 1]));
      nest.forEach((body, depth) => {
        const constants = body.constants();
        for (const { name, value } of constants) {
          assert.equal(Math.max(0, ...namesIn(value).map((each) => homes.get(each)!)), depth);
          homes.set(name, depth);
        }
        assert.equal(new Set(constants.map(({ value }) => JSON.stringify(value))).size, constants.length);
        assert.ok(constants.every(({ value }) => isWorthAName(value)));
      });
    }),
  );
});

test("in the body where an index varies stand one constant and its innermost term alone", () => {
  fc.assert(
    fc.property(indices, fc.nat(3), (index, depth) => {
      const bound = {
        ...index,
        terms: index.terms.filter(({ variable }) => variables.slice(0, depth).includes(variable)),
      };
      const found = bodies(depth, isWorthAName)[depth]!.address(1, bound, 4);
      const deepest = deepestOf(bound, depth);
      const terms = found.tag === "sum" ? found.terms : [found];
      assert.ok(terms.length <= 2, JSON.stringify(found));
      for (const variable of terms.flatMap(namesIn).filter((name) => name in values))
        assert.equal(variable, variables[deepest]);
    }),
  );
});

test("sums have no zero, products no one, and neither has a single part", () => {
  fc.assert(
    fc.property(asked, (questions) => {
      const nest = bodies(3, isWorthAName);
      const found = questions.map(({ depth, buffer, index, unit }) => nest[depth]!.address(buffer, index, unit));
      const declared = nest.flatMap((body) => body.constants()).map(({ value }: Constant) => value);
      for (const integer of [...found, ...declared].flatMap(partsOf)) {
        if (integer.tag === "sum") assert.ok(integer.terms.length > 1 && !integer.terms.some(isFixed(0)));
        if (integer.tag === "product")
          assert.ok(
            integer.factors.length > 1 && !integer.factors.some((factor) => isFixed(0)(factor) || isFixed(1)(factor)),
          );
      }
    }),
  );
});

const isFixed =
  (value: number) =>
  (integer: Integer): boolean =>
    integer.tag === "fixed" && integer.value === value;

const partsOf = (integer: Integer): ReadonlyArray<Integer> => {
  if (integer.tag === "sum") return [integer, ...integer.terms.flatMap(partsOf)];
  return integer.tag === "product" ? [integer, ...integer.factors.flatMap(partsOf)] : [integer];
};

const namesIn = (integer: Integer): ReadonlyArray<string> =>
  partsOf(integer).flatMap((part) => (part.tag === "name" ? [part.name] : []));

test("what has a name is neither a number nor a name", () => {
  const each: ReadonlyArray<Integer> = [
    { tag: "fixed", value: 3 },
    { tag: "dimension", dimension: 0 },
    { tag: "start", buffer: 0 },
    { tag: "name", name: "i" },
    { tag: "sum", terms: [] },
    { tag: "product", factors: [] },
  ];
  assert.deepEqual(
    each.filter(isWorthAName).map(({ tag }) => tag),
    ["dimension", "start", "sum", "product"],
  );
});

test("the address of an element of a matrix: its row is a constant of the outer loop", () => {
  const [root, outer, inner] = bodies(2, isWorthAName);
  const index: Index = {
    terms: [
      { variable: "i", stride: dimension(1) },
      { variable: "j", stride: fixed(1) },
    ],
    constant: [fixed(2)],
  };
  const name = (text: string): Integer => ({ tag: "name", name: text });
  assert.deepEqual(inner!.address(1, index, 1), { tag: "sum", terms: [name("x2"), name("j")] });
  assert.deepEqual(root!.constants(), [
    {
      name: "x0",
      value: {
        tag: "sum",
        terms: [
          { tag: "start", buffer: 1 },
          { tag: "fixed", value: 2 },
        ],
      },
    },
    { name: "x1", value: { tag: "dimension", dimension: 1 } },
  ]);
  assert.deepEqual(outer!.constants(), [
    { name: "x2", value: { tag: "sum", terms: [name("x0"), { tag: "product", factors: [name("i"), name("x1")] }] } },
  ]);
  assert.deepEqual(inner!.constants(), []);
});
