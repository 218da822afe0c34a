import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type GraphicalModel, isSeparated } from "../../src/views/d-separation.ts";

/** Up to 6 binary variables, each with parents among those before it; some are functions of their parents. */
const models = fc
  .array(fc.record({ parents: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), isDetermined: fc.boolean() }), {
    minLength: 2,
    maxLength: 6,
  })
  .map(
    (rows): GraphicalModel => ({
      variables: rows.map(({ parents, isDetermined }, i) => ({
        name: String(i),
        parents: rows.flatMap((_, j) => (j < i && parents[j] === true ? [String(j)] : [])),
        isDetermined,
      })),
    }),
  );
const cases = fc
  .record({
    model: models,
    places: fc.tuple(fc.nat(), fc.nat()),
    given: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    seed: fc.integer(),
  })
  .map(({ model, places, given, seed }) => {
    const names = model.variables.map(({ name }) => name);
    const a = names[places[0] % names.length]!;
    const b = names.filter((name) => name !== a)[places[1] % (names.length - 1)]!;
    return { model, a, b, given: names.filter((name, i) => name !== a && name !== b && given[i] === true), seed };
  });

/** The probability of each assignment, with random tables that depend on the seed. */
const jointOf = (
  { variables }: GraphicalModel,
  seed: number,
): ReadonlyArray<readonly [ReadonlyArray<number>, number]> => {
  const random = (...keys: ReadonlyArray<number>): number => {
    const hash = keys.reduce((sum, key) => (Math.imul(sum ^ key, 0x9e3779b1) ^ (sum >>> 13)) >>> 0, seed >>> 0);
    return 0.05 + 0.9 * ((Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0) / 2 ** 32);
  };
  return Array.from({ length: 2 ** variables.length }, (_, bits) => {
    const values = variables.map((_, i) => (bits >> i) & 1);
    const probability = variables.reduce((product, { parents, isDetermined }, i) => {
      const one = random(i, ...parents.map((parent) => values[Number(parent)]!));
      const chance = isDetermined ? Number(one > 0.5) : one;
      return product * (values[i] === 1 ? chance : 1 - chance);
    }, 1);
    return [values, probability] as const;
  });
};

test("variables that are d-separated are independent in every distribution over the graph", () => {
  fc.assert(
    fc.property(cases, ({ model, a, b, given, seed }) => {
      fc.pre(isSeparated(model, a, b, given));
      const joint = jointOf(model, seed);
      for (const [known] of joint) {
        const sum = (...also: ReadonlyArray<string>): number =>
          joint.reduce((total, [values, p]) => {
            const agrees = [...given, ...also].every((name) => values[Number(name)] === known[Number(name)]);
            return agrees ? total + p : total;
          }, 0);
        assert.ok(Math.abs(sum(a, b) * sum() - sum(a) * sum(b)) < 1e-12);
      }
    }),
    { numRuns: 150 },
  );
});

/** Whether two variables are apart in the moral graph of the ancestors (Lauritzen and others 1990). */
const apartInMoralGraph = (
  { variables }: GraphicalModel,
  a: string,
  b: string,
  given: ReadonlyArray<string>,
): boolean => {
  const of = new Map(variables.map((variable) => [variable.name, variable.parents]));
  const ancestors = new Set([a, b, ...given]);
  for (const name of ancestors) for (const parent of of.get(name)!) ancestors.add(parent);
  const families = [...ancestors].map((name) => [name, ...of.get(name)!]);
  const reached = new Set([a]);
  for (const name of reached)
    for (const family of families)
      if (family.includes(name)) for (const other of family) if (!given.includes(other)) reached.add(other);
  return !reached.has(b);
};

test("where nothing is determined, d-separation is separation in the moral graph of the ancestors", () => {
  fc.assert(
    fc.property(cases, ({ model, a, b, given }) => {
      const random = { variables: model.variables.map((variable) => ({ ...variable, isDetermined: false })) };
      assert.equal(isSeparated(random, a, b, given), apartInMoralGraph(random, a, b, given));
    }),
    { numRuns: 500 },
  );
});
