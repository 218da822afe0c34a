import { test } from "node:test";
import { mustAgree } from "../../src/property/law.ts";
import { compiledProgram } from "../property/programs.ts";

const position = `model M {
  axis t in 1..T
  input x[t]
  param w = 0.5
  h[t] = x[t] + w
  minimize h[T]^2
}`;

test("the gradient of a value at the end goes to the end, also of a sequence of one", () => {
  const model = compiledProgram(position, { loss: "sum" });
  for (const x of [[3], [1, 2, 3], [0, 0, 0, 0, 3]]) {
    const { gradient } = model.gradient({ w: Float64Array.of(0.5) }, model.pack([{ x }]));
    mustAgree("the gradient by w", gradient.w!, [7], 1e-12);
  }
});

const before = (by: number): string => `model M {
  axis t in 1..T
  input x[t]
  param w = 0.5
  h[t] = x[t] * w
  minimize h[T-${by}]^2 + 3 * h[T]
}`;

test("the gradient of a value so many positions before the end goes there", () => {
  for (const by of [1, 2, 3]) {
    const model = compiledProgram(before(by), { loss: "sum" });
    for (const length of [by + 1, by + 2, by + 4]) {
      const x = Array.from({ length }, (_, t) => 0.7 * t - 1.1);
      const [there, last] = [x[length - 1 - by]!, x[length - 1]!];
      const { gradient } = model.gradient({ w: Float64Array.of(0.5) }, model.pack([{ x }]));
      mustAgree("the gradient by w", gradient.w!, [2 * 0.5 * there ** 2 + 3 * last], 1e-12);
    }
  }
});

test("steps count positions from 1", () => {
  const model = compiledProgram(`model M {
    axis t in 1..T
    input x[t]
    s[0] = 0
    s[t] = s[t-1] + t * x[t]
    output o[t] = s[t] + (if t == 3 then 100 else 0)
  }`);
  let state = model.start({});
  const found = [1, 1, 1, 1].map((x) => {
    const { state: after, output } = model.step({}, state, { x });
    state = after;
    return output.o![0]!;
  });
  mustAgree("o", found, [1, 3, 106, 10], 1e-12);
});
