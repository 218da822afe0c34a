import { type Elementary, elementaryNames } from "../../circuit/circuit.ts";
import { type Arithmetic, formats } from "./format.ts";
import { elementary } from "./functions.ts";
import { type Primitive, sharedTerms, type Term } from "./term.ts";

const { bias, rounder } = formats.f64;

/** Elementary functions as JavaScript text. It computes with doubles, for results of either precision. */
export const elementaryText = (
  names: ReadonlyArray<Elementary> = elementaryNames,
  arithmetic: Exclude<Arithmetic, "f32"> = "f64",
): string =>
  names.length === 0
    ? ""
    : [helpers, ...names.map((name) => functionText(name, elementary(arithmetic)[name]))].join("\n");

/**
 * Views of the bits of one number; the upper half holds sign and exponent. Powers of two are looked up: a number just
 * written as two halves cannot be read before both have left for the cache.
 */
const helpers = `const floatView = new Float64Array(1);
const wordView = new Int32Array(floatView.buffer);
const powers = Float64Array.from({ length: ${2 * bias + 1} }, (_, i) => 2 ** (i - ${bias}));
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

const functionText = (name: Elementary, term: Term): string => {
  const names = new Map<Term, string>();
  const text = (inner: Term): string => names.get(inner) ?? spelled(inner);
  const spelled = (inner: Term): string => {
    switch (inner.tag) {
      case "argument":
        return "x";
      case "number":
        return inner.value < 0 ? `(${inner.value})` : String(inner.value);
      case "apply":
        return primitives[inner.primitive](...inner.operands.map(text));
    }
  };
  const declarations = sharedTerms(term).map((shared, i) => {
    const line = `const v${i} = ${spelled(shared)};`;
    names.set(shared, `v${i}`);
    return line;
  });
  return [`function ${name}(x) {`, ...declarations, `return ${text(term)};`, "}"].join("\n");
};

const infix =
  (sign: string) =>
  (a?: string, b?: string): string =>
    `(${a} ${sign} ${b})`;

const primitives: { readonly [P in Primitive]: (a?: string, b?: string, c?: string) => string } = {
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
};
