import type { Precision } from "../../runtime/interface.ts";
import { i64Constant, type ValueType } from "./assembler.ts";
import { type Code, float32, float64, unsigned } from "./code.ts";
import { int } from "./frame.ts";

/**
 * Real arithmetic on single numbers or on whole vectors: what code is generated with. A truth is an integer for a single
 * number, and for a vector a lane of all ones or all zeros.
 */
export interface Operations {
  readonly precision: Precision;
  readonly shape: "scalar" | "vector";
  readonly type: ValueType;
  readonly truthType: ValueType;
  /** How many numbers a value holds, and the bytes of each. */
  readonly lanes: number;
  readonly bytes: number;
  readonly constant: (value: number) => Code;
  readonly load: (address: Code, offset?: number) => Code;
  readonly store: (address: Code, value: Code, offset?: number) => Code;
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly div: Binary;
  readonly min: Binary;
  readonly max: Binary;
  /** The lesser or the greater of a number and a limit, which is not 0; NaN stays NaN. */
  readonly atMost: Binary;
  readonly atLeast: Binary;
  readonly neg: Unary;
  readonly abs: Unary;
  readonly sqrt: Unary;
  readonly less: Binary;
  readonly lessEqual: Binary;
  readonly equal: Binary;
  readonly notEqual: Binary;
  readonly and: Binary;
  readonly or: Binary;
  readonly not: Unary;
  readonly select: (truth: Code, then: Code, otherwise: Code) => Code;
  /** 1 where a truth holds, else 0. */
  readonly fromTruth: Unary;
  readonly copySign: Binary;
  /** The nearest number of single precision. */
  readonly single: Unary;
  /** The bits of a number as integers of its width, and back. */
  readonly bits: IntegerOperations;
}

type Unary = (a: Code) => Code;
type Binary = (a: Code, b: Code) => Code;

/** Integers as wide as the numbers. */
export interface IntegerOperations {
  readonly fromFloat: Unary;
  readonly toFloat: Unary;
  readonly constant: (value: bigint) => Code;
  readonly add: Binary;
  readonly sub: Binary;
  readonly shiftLeft: (a: Code, by: number) => Code;
  readonly shiftRight: (a: Code, by: number) => Code;
}

const unary =
  (...opcode: ReadonlyArray<number>): Unary =>
  (a) => [a, opcode];
const binary =
  (...opcode: ReadonlyArray<number>): Binary =>
  (a, b) => [a, b, opcode];
const memory =
  (opcode: ReadonlyArray<number>, alignment: number) =>
  (address: Code, offset = 0): Code => [address, opcode, alignment, unsigned(offset)];
const storing =
  (opcode: ReadonlyArray<number>, alignment: number) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, opcode, alignment, unsigned(offset)];
/** A vector instruction: a prefix and a number in LEB128. */
const simd = (opcode: number): ReadonlyArray<number> => [0xfd, ...(unsigned(opcode) as ReadonlyArray<number>)];
const choosing = (truth: Code, then: Code, otherwise: Code): Code => [then, otherwise, truth, 0x1b];

const scalarTruth = {
  truthType: "i32",
  and: int.and,
  or: int.or,
  not: int.isZero,
  select: choosing,
} as const;

const f32: Operations = {
  precision: "f32",
  shape: "scalar",
  type: "f32",
  lanes: 1,
  bytes: 4,
  constant: (value) => [0x43, float32(value)],
  load: memory([0x2a], 2),
  store: storing([0x38], 2),
  add: binary(0x92),
  sub: binary(0x93),
  mul: binary(0x94),
  div: binary(0x95),
  min: binary(0x96),
  max: binary(0x97),
  atMost: binary(0x96),
  atLeast: binary(0x97),
  neg: unary(0x8c),
  abs: unary(0x8b),
  sqrt: unary(0x91),
  equal: binary(0x5b),
  notEqual: binary(0x5c),
  less: binary(0x5d),
  lessEqual: binary(0x5f),
  ...scalarTruth,
  fromTruth: unary(0xb2),
  copySign: binary(0x98),
  single: (a) => a,
  bits: {
    fromFloat: unary(0xbc),
    toFloat: unary(0xbe),
    constant: (value) => int.constant(Number(value)),
    add: int.add,
    sub: int.sub,
    shiftLeft: (a, by) => int.shiftLeft(a, int.constant(by)),
    shiftRight: (a, by) => [a, int.constant(by), 0x75],
  },
};

const f64: Operations = {
  precision: "f64",
  shape: "scalar",
  type: "f64",
  lanes: 1,
  bytes: 8,
  constant: (value) => [0x44, float64(value)],
  load: memory([0x2b], 3),
  store: storing([0x39], 3),
  add: binary(0xa0),
  sub: binary(0xa1),
  mul: binary(0xa2),
  div: binary(0xa3),
  min: binary(0xa4),
  max: binary(0xa5),
  atMost: binary(0xa4),
  atLeast: binary(0xa5),
  neg: unary(0x9a),
  abs: unary(0x99),
  sqrt: unary(0x9f),
  equal: binary(0x61),
  notEqual: binary(0x62),
  less: binary(0x63),
  lessEqual: binary(0x65),
  ...scalarTruth,
  fromTruth: unary(0xb7),
  copySign: binary(0xa6),
  single: unary(0xb6, 0xbb),
  bits: {
    fromFloat: unary(0xbd),
    toFloat: unary(0xbf),
    constant: i64Constant,
    add: binary(0x7c),
    sub: binary(0x7d),
    shiftLeft: (a, by) => [a, i64Constant(BigInt(by)), 0x86],
    shiftRight: (a, by) => [a, i64Constant(BigInt(by)), 0x87],
  },
};

const same: Unary = (a) => a;
const and = binary(...simd(78));
const or = binary(...simd(80));
const andNot = binary(...simd(79));
const splat32 = (bits: bigint): Code => [int.constant(Number(bits)), simd(17)];
const splat64 = (bits: bigint): Code => [i64Constant(bits), simd(18)];

const vectorTruth = {
  shape: "vector",
  type: "v128",
  truthType: "v128",
  load: memory(simd(0), 0),
  store: storing(simd(11), 0),
  and,
  or,
  not: unary(...simd(77)),
  select: (truth: Code, then: Code, otherwise: Code): Code => [then, otherwise, truth, simd(82)],
} as const;

const f32x4: Operations = {
  precision: "f32",
  lanes: 4,
  bytes: 4,
  ...vectorTruth,
  constant: (value) => [f32.constant(value), simd(19)],
  add: binary(...simd(228)),
  sub: binary(...simd(229)),
  mul: binary(...simd(230)),
  div: binary(...simd(231)),
  min: binary(...simd(232)),
  max: binary(...simd(233)),
  atMost: binary(...simd(234)),
  atLeast: binary(...simd(235)),
  neg: unary(...simd(225)),
  abs: unary(...simd(224)),
  sqrt: unary(...simd(227)),
  equal: binary(...simd(65)),
  notEqual: binary(...simd(66)),
  less: binary(...simd(67)),
  lessEqual: binary(...simd(69)),
  fromTruth: (a) => and(a, [f32.constant(1), simd(19)]),
  copySign: (a, b) => or(andNot(a, splat32(0x80000000n)), and(b, splat32(0x80000000n))),
  single: same,
  bits: {
    fromFloat: same,
    toFloat: same,
    constant: splat32,
    add: binary(...simd(174)),
    sub: binary(...simd(177)),
    shiftLeft: (a, by) => [a, int.constant(by), simd(171)],
    shiftRight: (a, by) => [a, int.constant(by), simd(172)],
  },
};

const f64x2: Operations = {
  precision: "f64",
  lanes: 2,
  bytes: 8,
  ...vectorTruth,
  constant: (value) => [f64.constant(value), simd(20)],
  add: binary(...simd(240)),
  sub: binary(...simd(241)),
  mul: binary(...simd(242)),
  div: binary(...simd(243)),
  min: binary(...simd(244)),
  max: binary(...simd(245)),
  atMost: binary(...simd(246)),
  atLeast: binary(...simd(247)),
  neg: unary(...simd(237)),
  abs: unary(...simd(236)),
  sqrt: unary(...simd(239)),
  equal: binary(...simd(71)),
  notEqual: binary(...simd(72)),
  less: binary(...simd(73)),
  lessEqual: binary(...simd(75)),
  fromTruth: (a) => and(a, [f64.constant(1), simd(20)]),
  copySign: (a, b) => or(andNot(a, splat64(1n << 63n)), and(b, splat64(1n << 63n))),
  single: unary(...simd(94), ...simd(95)),
  bits: {
    fromFloat: same,
    toFloat: same,
    constant: splat64,
    add: binary(...simd(206)),
    sub: binary(...simd(209)),
    shiftLeft: (a, by) => [a, int.constant(by), simd(203)],
    shiftRight: (a, by) => [a, int.constant(by), simd(204)],
  },
};

export const scalarOperations: { readonly [P in Precision]: Operations } = { f32, f64 };
export const vectorOperations: { readonly [P in Precision]: Operations } = { f32: f32x4, f64: f64x2 };
