import { type DefinedFunction, i32Constant, type Signature, type ValueType, valueTypes } from "./assembler.ts";
import { type Code, unsigned } from "./code.ts";

/** A local variable of a function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** The locals of one function, numbered as they are asked for. */
export interface Locals {
  readonly local: (type: ValueType) => Local;
}

/** A function whose body is built from its parameters and a frame for further locals. */
export const define = (
  signature: Signature,
  build: (frame: Locals, ...params: ReadonlyArray<Local>) => Code,
): DefinedFunction => {
  const params = signature.params.map((type, index): Local => ({ index, type }));
  const locals: ValueType[] = [];
  const frame: Locals = {
    local: (type) => ({ index: params.length + locals.push(type) - 1, type }),
  };
  const body = build(frame, ...params);
  return { ...signature, locals, body };
};

/** A function of integers: addresses, distances and counts, which its body knows by their names. */
export const defineNamed = <Name extends string>(
  names: ReadonlyArray<Name>,
  build: (frame: Locals, given: { readonly [N in Name]: Local }) => Code,
): DefinedFunction =>
  define({ params: names.map(() => "i32") }, (frame, ...params) =>
    build(frame, Object.fromEntries(names.map((name, i) => [name, params[i]])) as { readonly [N in Name]: Local }),
  );

export const get = (local: Local): Code => [0x20, unsigned(local.index)];
export const set = (local: Local, value: Code): Code => [value, 0x21, unsigned(local.index)];

export const when = (condition: Code, then: Code, otherwise?: Code): Code => [
  condition,
  [0x04, 0x40],
  then,
  otherwise === undefined ? [] : [0x05, otherwise],
  0x0b,
];

/** A value of one branch or the other; only the chosen one is computed. */
export const either = (type: ValueType, condition: Code, then: Code, otherwise: Code): Code => [
  condition,
  [0x04, valueTypes[type]],
  then,
  0x05,
  otherwise,
  0x0b,
];

/** Does the body while the condition holds. */
export const repeatWhile = (condition: Code, body: Code): Code =>
  when(condition, [[0x03, 0x40], body, condition, [0x0d, 0x00], 0x0b]);

/** Does the body once, and again while the condition holds. */
export const doWhile = (body: Code, condition: Code): Code => [[0x03, 0x40], body, condition, [0x0d, 0x00], 0x0b];

/** The body for i = from, from + by, … below a bound that no turn changes. */
export const stepwise = (i: Local, from: Code, below: Local, by: number, body: Code): Code => [
  set(i, from),
  repeatWhile(int.less(get(i), get(below)), [body, increase(i, int.constant(by))]),
];

export const call = (index: number, ...operands: ReadonlyArray<Code>): Code => [operands, 0x10, unsigned(index)];

const binary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [a, b, opcode];

/** Integers of 32 bits: addresses, counts and indices. */
export const int = {
  constant: i32Constant,
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  divide: binary(0x6d),
  and: binary(0x71),
  or: binary(0x72),
  shiftLeft: binary(0x74),
  equal: binary(0x46),
  notEqual: binary(0x47),
  less: binary(0x48),
  greaterEqual: binary(0x4e),
  isZero: (a: Code): Code => [a, 0x45],
  least: (a: Local, b: Code): Code => [get(a), b, get(a), b, 0x48, 0x1b],
  select: (condition: Code, then: Code, otherwise: Code): Code => [then, otherwise, condition, 0x1b],
  store: (address: Code, value: Code): Code => [address, value, 0x36, 0x02, 0x00],
  load: (address: Code, offset = 0): Code => [address, 0x28, 0x02, unsigned(offset)],
};

export const increase = (local: Local, by: Code): Code => set(local, int.add(get(local), by));
