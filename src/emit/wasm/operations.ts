import type { Precision } from "../../runtime/interface.ts";
import type { ValueType } from "./assembler.ts";
import type { Code } from "./code.ts";

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

export type Unary = (a: Code) => Code;
export type Binary = (a: Code, b: Code) => Code;

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
