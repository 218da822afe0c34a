import { type Elementary, elementaryNames } from "../../circuit/circuit.ts";
import { formats, type InDoubles } from "../../elementary/format.ts";
import { functions } from "../../elementary/functions.ts";
import type { Primitive, Term } from "../../elementary/term.ts";
import { wholePower } from "../../elementary/whole-power.ts";
import { argumentNames, termText } from "../term-text.ts";

const { bias, rounder } = formats.f64;

/** Elementary functions as JavaScript text. It computes with doubles, for results of either precision. */
export const elementaryText = (
  names: ReadonlyArray<Elementary> = elementaryNames,
  arithmetic: InDoubles = "f64",
): string =>
  names.length === 0
    ? ""
    : [helpers, ...names.map((name) => functionText(name, functions[arithmetic][name].term))].join("\n");

/** The name of the function that raises to a whole exponent. */
export const wholePowerName = (exponent: number): string => `power${exponent < 0 ? "Minus" : ""}${Math.abs(exponent)}`;

/** Those that a text calls. */
export const wholePowersText = (text: string): string =>
  [...new Set(Array.from(text.matchAll(/(?<!\$)\b(power(?:Minus)?\d+)\(/g), ([, name]) => name!))]
    .map((name) => functionText(name, wholePower(exponentIn(name)!)))
    .join("\n");

/** The whole exponent that such a name has, if it is one. */
const exponentIn = (name: string): number | undefined => {
  const [, sign, size] = /^power(Minus)?(\d+)$/.exec(name) ?? [];
  return size === undefined ? undefined : Number(size) * (sign === undefined ? 1 : -1);
};

/**
 * The functions that a text calls which take their operands from memory and leave the result there: `$exp(2)` is of the
 * operand in place 2. Each is written out, since engines allocate what a function gives another that they keep apart.
 */
export const leanText = (text: string, arithmetic: InDoubles, hasHelpers: boolean): string => {
  const calls = Array.from(text.matchAll(/\$(\w+)\((\d+)\)/g), ([, name, place]) => ({
    name: name!,
    place: Number(place),
  }));
  if (calls.length === 0) return "";
  const names = [...new Set(calls.map(({ name }) => name))];
  const termOf = (name: string): Term => {
    const exponent = exponentIn(name);
    return exponent === undefined ? functions[arithmetic][name as Elementary].term : wholePower(exponent);
  };
  return [
    ...(hasHelpers ? [] : [helpers]),
    `const operands = new Float64Array(${calls.reduce((most, { place }) => Math.max(most, place), 0) + 2});`,
    ...names.map((name) => leanFunctionText(name, termOf(name))),
  ].join("\n");
};

const leanFunctionText = (name: string, term: Term): string => {
  const { lines, value } = bodyOf(term, leanPrimitives);
  const [x, y] = argumentNames;
  return [
    `function $${name}(i) {`,
    `const ${x} = operands[i];`,
    ...(takesTwo(term) ? [`const ${y} = operands[i + 1];`] : []),
    ...lines,
    `operands[i] = ${value};`,
    "}",
  ].join("\n");
};

/**
 * Views of the bits of one number; the upper half holds sign and exponent. Powers of two are looked up: a number just
 * written as two halves cannot be read before both have left for the cache. They are halved from the greatest on: where
 * sound is made, engines take numbers as small as the least for 0, and twice that is 0.
 */
const helpers = `const floatView = new Float64Array(1);
const wordView = new Int32Array(floatView.buffer);
const powers = new Float64Array(${2 * bias + 1});
for (let i = powers.length - 1, power = ${2 ** bias}; i >= 0; i -= 1, power /= 2) powers[i] = power;
const powerCounted = (counted) => powers[(counted - ${rounder}) | 0];
const exponentOf = (x) => {
floatView[0] = x;
return (wordView[1] - 0x3fe6a09e) >> 20;
};
const significandOf = (x) => {
floatView[0] = x;
wordView[1] -= ((wordView[1] - 0x3fe6a09e) >> 20) << 20;
return floatView[0];
};
const copySign = (size, sign) => (sign < 0 || (sign === 0 && 1 / sign < 0) ? -size : size);`;

const bodyOf = (term: Term, own: typeof primitives) =>
  termText(term, {
    constant: (number) => (number < 0 ? `(${number})` : String(number)),
    primitives: own,
    named: (own, text) => `const ${own} = ${text};`,
  });

const functionText = (name: string, term: Term): string => {
  const { lines, value } = bodyOf(term, primitives);
  return [
    `function ${name}(${takesTwo(term) ? argumentNames.join(", ") : argumentNames[0]}) {`,
    ...lines,
    `return ${value};`,
    "}",
  ].join("\n");
};

const takesTwo = (term: Term): boolean => {
  const seen = new Set<Term>();
  const reads = (inner: Term): boolean => {
    if (inner.tag === "argument") return inner.place === 1;
    if (inner.tag === "number" || seen.has(inner)) return false;
    seen.add(inner);
    return inner.operands.some(reads);
  };
  return reads(term);
};

const infix =
  (sign: string) =>
  (a: string, b: string): string =>
    `(${a} ${sign} ${b})`;

const primitives: { readonly [P in Primitive]: (a: string, b: string, c: string) => string } = {
  add: infix("+"),
  sub: infix("-"),
  mul: infix("*"),
  div: infix("/"),
  neg: (a) => `(-${a})`,
  abs: (a) => `Math.abs(${a})`,
  less: infix("<"),
  equal: infix("==="),
  select: (condition, then, otherwise) => `(${condition} ? ${then} : ${otherwise})`,
  atMost: (a, limit) => `Math.min(${a}, ${limit})`,
  atLeast: (a, limit) => `Math.max(${a}, ${limit})`,
  copySign: (size, sign) => `copySign(${size}, ${sign})`,
  powerCounted: (counted) => `powerCounted(${counted})`,
  exponentOf: (x) => `exponentOf(${x})`,
  significandOf: (x) => `significandOf(${x})`,
  single: (x) => `Math.fround(${x})`,
};

/** The helpers, written out. */
const leanPrimitives: typeof primitives = {
  ...primitives,
  // V8 keeps a choice of constants as objects, and allocates what meets it further on; a product is a plain number.
  select: (condition, then, otherwise) =>
    `(${[then, otherwise].some(isConstant) ? "1 * " : ""}(${condition} ? ${then} : ${otherwise}))`,
  copySign: (size, sign) => `(${size} * (floatView[0] = ${sign}, wordView[1] < 0 ? -1 : 1))`,
  powerCounted: (counted) => `powers[(${counted} - ${rounder}) | 0]`,
  exponentOf: (x) => `(floatView[0] = ${x}, (wordView[1] - 0x3fe6a09e) >> 20)`,
  significandOf: (x) => `(floatView[0] = ${x}, wordView[1] -= ((wordView[1] - 0x3fe6a09e) >> 20) << 20, floatView[0])`,
};

const isConstant = (text: string): boolean => /^\(?-?(Infinity|NaN|[\d.]+)\)?$/.test(text);
