import type { Elementary, Pointwise } from "../circuit/circuit.ts";
import { pointwiseValues } from "../circuit/pointwise.ts";
import { formats } from "./format.ts";
import { functions } from "./functions.ts";
import type { Primitive, Term } from "./term.ts";
import { isWholePower, wholePower } from "./whole-power.ts";

/** The values of the functions in doubles: the same on every machine, unlike those of `Math`. */
export const elementaryValue = (name: Elementary, ...operands: ReadonlyArray<number>): number =>
  evaluated(functions.f64[name].term, operands);

/** A power as it is compiled where the exponent is a constant. */
export const powerValue = (x: number, y: number): number =>
  isWholePower(y) ? evaluated(wholePower(y), [x]) : elementaryValue("pow", x, y);

/** The value of a function of constants: the compiler's own engine has no part in what it compiles. */
export const constantValue = (fn: Pointwise, ...operands: readonly [number, number, number]): number => {
  if (fn === "pow") return powerValue(operands[0], operands[1]);
  return isElementary(fn) ? elementaryValue(fn, ...operands) : pointwiseValues[fn](...operands);
};

const isElementary = (fn: Pointwise): fn is Elementary => Object.hasOwn(functions.f64, fn);

/** Truths are 1 and 0. */
const evaluated = (term: Term, operands: ReadonlyArray<number>): number => {
  const values = new Map<Term, number>();
  const value = (inner: Term): number => {
    const known = values.get(inner);
    if (known !== undefined) return known;
    const found = inner.tag === "apply" ? primitives[inner.primitive](...inner.operands.map(value)) : leaf(inner);
    values.set(inner, found);
    return found;
  };
  const leaf = (inner: Exclude<Term, { readonly tag: "apply" }>): number =>
    inner.tag === "number" ? inner.value : operands[inner.place]!;
  return value(term);
};

const { rounder, significandBits, halfRootBits } = formats.f64;

const view = new DataView(new ArrayBuffer(8));
const bitsOf = (x: number): bigint => {
  view.setFloat64(0, x);
  return view.getBigInt64(0);
};
const withBits = (bits: bigint): number => {
  view.setBigInt64(0, bits);
  return view.getFloat64(0);
};
const exponentOf = (x: number): bigint => (bitsOf(x) - halfRootBits) >> BigInt(significandBits);

type Operation = (...operands: ReadonlyArray<number>) => number;

const primitives: { readonly [P in Primitive]: Operation } = {
  add: (a, b) => a! + b!,
  sub: (a, b) => a! - b!,
  mul: (a, b) => a! * b!,
  div: (a, b) => a! / b!,
  neg: (a) => -a!,
  abs: (a) => Math.abs(a!),
  less: (a, b) => Number(a! < b!),
  equal: (a, b) => Number(a === b),
  select: (condition, then, otherwise) => (condition === 1 ? then! : otherwise!),
  atMost: (a, limit) => Math.min(a!, limit!),
  atLeast: (a, limit) => Math.max(a!, limit!),
  copySign: (size, sign) => (sign! < 0 || Object.is(sign, -0) ? -size! : size!),
  powerCounted: (counted) => withBits(BigInt((counted! - rounder) | 0) << BigInt(significandBits)),
  exponentOf: (x) => Number(exponentOf(x!)),
  significandOf: (x) => withBits(bitsOf(x!) - (exponentOf(x!) << BigInt(significandBits))),
  single: (x) => Math.fround(x!),
};
