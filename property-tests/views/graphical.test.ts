import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Model } from "../../src/circuit/model.ts";
import { type GraphicalModel, isSeparated } from "../../src/views/d-separation.ts";
import { graphicalDiagram, graphicalModelOf } from "../../src/views/graphical-model.ts";
import { graphicalText } from "../../src/views/graphical-text.ts";
import { drawn, exampleModel, exampleNames, lengthsOf, modelOf, reads, titles } from "./models.ts";

const picture = (model: Model, length: number, states = true) =>
  graphicalDiagram(model, { lengths: lengthsOf(model, length), states });
const graph = (model: Model, length: number, states = true): GraphicalModel =>
  graphicalModelOf(picture(model, length, states));

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

const hello = exampleModel("hello.rnn");

test("without its states, a network whose outputs come back in is fully connected: every past y influences y", () => {
  const diagram = picture(hello, 4, false);
  assert.deepEqual(reads(diagram, "y[4]"), ["y[1]", "y[2]", "y[3]"]);
  assert.deepEqual(reads(diagram, "y[1]"), []);
});

test("with its states, each y has one parent, and the past influences it through the state alone", () => {
  const diagram = picture(hello, 4);
  for (const t of [1, 2, 3, 4]) assert.deepEqual(reads(diagram, `y[${t}]`), [`s[${t}]`]);
  assert.deepEqual(reads(diagram, "s[3]"), ["y[2]", "s[2]"]);
  const model = graph(hello, 4);
  assert.ok(!isSeparated(model, "y[1]", "y[4]", []));
  assert.ok(isSeparated(model, "y[1]", "y[4]", ["s[3]", "y[3]"]));
  assert.ok(isSeparated(model, "y[1]", "y[4]", ["s[4]"]));
  assert.ok(!isSeparated(model, "y[1]", "y[4]", ["y[2]", "y[3]"]));
  assert.ok(isSeparated(model, "y[2]", "s[2]", ["y[1]"]), "the state is a function of the past");
});

test("a model of Markov order 2 has edges from the two outputs before, which separate the past from the future", () => {
  const markov = modelOf(
    "model Markov(K = 3) {\naxis t in 1..T\nparam A, B : R[K,K]\ny[_] = 0\ny[t] : symbol[K] ~ categorical(softmax(A onehot(y[t-1]) + B onehot(y[t-2])))\n}",
  );
  const diagram = picture(markov, 5);
  assert.deepEqual(reads(diagram, "y[5]"), ["y[3]", "y[4]"]);
  assert.deepEqual(reads(diagram, "y[2]"), ["y[1]"]);
  const model = graphicalModelOf(diagram);
  assert.ok(isSeparated(model, "y[1]", "y[4]", ["y[2]", "y[3]"]));
  assert.ok(!isSeparated(model, "y[1]", "y[4]", ["y[3]"]));
});

const hmm = modelOf(
  "model HMM(K = 2, V = 3) {\naxis t in 1..T\nparam first : R[K]\nparam A : R[K,K]\nparam B : R[V,K]\ny[0] = 0\n" +
    "y[t] : symbol[K] ~ categorical(softmax(if t == 1 then first else A onehot(y[t-1])))\n" +
    "x[t] : symbol[V] ~ categorical(softmax(B onehot(y[t])))\n}",
);

test("a hidden Markov model factorises as on the slide, and its state separates past, present and future", () => {
  const model = graph(hmm, 3);
  const text = graphicalText(model, model, []);
  for (const factor of [
    "p(y[1])",
    "p(x[1] | y[1])",
    "p(y[2] | y[1])",
    "p(x[2] | y[2])",
    "p(y[3] | y[2])",
    "p(x[3] | y[3])",
  ])
    assert.ok(text.includes(` ${factor}\n`), text);
  for (const [a, b] of [
    ["y[1]", "y[3]"],
    ["x[1]", "x[3]"],
    ["x[2]", "y[3]"],
  ] as const) {
    assert.ok(isSeparated(model, a, b, ["y[2]"]));
    assert.ok(
      !isSeparated(
        model,
        a,
        b,
        ["x[2]"].filter((name) => name !== a),
      ),
    );
  }
});

test("given the inputs, outputs that do not come back in are independent of each other", () => {
  const text = graphicalText(graph(exampleModel("type-one.rnn"), 3), graph(exampleModel("type-one.rnn"), 3, false), []);
  assert.ok(text.startsWith("p(y[1], y[2], y[3] | x[1], x[2], x[3])\n  = p(y[1] | x[1])\n  · p(y[2] | x[1], x[2])\n"));
  for (const pair of ["y[1] ⟂ y[2]", "y[1] ⟂ y[3]", "y[2] ⟂ y[3]"]) assert.ok(text.includes(`${pair}\n`), text);
});

test("an output that may see the whole input, as from both directions, has all of it for parents", () => {
  const diagram = picture(exampleModel("bidirectional.rnn"), 3, false);
  for (const t of [1, 2, 3]) assert.deepEqual(reads(diagram, `y[${t}]`), ["x[1]", "x[2]", "x[3]"]);
});

test("Graphviz draws the graphical model of every example that has random variables", () => {
  for (const name of exampleNames) {
    const model = exampleModel(name);
    if (model.randoms.length === 0) continue;
    const diagram = picture(model, 2);
    assert.ok(titles(diagram, "random").length > 0);
    assert.deepEqual([...drawn(diagram).nodes].sort(), diagram.nodes.map(({ key }) => key).sort());
  }
});
