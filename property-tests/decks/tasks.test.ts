import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { drawnOf, type Part, times } from "../../examples/tasks/dice.ts";
import { accuracy } from "../../examples/tasks/measure.ts";
import type { Task } from "../../examples/tasks/task.ts";
import { tasks } from "../../examples/tasks/tasks.ts";
import { compiledProgram, compiledTask, train } from "../../examples/tasks/train.ts";
import { checkGradient } from "../../src/check/gradient.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { compiled, gradientOf, outputsOf, paramsOf, runs } from "../std/compiled.ts";
import { equivalent } from "./alike.ts";

const all = tasks();
const named = (name: string): Task => all.find((task) => task.name === name)!;
/** Over which axes a task's inputs stand, and over which what it is asked for. */
const shapeOf = (task: Task): string => {
  const { inputs, targets } = compiledTask(task).model;
  const over = (variables: typeof inputs) => [...new Set(variables.flatMap(({ indices }) => indices))].join() || "one";
  return `${inputs.length === 0 ? "none" : over(inputs)} to ${over(targets)}`;
};

const kinds: ReadonlyArray<readonly [kind: string, shape: string, names: ReadonlyArray<string>]> = [
  ["one to one", "one to one", ["one to one: a class of a point", "problem 1: reverse a bit"]],
  [
    "one to many",
    "one to t",
    [...["each-step", "first-state", "both"].map((way) => `one to many: captions, ${way}`), "names: generation"],
  ],
  [
    "many to one",
    "t to one",
    [...["last", "mean"].map((head) => `many to one: sentiment, ${head}`), "names: female or male"],
  ],
  ["many to many of equal lengths", "t to t", ["named entities", "word segmentation", "problem 3: over time"]],
  ["many to many, each read by the next", "none to t", ["characters: hello"]],
  ["many to many of unequal lengths", "j to i", ["translation with attention", "parse tree as a string"]],
];
for (const [kind, shape, names] of kinds)
  test(`${kind}: what goes in and what comes out stand over the axes of that kind`, () => {
    for (const name of names) assert.equal(shapeOf(named(name)), shape, name);
  });

test("named entities, segmentation and part-of-speech tags are asked of modules of one type", () => {
  const typeOf = (program: string, statics: Task["statics"] = {}) =>
    compiledProgram(program, { statics }).declarationText.replace(/\d+/g, "N");
  const [entities, segments] = ["named entities", "word segmentation"].map(named);
  assert.equal(typeOf("tagger", entities!.statics), typeOf("tagger", segments!.statics));
  assert.equal(typeOf("tagger", entities!.statics), typeOf("tagger", { V: 5000, m: 12 }));
  const asked = (program: string) => {
    const { targets, outputs } = compiledProgram(program).model;
    return [targets, outputs].map((variables) => variables.map(({ name, indices }) => [name, indices]));
  };
  assert.deepEqual(asked("tagger-endings"), asked("tagger"));
});

/** Who did what: of the same words the first is the one who acts, or, in the passive, the one who is acted on. */
const roles = (part: Part): ReadonlyArray<Example> =>
  drawnOf(part, 1, 200, (dice) => {
    const [one, other, verb] = [dice.below(8), dice.below(8), 8 + dice.below(4)];
    const [isPassive, asides] = [dice.chance(0.5), times(dice.below(3), () => 14 + dice.below(3))];
    return isPassive
      ? { w: [...asides, one, 12, verb, 13, other], y: [...asides.map(() => 0), 3, 0, 2, 0, 1] }
      : { w: [...asides, one, verb, other], y: [...asides.map(() => 0), 1, 2, 3] };
  });

test("the tagger labels semantic roles too, which follow from words that come later: all right in new sentences", () => {
  const model = compiledProgram("tagger", { statics: { V: 17, m: 4, d: 8, n: 12 } });
  const trained = train(model, roles("training"), { steps: 200, batch: 16, rate: 0.02 });
  assert.equal(accuracy(trained, roles("heldOut")), 1);
});

test("one to one is regression as well: a perceptron learns a curve to a twentieth of its height, at points that it never saw", () => {
  const model = compiled(
    "model M(n = 12) {\n  input x : R\n  param W, v : R[n] ~ normal(0, 1)\n  param b : R[n] ~ normal(0, 1)\n  param c = 0\n  output mu = v^T tanh(W * x + b) + c\n  y ~ normal(mu, 0.1)\n}",
    { precision: "f32", optimiser: "adam" },
  );
  assert.deepEqual(model.model.axes, []);
  const curve = (x: number): number => Math.sin(3 * x);
  const points = times(40, (i) => -1 + i / 20);
  const trained = train(
    model,
    points.map((x) => ({ x, y: curve(x) })),
    { steps: 600, batch: 20, rate: 0.03 },
  );
  for (const x of points.map((point) => point + 1 / 40).slice(0, -1))
    assert.ok(Math.abs(outputsOf(model, trained.params, { x }).mu![0]! - curve(x)) < 0.1, `${x}`);
});

test("a question with several answers to choose from is many to one: turned around with them, the choice stays the same, and the gradient is exact", () => {
  const model = compiled(`import Encode, GRU from "std"
model Choice(V = 6, n = 4, d = 3) {
  axis t in 1..T
  axis c in 1..3
  axis j in 1..N[c]
  input q[t] : symbol[V]
  input a[c,j] : symbol[V]
  param E : R[V,d] ~ normal(0, 0.5)
  question = Encode(GRU, n)(E[q[t]])
  answer[c] = Encode(GRU, n)(E[a[c,j]])
  e[c] = dot(question, answer[c])
  output p = softmax([e[1]; e[2]; e[3]])
  y : symbol[3] ~ categorical(p)
}`);
  assert.ok(checkGradient(model, { seed: 3, elements: 6 }).passed);
  const texts = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 });
  const seeds = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(seeds, texts, fc.tuple(texts, texts, texts), fc.nat({ max: 2 }), (seed, q, a, y) => {
      const params = paramsOf(model.model, seed);
      const [one, turned] = [
        { q, a, y },
        { q, a: a.toReversed(), y: 2 - y },
      ];
      equivalent({ p: outputsOf(model, params, turned).p!.toReversed() }, outputsOf(model, params, one));
      equivalent({ loss: [gradientOf(model, params, turned).loss] }, { loss: [gradientOf(model, params, one).loss] });
    }),
    runs(20),
  );
});
