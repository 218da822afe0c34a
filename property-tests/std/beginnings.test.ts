import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { summary } from "../../src/cli/summary.ts";
import type { Compiled } from "../../src/compile.ts";
import { mustAgree } from "../../src/property/law.ts";
import { modelOf } from "./cells.ts";
import { compiled, runs, sequence } from "./compiled.ts";

/** A cell's value summed, with 400 components of input and as many units. */
const model = (cell: string): Compiled =>
  compiled(`import ${cell.split("(")[0]} from "std"
model M(n = 400) {
  axis t in 1..T
  input x[t] : R[400]
  h[t] = ${cell}(x[t])
  minimize sum[t](sumsq(h[t]))
}
`);

/** Whether numbers are as of a uniform distribution, by the greatest distance of its distribution function from theirs. */
/** The summary, its columns joined by single blanks. */
const told = (made: Compiled): string => summary(made).replaceAll(/ +/g, " ");

const mustBeUniform = (values: ReadonlyArray<number>, low: number, high: number): void => {
  const places = values.map((value) => (value - low) / (high - low)).sort((a, b) => a - b);
  assert.ok(places[0]! >= -1e-9 && places.at(-1)! <= 1 + 1e-9, `${low} to ${high}: ${places[0]}, ${places.at(-1)}`);
  // Of 400 numbers that are drawn so, it is beyond 2.5 / sqrt(400) once in a hundred thousand times.
  places.forEach((place, i) => {
    assert.ok(Math.abs(place - (i + 0.5) / places.length) <= 2.5 / Math.sqrt(places.length), `${place} is number ${i}`);
  });
};

for (const [cell, path, sign] of [
  ["ChronoLSTM", "h.b0", 1],
  ["ChronoGRU", "h.bz", -1],
] as const)
  test(`the memories of a ${cell}'s units start uniform from 2 steps to those asked for, and \`check\` says so`, () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 1000 }), fc.nat(1000), (memory, seed) => {
        const made = model(`${cell}(n, ${memory})`);
        const { [path]: drawn, ...others } = made.init(seed);
        // What is kept by sigmoid(b) at every step lasts 1 / (1 - sigmoid(b)) = 1 + exp(b) of them.
        mustBeUniform(
          [...drawn!].map((bias) => 1 + Math.exp(sign * bias)),
          2,
          memory,
        );
        for (const [name, values] of Object.entries(others))
          if (name.startsWith("h.b"))
            assert.ok(
              values.every((value) => value === 0),
              name,
            );
        const written = `${path} R[400] ~ ${sign < 0 ? "-" : ""}log(uniform(1, ${memory - 1}))`;
        assert.ok(told(made).includes(written), told(made));
      }),
      runs(3),
    );
  });

test("a ChronoLSTM is an LSTM that starts with what was drawn in its biases: the loss, and the gradient by all that is learned", () => {
  const of = (cell: string): Compiled => compiled(modelOf(cell), { statics: { n: 3, k: 2 } });
  const [chrono, plain] = [of("ChronoLSTM"), of("LSTM")];
  const { "h.b0": drawn, ...others } = chrono.init(7);
  const biases = { "h.bf": drawn!, "h.bi": drawn!.map((value) => -value) };
  const example = { x: sequence(2, 5, 2) };
  const [one, other] = [
    chrono.gradient(chrono.init(7), chrono.pack([example])),
    plain.gradient({ ...others, ...biases }, plain.pack([example])),
  ];
  mustAgree("the loss", [one.loss], [other.loss], 1e-12);
  assert.deepEqual(Object.keys(one.gradient).sort(), Object.keys(other.gradient).sort());
  for (const [path, values] of Object.entries(one.gradient)) mustAgree(path, values, other.gradient[path]!, 1e-12);
});

test("the steps of a selective scan start between 0.001 and 0.1, its rates at 1, 2, …, what it adds of the input at 1", () => {
  const made = model("SelectiveScan(6)");
  assert.ok(told(made).includes("h.bd R[400] ~ log(expm1(uniform(0.001, 0.1)))"), told(made));
  const { "h.bd": steps, "h.a": rates, "h.D": direct } = made.init(3);
  mustBeUniform(
    [...steps!].map((bias) => Math.log1p(Math.exp(bias))),
    0.001,
    0.1,
  );
  assert.deepEqual(new Set(rates), new Set([0]));
  assert.equal(rates!.length, 2400);
  assert.deepEqual(new Set(direct), new Set([1]));
});
