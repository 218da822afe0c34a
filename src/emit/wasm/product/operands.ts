import type { DefinedFunction } from "../assembler.ts";
import type { Code } from "../code.ts";
import { call, defineNamed, get, type Local, type Locals } from "../frame.ts";

const names = [
  "a",
  "am",
  "ak",
  "b",
  "bk",
  "bn",
  "c",
  "cm",
  "cn",
  "m",
  "n",
  "k",
  "add",
  "packed",
  "shared",
  "ordered",
] as const;

/**
 * What a product is taken of, in the order in which its functions expect it: places and distances of the left and the
 * right operand and of the result, extents, whether to add, where the right operand is packed already, and whether the
 * left one is shared (`sharedAs`), and whether every sum must take its terms one after the other.
 */
export type Operands<T> = { readonly [Name in (typeof names)[number]]: T };

/** A function that takes the operands of a product. */
export const defineProduct = (build: (frame: Locals, operands: Operands<Local>) => Code): DefinedFunction =>
  defineNamed(names, build);

/** A call of a function that takes the operands of a product. */
export const callProduct = (index: number, operands: Operands<Local | Code>): Code =>
  call(index, ...names.map((name) => codeOf(operands[name])));

const codeOf = (operand: Local | Code): Code =>
  typeof operand === "object" && "index" in operand ? get(operand) : operand;

/** The left operand is another product's too: this is the first of them, or a later one that it is unchanged for. */
export const sharedAs = { none: 0, first: 1, again: 2 } as const;
