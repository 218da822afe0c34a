import type { Precision } from "../../runtime/interface.ts";
import { i64Constant } from "./assembler.ts";
import type { Code } from "./code.ts";
import { int } from "./frame.ts";
import { binary, memory, simd, storing, unary } from "./instructions.ts";
import type { Operations, Unary } from "./operations.ts";
import { scalarOperations } from "./scalar-operations.ts";

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
  constant: (value) => [scalarOperations.f32.constant(value), simd(19)],
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
  fromTruth: (a) => and(a, [scalarOperations.f32.constant(1), simd(19)]),
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
  constant: (value) => [scalarOperations.f64.constant(value), simd(20)],
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
  fromTruth: (a) => and(a, [scalarOperations.f64.constant(1), simd(20)]),
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

export const vectorOperations: { readonly [P in Precision]: Operations } = { f32: f32x4, f64: f64x2 };
