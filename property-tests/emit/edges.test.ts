import assert from "node:assert/strict";
import { test } from "node:test";
import { newBuilder } from "../../src/circuit/build.ts";
import { evaluate } from "../../src/circuit/evaluate.ts";
import { callableNames, isPointwise, pointwiseFunctions } from "../../src/elaborate/functions.ts";
import { targetNames } from "../../src/emit/targets.ts";
import type { Precision } from "../../src/runtime/interface.ts";
import { compiledProgram } from "../property/programs.ts";

const [inf, nan] = [Number.POSITIVE_INFINITY, Number.NaN];

/** Where functions are at their edges: more than one vector of them, and not a whole number of vectors. */
const edges: ReadonlyArray<number> = [nan, inf, -inf, 0, -0, 1e-45, -1e-45, 2 ** -149, 2 ** -127, -(2 ** -127), 3e38, -3e38, 1, -1, 0.5, -1e-20, -100]; // biome-ignore format: a table

const unary = callableNames.filter((name) => isPointwise(name) && pointwiseFunctions[name].arity === 1);
const binary = ["min", "max", "logaddexp"] as const;

/** The value of a function by definition. */
const meant = (name: string, ...operands: ReadonlyArray<number>): number => {
  const b = newBuilder();
  const inputs = operands.map((_, i) => b.input(`x${i}`, []));
  const node = pointwiseFunctions[name as keyof typeof pointwiseFunctions].meaning(b, ...(inputs as [number, number]));
  const circuit = b.finish([{ role: "output", name: "o", node, axes: [] }]);
  const values = Object.fromEntries(operands.map((operand, i) => [`x${i}`, operand]));
  return evaluate(circuit, { parameters: {}, inputs: values, lengths: {} })[0]!.data[0]!;
};

const rounded = (x: number, precision: Precision): number => (precision === "f32" ? Math.fround(x) : x);

/** Far from 0 a sine is only known to lie between -1 and 1. */
const isFar = (name: string, x: number): boolean => ["sin", "cos"].includes(name) && Math.abs(x) > 2 ** 20 && Number.isFinite(x); // biome-ignore format: one line

/** Not-a-number is itself, infinities are themselves, others agree to a few units in the last place. */
const agree = (what: string, found: number, expected: number, precision: Precision): void => {
  const [relative, least] = precision === "f32" ? [1e-6, 2 ** -149] : [1e-14, 2 ** -1074];
  const isSame = Object.is(found, expected) || found === expected;
  assert.ok(
    isSame || Math.abs(found - expected) <= Math.max(relative * Math.abs(expected), 2 * least),
    `${what} is ${found}, not ${expected}`,
  );
};

for (const target of targetNames)
  for (const precision of ["f64", "f32"] as const) {
    test(`at its edges every function is what it is by definition, alone and in a vector: ${target} in ${precision}`, () => {
      const n = edges.length;
      const outputs = unary.map((name) => `output vector_${name} = ${name}(v)\n  output alone_${name} = ${name}(s)`);
      const pairs = binary.map(
        (name) => `output vector_${name} = ${name}(v, w)\n  output alone_${name} = ${name}(s, r)`,
      );
      const model = compiledProgram(
        `model M {\n  param v, w : R[${n}]\n  param s, r : R\n  output most = max(v)\n  ${[...outputs, ...pairs].join("\n  ")}\n}`,
        { target, precision },
      );
      edges.forEach((_, shift) => {
        const v = Float64Array.from(edges, (x) => rounded(x, precision));
        const w = v.map((_, i) => v[(i + shift) % n]!);
        const found = model.forward(
          { v, w, s: v.slice(shift, shift + 1), r: w.slice(shift, shift + 1) },
          model.pack([{}]),
        );
        for (const name of [...unary, ...binary]) {
          v.forEach((x, i) => {
            if (isFar(name, x)) return;
            const expected = rounded(meant(name, x, w[i]!), precision);
            agree(`${name}(${x}, ${w[i]})`, found[`vector_${name}`]!.data[i]!, expected, precision);
          });
          if (isFar(name, v[shift]!)) continue;
          const expected = rounded(meant(name, v[shift]!, w[shift]!), precision);
          agree(`${name}(${v[shift]}, ${w[shift]})`, found[`alone_${name}`]!.data[0]!, expected, precision);
        }
        assert.ok(Number.isNaN(found.most!.data[0]!));
      });
    });
  }

test("no number stays no number, whatever function it goes through", () => {
  for (const name of unary) assert.ok(Number.isNaN(meant(name, nan)), `${name}(NaN) is ${meant(name, nan)}`);
  for (const name of binary)
    for (const other of edges) {
      assert.ok(Number.isNaN(meant(name, nan, other)) && Number.isNaN(meant(name, other, nan)), name);
    }
});

/** By function: what it is at -Infinity, -0, 0 and Infinity. */
const limits: Readonly<Record<string, readonly [number, number, number, number]>> = {
  exp: [0, 1, 1, inf],
  log: [nan, -inf, -inf, inf],
  expm1: [-1, 0, 0, inf],
  log1p: [nan, 0, 0, inf],
  atan: [-Math.PI / 2, 0, 0, Math.PI / 2],
  erf: [-1, 0, 0, 1],
  sqrt: [nan, 0, 0, inf],
  sin: [nan, 0, 0, nan],
  cos: [nan, 1, 1, nan],
  tanh: [-1, 0, 0, 1],
  sigmoid: [0, 0.5, 0.5, 1],
  softplus: [0, Math.LN2, Math.LN2, inf],
  relu: [0, 0, 0, inf],
  elu: [-1, 0, 0, inf],
  gelu: [0, 0, 0, inf],
  sign: [-1, 0, 0, 1],
  abs: [inf, 0, 0, inf],
  stop: [-inf, 0, 0, inf],
};

for (const [name, values] of Object.entries(limits))
  test(`${name} at infinities and zeros is its limit`, () => {
    [-inf, -0, 0, inf].forEach((x, i) => {
      const found = meant(name, x);
      assert.ok(Object.is(found, values[i]) || found === values[i], `${name}(${x}) is ${found}`);
    });
  });

/** Slopes where functions bend: those of relu and abs at 0 are 0. */
const slopes: ReadonlyArray<readonly [string, number, number]> = [
  ["elu", 0, 1],
  ["elu", -0, 1],
  ["elu", -1e-30, 1],
  ["elu", 1e-30, 1],
  ["elu", -1000, 0],
  ["relu", 0, 0],
  ["relu", -0, 0],
  ["relu", -1e-30, 0],
  ["relu", 1e-30, 1],
  ["log1p", 1e-30, 1],
  ["log1p", -0.5, 2],
  ["atan", 2, 0.2],
  ["atan", -1, 0.5],
  ["erf", 0, 2 / Math.sqrt(Math.PI)],
  ["erf", -3e38, 0],
  ["expm1", -1e4, 0],
  ["abs", 0, 0],
  ["abs", -1e-30, -1],
  ["sign", 0, 0],
  ["gelu", 0, 0.5],
  ["gelu", 3e38, 1],
  ["gelu", -3e38, 0],
];

for (const target of targetNames)
  for (const precision of ["f64", "f32"] as const)
    test(`slopes where functions bend or end: ${target} in ${precision}`, () => {
      for (const [name, x, slope] of slopes) {
        const model = compiledProgram(`model M {\n  input x : R\n  minimize ${name}(x)\n}`, {
          target,
          precision,
          wrt: ["x"],
        });
        const { gradient } = model.gradient({}, model.pack([{ x }]));
        agree(`the slope of ${name} at ${x}`, gradient.x![0]!, slope, precision);
      }
    });

test("elu of a tiny negative number is that number, in either precision", () => {
  for (const target of targetNames)
    for (const precision of ["f64", "f32"] as const) {
      const model = compiledProgram("model M {\n  input x : R\n  minimize elu(x)\n}", { target, precision });
      for (const x of [-1e-17, -1e-20, -1e-38].map((each) => rounded(each, precision)))
        assert.equal(model.loss({}, model.pack([{ x }])), x);
    }
});
