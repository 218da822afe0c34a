import { type Code, unsigned } from "./code.ts";
import type { Operations } from "./operations.ts";
import { scalarOperations } from "./scalar-operations.ts";
import { vectorOperations } from "./vector-operations.ts";

/** A value of single precision as values of doubles, and back. */
interface AsDoubles {
  readonly operations: Operations;
  readonly parts: ReadonlyArray<(x: Code) => Code>;
  readonly joined: (...parts: ReadonlyArray<Code>) => Code;
}

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
const promote = (x: Code): Code => [x, simd(95)];
const demote = (x: Code): Code => [x, simd(94)];
/** The bytes of two vectors, by their numbers 0..31. */
const shuffle = (a: Code, b: Code, halves: readonly [number, number]): Code => [
  [a, b, simd(13)],
  halves.flatMap((first) => Array.from({ length: 8 }, (_, i) => first + i)),
];

export const asDoubles: { readonly [S in Operations["shape"]]: AsDoubles } = {
  scalar: {
    operations: scalarOperations.f64,
    parts: [(x) => [x, 0xbb]],
    joined: (x) => [x!, 0xb6],
  },
  vector: {
    operations: vectorOperations.f64,
    parts: [promote, (x) => promote(shuffle(x, x, [8, 8]))],
    joined: (low, high) => shuffle(demote(low!), demote(high!), [0, 16]),
  },
};
