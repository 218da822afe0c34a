import { innerOf } from "../loop-parts.ts";
import type { BufferId, Loop, Scalar } from "../loops.ts";
import { operandsOf } from "../scalar-parts.ts";

/** How a loop touches buffers: to add to a value is to read it and to write it, and begins none. */
export interface Touches {
  readonly reads: ReadonlySet<BufferId>;
  readonly sets: ReadonlySet<BufferId>;
  readonly adds: ReadonlySet<BufferId>;
}

/** Told by the loops themselves, and not as passes ask for it: these are what is doubted. */
export const touchesOf = (loops: ReadonlyArray<Loop>): Touches => {
  const [reads, sets, adds] = [new Set<BufferId>(), new Set<BufferId>(), new Set<BufferId>()];
  const visit = (loop: Loop): void => {
    for (const scalar of scalarsOf(loop)) for (const buffer of readIn(scalar)) reads.add(buffer);
    if (loop.tag === "store") (loop.mode === "set" ? sets : adds).add(loop.buffer);
    if (loop.tag === "product") {
      for (const { buffer } of [loop.left, loop.right]) reads.add(buffer);
      (loop.accumulate ? adds : sets).add(loop.result.buffer);
    }
    innerOf(loop).forEach(visit);
  };
  loops.forEach(visit);
  return { reads, sets, adds };
};

/** The scalars of a loop itself, without those of what stands in it. */
export const scalarsOf = (loop: Loop): ReadonlyArray<Scalar> =>
  "value" in loop ? [loop.value] : loop.tag === "if" ? [loop.condition] : [];

export const readIn = (scalar: Scalar): ReadonlyArray<BufferId> => [
  ...(scalar.tag === "load" ? [scalar.buffer] : []),
  ...operandsOf(scalar).flatMap(readIn),
];

/** The names that a scalar speaks of, but for those in indices. */
export const localsIn = (scalar: Scalar): ReadonlyArray<string> => [
  ...(scalar.tag === "local" ? [scalar.name] : []),
  ...operandsOf(scalar).flatMap(localsIn),
];
