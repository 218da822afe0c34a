import assert from "node:assert/strict";
import { test } from "node:test";
import { arity, type Elementary, elementaryNames } from "../../src/circuit/circuit.ts";
import { errorFunction } from "../../src/circuit/error-function.ts";
import { elementaryValue } from "../../src/elementary/value.ts";
import { isWholePower, wholePower } from "../../src/elementary/whole-power.ts";
import { elementaryText, wholePowerName, wholePowersText } from "../../src/emit/javascript/elementary.ts";
import { elementaryFunction, termCode } from "../../src/emit/wasm/elementary.ts";
import { define } from "../../src/emit/wasm/frame.ts";
import { scalarOperations } from "../../src/emit/wasm/scalar-operations.ts";
import { vectorOperations } from "../../src/emit/wasm/vector-operations.ts";
import type { Precision } from "../../src/runtime/interface.ts";
import { often } from "../often.ts";
import { applied } from "./applied.ts";
import { count, drawn } from "./elementary-arguments.ts";
import { exactPower } from "./exact-power.ts";

const runs = Number(process.env.ELEMENTARY_RUNS ?? often(24, 6));

const exact: { readonly [F in Elementary]: (x: number, y: number) => number } = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  atan: Math.atan,
  erf: errorFunction,
  pow: (x, y) => x ** y,
  mod: (x, y) => x - y * Math.floor(x / y),
  tanh: Math.tanh,
  sigmoid: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** Where a function is only known to be finite and between -1 and 1. */
const isBeyond: { readonly [F in Elementary]: (x: number) => boolean } = {
  exp: () => false,
  expm1: () => false,
  log: () => false,
  log1p: () => false,
  sin: (x) => Math.abs(x) > 2 ** 20 && Number.isFinite(x),
  cos: (x) => Math.abs(x) > 2 ** 20 && Number.isFinite(x),
  atan: () => false,
  erf: () => false,
  pow: () => false,
  mod: () => false,
  tanh: () => false,
  sigmoid: () => false,
  softplus: () => false,
};

/** The distance of two neighbouring numbers of a precision at x. */
const unitInLastPlace = (x: number, precision: Precision): number => {
  const [bits, least] = precision === "f32" ? [23, -126] : [52, -1022];
  const exponent = x === 0 ? least : Math.max(least, Math.floor(Math.log2(Math.abs(x))));
  return 2 ** (exponent - bits);
};

/** The same where `Math` may be far off. */
const moreExact = (name: Elementary, x: number, y: number): number => {
  const expected = exact[name](x, y);
  if (name !== "pow" || x === 0 || !Number.isFinite(x) || !(Math.abs(y) < 2 ** 70) || Number.isNaN(expected))
    return expected;
  const size = exactPower(Math.abs(x), y);
  return expected < 0 ? -size : size;
};

/** How many units in the last place a result is off; 0 where both round to the same number, with its sign. */
const unitsOff = (found: number, expected: number, precision: Precision): number => {
  const rounded = precision === "f32" ? Math.fround(expected) : expected;
  if (Object.is(found, rounded)) return 0;
  if (found === rounded) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(found) || Number.isNaN(expected)) return Number.POSITIVE_INFINITY;
  return Math.abs(found - expected) / unitInLastPlace(expected, precision);
};

const bound: { readonly [P in Precision]: number } = { f32: 2, f64: 4 };

type Functions = { readonly [F in Elementary]: (x: number, y?: number) => number };
const inJavascript = (...of: Parameters<typeof elementaryText>): Functions =>
  new Function(`${elementaryText(...of)}\nreturn { ${elementaryNames.join()} };`)() as Functions;

const javascript = inJavascript();
const single = inJavascript(elementaryNames, "f32 in f64");

for (const precision of ["f32", "f64"] as const) {
  for (const name of elementaryNames) {
    test(`${name} in ${precision} is within ${bound[precision]} units in the last place, and its vector gives the same bits`, () => {
      const [alone, together] = [scalarOperations, vectorOperations].map((operations) =>
        applied(elementaryFunction(name, operations[precision]), operations[precision]),
      );
      let worst = 0;
      let at = "";
      for (let seed = 0; seed < runs; seed += 1) {
        const [xs, ys] = drawn[name](precision, seed);
        const [one, vector] = [xs.slice(), xs.slice()];
        alone!(one, ys);
        together!(vector, ys);
        for (let i = 0; i < count; i += 1) {
          const [x, y] = [xs[i]!, ys[i]!];
          const found = one[i]!;
          const shown = arity[name] === 2 ? `${x}, ${y}` : `${x}`;
          if (!Object.is(found, vector[i])) assert.fail(`at ${shown}: ${found} alone, ${vector[i]} in a vector`);
          if (isBeyond[name](x)) {
            if (!(Math.abs(found) <= 1)) assert.fail(`at ${shown}: ${found}`);
            continue;
          }
          const rough = unitsOff(found, exact[name](x, y), precision);
          const units = rough <= bound[precision] ? rough : unitsOff(found, moreExact(name, x, y), precision);
          if (units > worst) [worst, at] = [units, `${shown}: ${found}, not ${exact[name](x, y)}`];
        }
      }
      assert.ok(worst <= bound[precision], `${worst} units at ${at}`);
      if (process.env.ELEMENTARY_SHOW) console.log(name, precision, worst, at);
    });
  }
}

for (const name of elementaryNames) {
  test(`${name} in f32 is within 1 unit in the last place in JavaScript, where it is computed in doubles`, () => {
    for (let seed = 0; seed < runs; seed += 1) {
      const [xs, ys] = drawn[name]("f32", seed);
      xs.forEach((x, i) => {
        if (isBeyond[name](x)) return;
        const [found, expected] = [Math.fround(single[name](x, ys[i])), exact[name](x, ys[i]!)];
        const rough = unitsOff(found, expected, "f32");
        const units = rough <= 1 ? rough : unitsOff(found, moreExact(name, x, ys[i]!), "f32");
        if (!(units <= 1)) assert.fail(`at ${x}, ${ys[i]}: ${found}, ${units} units from ${expected}`);
      });
    }
  });
}

for (const name of elementaryNames) {
  test(`${name} gives the same bits in JavaScript as in WebAssembly, and where constants are folded`, () => {
    const alone = applied(elementaryFunction(name, scalarOperations.f64), scalarOperations.f64);
    for (let seed = 0; seed < Math.min(runs, 3); seed += 1) {
      const [xs, ys] = drawn[name]("f64", seed);
      const found = xs.slice();
      alone(found, ys);
      xs.forEach((x, i) => {
        const inText = javascript[name](x, ys[i]);
        if (!Object.is(inText, found[i])) assert.fail(`at ${x}, ${ys[i]}: ${inText}, not ${found[i]}`);
        if (i > 4096) return;
        const folded = elementaryValue(name, x, ys[i]!);
        if (!Object.is(folded, found[i])) assert.fail(`at ${x}, ${ys[i]}: ${folded}, not ${found[i]}`);
      });
    }
  });
}

test("a power of a whole number is within as many units in the last place, wherever nothing comes near underflow", () => {
  const exponents = Array.from({ length: 129 }, (_, i) => i - 64);
  assert.ok(exponents.every(isWholePower) && ![65, -65, 0.5, Number.NaN].some(isWholePower));
  const calls = exponents.map((exponent) => `${wholePowerName(exponent)}(x)`);
  const powers = new Function(
    `${wholePowersText(calls.join())}\nreturn [${exponents.map(wholePowerName).join()}];`,
  )() as ReadonlyArray<(x: number) => number>;
  exponents.forEach((exponent, i) => {
    const operations = scalarOperations.f64;
    const fn = define({ params: ["f64"], result: "f64" }, (frame, x) =>
      termCode(wholePower(exponent), operations, frame, [x!]),
    );
    const [xs] = drawn.exp("f64", i);
    const found = xs.slice();
    applied(fn, operations)(found);
    xs.forEach((x, at) => {
      if (!Object.is(powers[i]!(x), found[at])) assert.fail(`${x} to ${exponent}: ${powers[i]!(x)}, not ${found[at]}`);
      const expected = x ** exponent;
      const size = Math.abs(expected);
      if (size < 2 ** -1000 || (size > 2 ** 1000 && Number.isFinite(size))) return;
      const allowed = Math.max(1, Math.abs(exponent));
      const rough = unitsOff(found[at]!, expected, "f64");
      const units = rough <= allowed ? rough : unitsOff(found[at]!, moreExact("pow", x, exponent), "f64");
      if (!(units <= allowed)) assert.fail(`${x} to ${exponent}: ${found[at]}, ${units} units off`);
    });
  });
});
