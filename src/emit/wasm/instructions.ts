import { type Code, unsigned } from "./code.ts";
import type { Binary, Unary } from "./operations.ts";

/** How instructions stand in code: their operands before them. */
export const unary =
  (...opcode: ReadonlyArray<number>): Unary =>
  (a) => [a, opcode];
export const binary =
  (...opcode: ReadonlyArray<number>): Binary =>
  (a, b) => [a, b, opcode];
export const memory =
  (opcode: ReadonlyArray<number>, alignment: number) =>
  (address: Code, offset = 0): Code => [address, opcode, alignment, unsigned(offset)];
export const storing =
  (opcode: ReadonlyArray<number>, alignment: number) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, opcode, alignment, unsigned(offset)];
/** A vector instruction: a prefix and a number in LEB128. */
export const simd = (opcode: number): ReadonlyArray<number> => [0xfd, ...(unsigned(opcode) as ReadonlyArray<number>)];
