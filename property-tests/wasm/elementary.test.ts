import assert from "node:assert/strict";
import { test } from "node:test";
import { type Elementary, elementaryNames } from "../../src/circuit/circuit.ts";
import { elementaryText } from "../../src/emit/elementary/javascript.ts";
import type { Precision } from "../../src/emit/interface.ts";
import { assemble } from "../../src/emit/wasm/assembler.ts";
import { elementaryFunction } from "../../src/emit/wasm/elementary.ts";
import { call, define, get, increase, int, repeatWhile } from "../../src/emit/wasm/frame.ts";
import { type Operations, scalarOperations, vectorOperations } from "../../src/emit/wasm/operations.ts";

const count = 1 << 15;
const runs = Number(process.env.ELEMENTARY_RUNS ?? 64);

/** Applies a function in place to `count` numbers at address 0. */
const applied = (name: Elementary, operations: Operations): ((numbers: Float32Array | Float64Array) => void) => {
  const bytes = assemble({
    imports: [],
    functions: [
      elementaryFunction(name, operations),
      define({ params: [] }, (frame) => {
        const at = frame.local("i32");
        return repeatWhile(int.less(get(at), int.constant(count * operations.bytes)), [
          operations.store(get(at), call(0, operations.load(get(at)))),
          increase(at, int.constant(operations.lanes * operations.bytes)),
        ]);
      }),
    ],
    exports: [{ name: "run", index: 1 }],
  });
  assert.ok(WebAssembly.validate(bytes));
  const { memory, run } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as {
    memory: WebAssembly.Memory;
    run: () => void;
  };
  memory.grow(8);
  return (numbers) => {
    const view =
      operations.precision === "f32"
        ? new Float32Array(memory.buffer, 0, count)
        : new Float64Array(memory.buffer, 0, count);
    view.set(numbers);
    run();
    numbers.set(view);
  };
};

const exact: { readonly [F in Elementary]: (x: number) => number } = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** The distance of two neighbouring numbers of a precision at x. */
const unitInLastPlace = (x: number, precision: Precision): number => {
  const [bits, least] = precision === "f32" ? [23, -126] : [52, -1022];
  const exponent = x === 0 ? least : Math.max(least, Math.floor(Math.log2(Math.abs(x))));
  return 2 ** (exponent - bits);
};

const special = [
  0,
  -0,
  1,
  -1,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  1e-45,
  -1e-45,
  5e-324,
  2 ** -126,
  2 ** -127,
  3.4e38,
  -3.4e38,
  88.72283,
  88.7229,
  -87.33655,
  -103.97,
  -104.1,
  709.78,
  709.79,
  -745.13,
  -745.14,
  0.17328679,
];

/** Numbers of every exponent and sign, by their bits; every second one between -32 and 32, where functions vary. */
const samples = (precision: Precision, seed: number): Float32Array | Float64Array => {
  const words = new Uint32Array(precision === "f32" ? count : 2 * count);
  let state = seed * 2654435761 + 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state ^ (state >>> 15)) >>> 0;
  };
  for (let i = 0; i < words.length; i += 1) words[i] = next();
  const numbers = precision === "f32" ? new Float32Array(words.buffer) : new Float64Array(words.buffer);
  for (let i = 0; i < count; i += 2) numbers[i] = (next() / 2 ** 32 - 0.5) * (i % 4 === 0 ? 64 : 4);
  numbers.set(special);
  return numbers;
};

const bound: { readonly [P in Precision]: number } = { f32: 2, f64: 4 };

const javascript = new Function(`${elementaryText()}\nreturn { ${elementaryNames.join()} };`)() as {
  readonly [F in Elementary]: (x: number) => number;
};

for (const precision of ["f32", "f64"] as const) {
  for (const name of elementaryNames) {
    const alone = applied(name, scalarOperations[precision]);
    const together = applied(name, vectorOperations[precision]);
    test(`${name} in ${precision} is within ${bound[precision]} units in the last place, and its vector gives the same bits`, () => {
      let worst = 0;
      let at = 0;
      for (let seed = 0; seed < runs; seed += 1) {
        const arguments_ = samples(precision, seed);
        const [single, vector] = [arguments_.slice(), arguments_.slice()];
        alone(single);
        together(vector);
        for (let i = 0; i < count; i += 1) {
          const x = arguments_[i]!;
          const y = single[i]!;
          if (!Object.is(y, vector[i])) assert.fail(`at ${x}: ${y} alone, ${vector[i]} in a vector`);
          const expected = exact[name](x);
          const rounded = precision === "f32" ? Math.fround(expected) : expected;
          if (Object.is(y, rounded) || y === rounded) continue;
          const error = Math.abs(y - expected) / unitInLastPlace(expected, precision);
          if (!(error <= worst)) [worst, at] = [error, x];
        }
      }
      assert.ok(worst <= bound[precision], `${worst} units at ${at}`);
      if (process.env.ELEMENTARY_SHOW) console.log(name, precision, worst, at);
    });
  }
}

const single = new Function(
  `${elementaryText(elementaryNames, "f32 in f64")}\nreturn { ${elementaryNames.join()} };`,
)() as typeof javascript;

for (const name of elementaryNames) {
  test(`${name} in f32 is within 1 unit in the last place in JavaScript, where it is computed in doubles`, () => {
    for (let seed = 0; seed < runs; seed += 1)
      samples("f32", seed).forEach((x) => {
        const [found, expected] = [Math.fround(single[name](x)), exact[name](x)];
        const isSame = Object.is(found, Math.fround(expected)) || found === Math.fround(expected);
        const error = Math.abs(found - expected) / unitInLastPlace(expected, "f32");
        if (!(isSame || error <= 1)) assert.fail(`at ${x}: ${found}, ${error} units from ${expected}`);
      });
  });
}

for (const name of elementaryNames) {
  test(`${name} gives the same bits in JavaScript as in WebAssembly`, () => {
    const alone = applied(name, scalarOperations.f64);
    for (let seed = 0; seed < Math.min(runs, 8); seed += 1) {
      const numbers = samples("f64", seed);
      const found = numbers.slice();
      alone(found);
      numbers.forEach((x, i) => {
        if (!Object.is(javascript[name](x), found[i])) assert.fail(`at ${x}: ${javascript[name](x)}, not ${found[i]}`);
      });
    }
  });
}
