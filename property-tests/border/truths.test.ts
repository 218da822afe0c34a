import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

/** A truth over two axes, against their order, of several components; another at every step, which is read back. */
const source = `model M {
  axis t in 1..T
  axis s in 1..S
  param p : R[2] = 0.4
  param v : R = 0.3
  z[0] = 0
  z[t] ~ bernoulli(sigmoid(v * z[t-1]))
  y[s,t] : R[2] ~ bernoulli(p)
}
`;

const size = fc.integer({ min: 1, max: 3 });
const truth = fc.constantFrom(0, 1);
const list = <A>(entry: fc.Arbitrary<A>, length: number) => fc.array(entry, { minLength: length, maxLength: length });
const example = fc
  .tuple(size, size)
  .chain(([T, S]) => fc.record({ z: list(truth, T), y: list(list(list(truth, 2), T), S) }));
const notTruths = fc.constantFrom(-1, 2, 0.5, 1e-30, -Number.MIN_VALUE, 255, Number.POSITIVE_INFINITY);

for (const target of targetNames) {
  const model = compiledProgram(source, { target, precision: "f64", optimiser: "sgd" });
  const params = model.init(1);

  test(`a truth is 0 or 1: what else is packed is refused, with its example and its place (${target})`, () => {
    fc.assert(
      fc.property(fc.array(example, { minLength: 1, maxLength: 3 }), fc.nat(), notTruths, (given, at, found) => {
        const places = given.flatMap(({ z, y }, b) => [
          ...z.map((_, t) => ["z", b, t]),
          ...y.flatMap((row, s) => row.flatMap((_, t) => [0, 1].map((i) => ["y", b, s, t, i]))),
        ]);
        const [name, b, ...path] = places[at % places.length]! as [string, number, ...ReadonlyArray<number>];
        const batch = model.pack(given);
        const text = `examples[${b}].${name}${path.map((i) => `[${i}]`).join("")}`;
        const wrong = structuredClone(given) as ReadonlyArray<Example>;
        const last = path
          .slice(0, -1)
          .reduce<unknown>((inner, i) => (inner as Example[])[i], wrong[b as number]![name!]);
        (last as number[])[path.at(-1)!] = found;
        const refusal = { name: "RnncError", message: `${text}: expected a truth: 0 or 1, found ${found}` };
        assert.throws(() => model.pack(wrong), refusal);

        // In a batch that is there, the same place is found again.
        const [axes, count] = [batch.longest, batch.size];
        const [first = 0, second = 0, component = 0] = path;
        const place =
          name === "z" ? first * count + b : ((second * Number(axes.S) + first) * count + b) * 2 + component;
        const bent = structuredClone(batch);
        bent.values[name!]![place] = found;
        const again = { name: "RnncError", message: `batch.values.${name}[${place}], which is ${refusal.message}` };
        assert.throws(() => model.loss(params, bent), again);
        assert.throws(() => model.gradient(params, bent), again);
        assert.throws(() => model.trainer(params).step(bent, { rate: 1 }), again);
      }),
      { numRuns: often(40) },
    );
  });
}

test("a truth is 0 or 1 where it is given to a step or a prefix", () => {
  const model = compiledProgram(
    "model M {\n  axis t in 1..T\n  param v : R[2] = 0.3\n  z[0] = [0; 0]\n  z[t] : R[2] ~ bernoulli(sigmoid(v * z[t-1]))\n}\n",
  );
  const params = model.init(1);
  assert.throws(() => model.step(params, model.start(params), { z: [1, 0.5] }), {
    message: "input.z[0][1]: expected a truth: 0 or 1, found 0.5",
  });
  assert.throws(() => model.generate(params, { length: 2, prefix: { z: [[0, 3]] } }), {
    message: "options.prefix[0].z[0][1]: expected a truth: 0 or 1, found 3",
  });
});
