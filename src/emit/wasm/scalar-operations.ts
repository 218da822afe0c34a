import type { Precision } from "../../runtime/interface.ts";
import { i64Constant } from "./assembler.ts";
import { type Code, float32, float64 } from "./code.ts";
import { int } from "./frame.ts";
import { binary, memory, storing, unary } from "./instructions.ts";
import type { Operations } from "./operations.ts";

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

export const scalarOperations: { readonly [P in Precision]: Operations } = { f32, f64 };
