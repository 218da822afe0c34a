import assert from "node:assert/strict";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";

/** The outputs and the gradient of what `h[t]` is, at the same parameters in the order that they are declared in. */
const valuesOf = (definition: string, cells: string) => {
  const { init, pack, forward, gradient } = compiledProgram(`import ${cells} from "std"
model M {
  axis t in 1..T
  input x[t] : R[2]
  param w = 1
  h[t] = ${definition}
  output h
  minimize w * sum[t](sumsq(h[t]))
}`);
  const params = Object.fromEntries(
    Object.entries(init(1)).map(([path, values], k) => [path, values.map((_, i) => Math.sin(1 + 3 * k + i))]),
  );
  const batch = pack([
    {
      x: [
        [1, -2],
        [0.5, 3],
      ],
    },
    { x: [[2, 0.1]] },
  ]);
  return {
    output: forward(params, batch).h!.data,
    gradient: Object.values(gradient(params, batch).gradient),
  };
};

test("a stack without layers is its input", () => {
  assert.deepEqual(valuesOf("Stack(GRU, 2, 0)(x[t])", "Stack, GRU"), valuesOf("x[t]", "GRU"));
});

test("a stack of one layer, whose family of further layers has no members, is that layer", () => {
  assert.deepEqual(valuesOf("StackWithInput(GRU, 3, 1)(x[t])", "StackWithInput, GRU"), valuesOf("GRU(3)(x[t])", "GRU"));
});
