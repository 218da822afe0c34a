import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { noCoding } from "../../src/data/coding/coding.ts";
import { declaredIn } from "../../src/data/coding/declared.ts";
import { drawnAs } from "../../src/data/coding/drawn.ts";
import { drawnFrom } from "../../src/data/drawn-from.ts";
import type { Nested } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { compiledProgram } from "../property/programs.ts";

const axes = ["t", "i", "j"] as const;
type At = Readonly<Record<string, number>>;
const orders = fc.shuffledSubarray([...axes], { minLength: 3, maxLength: 3 });

const nested = (order: ReadonlyArray<string>, sizes: At, leaf: (at: At) => unknown, at: At = {}): unknown => {
  const [axis, ...rest] = order;
  if (axis === undefined) return leaf(at);
  return Array.from({ length: sizes[axis]! }, (_, k) => nested(rest, sizes, leaf, { ...at, [axis]: k }));
};

test("what is drawn stands in the order in which the target is written, each component in its own units, whatever the order of the axes", () => {
  fc.assert(
    fc.property(
      orders,
      orders,
      orders,
      fc.nat({ max: 3 }),
      fc.nat({ max: 2 }),
      fc.boolean(),
      (declared, target, other, length, size, isList) => {
        const source = `model M {
${declared.map((axis) => `  axis ${axis} in 1..${{ t: "T", i: "N", j: "2" }[axis]}`).join("\n")}
  input x[t] : R
  input z[i] : R
  y[${target}] : R[2] ~ normal([x[t] + z[i] + j; 10 * j], 0.1)
  v[${other}] ~ normal(x[t] - z[i] + 5 * j, 0.1)
}`;
        const model = compiledProgram(source);
        const sizes = { t: length + 1, i: size, j: 2 };
        const x = Array.from({ length: sizes.t }, (_, t) => 100 * (t + 1));
        const z = Array.from({ length: sizes.i }, (_, i) => 1000 * (i + 1));
        const example: Readonly<Record<string, Nested>> = { x, z };
        const coding = {
          ...noCoding,
          scalings: { y: { mean: [1, 2], deviation: [3, 4] }, v: { mean: [5], deviation: [6] } },
        };
        const drawing = { choose: "mode", ...(isList ? { several: 1 } : {}) } as const;
        const [drawn] = [...drawnFrom(model, {}, [example], drawing)];
        const told = drawnAs(declaredIn(source, "m.rnn"), coding, drawn!, isList);
        const right = {
          y: nested(target, sizes, ({ t, i, j }) => [1 + 3 * (x[t!]! + z[i!]! + j! + 1), 2 + 4 * (10 * (j! + 1))]),
          v: nested(other, sizes, ({ t, i, j }) => 5 + 6 * (x[t!]! - z[i!]! + 5 * (j! + 1))),
        };
        assert.deepEqual(told, isList ? { y: [right.y], v: [right.v] } : right);
      },
    ),
    { numRuns: often(60) },
  );
});
