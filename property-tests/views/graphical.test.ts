import assert from "node:assert/strict";
import { test } from "node:test";
import type { Model } from "../../src/circuit/model.ts";
import { type GraphicalModel, isSeparated } from "../../src/views/d-separation.ts";
import { graphicalDiagram, graphicalModelOf } from "../../src/views/graphical-model.ts";
import { graphicalText } from "../../src/views/graphical-text.ts";
import { drawn, exampleModel, exampleNames, lengthsOf, modelOf, reads, titles } from "./models.ts";

const picture = (model: Model, length: number, states = true) =>
  graphicalDiagram(model, { lengths: lengthsOf(model, length), states });
const graph = (model: Model, length: number, states = true): GraphicalModel =>
  graphicalModelOf(picture(model, length, states));

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
