import type { Precision } from "../../runtime/interface.ts";
import { type Code, unsigned } from "./code.ts";

/** Moves between single numbers and the lanes of a vector. */
export interface Lanes {
  /** A number in every lane. */
  readonly splat: (value: Code) => Code;
  readonly extract: (vector: Code, lane: number) => Code;
  readonly replace: (vector: Code, lane: number, value: Code) => Code;
  /** The number at an address in every lane. */
  readonly loadSplat: (address: Code, offset?: number) => Code;
  readonly loadLane: (address: Code, vector: Code, lane: number) => Code;
  readonly storeLane: (address: Code, vector: Code, lane: number) => Code;
  /** An integer as a number. */
  readonly fromInteger: (value: Code) => Code;
  /** A number as an integer, towards zero; what fits no integer becomes the nearest, and NaN 0. */
  readonly toInteger: (value: Code) => Code;
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];

export const lanesOf: { readonly [P in Precision]: Lanes } = {
  f32: {
    splat: (value) => [value, simd(19)],
    extract: (vector, lane) => [vector, simd(31), lane],
    replace: (vector, lane, value) => [vector, value, simd(32), lane],
    loadSplat: (address, offset = 0) => [address, simd(9), 2, unsigned(offset)],
    loadLane: (address, vector, lane) => [address, vector, simd(86), 2, 0, lane],
    storeLane: (address, vector, lane) => [address, vector, simd(90), 2, 0, lane],
    fromInteger: (value) => [value, 0xb2],
    toInteger: (value) => [value, 0xfc, 0],
  },
  f64: {
    splat: (value) => [value, simd(20)],
    extract: (vector, lane) => [vector, simd(33), lane],
    replace: (vector, lane, value) => [vector, value, simd(34), lane],
    loadSplat: (address, offset = 0) => [address, simd(10), 3, unsigned(offset)],
    loadLane: (address, vector, lane) => [address, vector, simd(87), 3, 0, lane],
    storeLane: (address, vector, lane) => [address, vector, simd(91), 3, 0, lane],
    fromInteger: (value) => [value, 0xb7],
    toInteger: (value) => [value, 0xfc, 2],
  },
};
