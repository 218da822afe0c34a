import { innerOf } from "../inner.ts";
import type { BufferId, Loop, Scalar } from "../loops.ts";
import { operandsOf } from "../operands.ts";

/** How a loop touches buffers: to add to a value is to read it and to write it, and begins none. */
export interface Touches {
  readonly reads: ReadonlySet<BufferId>;
  readonly sets: ReadonlySet<BufferId>;
  readonly adds: ReadonlySet<BufferId>;
}

/** Told by the loops themselves, and not as passes ask for it: these are what is doubted. */
export const touchesOf = (loops: ReadonlyArray<Loop>): Touches => {
  const [reads, sets, adds] = [new Set<BufferId>(), new Set<BufferId>(), new Set<BufferId>()];
  for (const loop of loops) {
    const own = touchesIn(loop);
    for (const buffer of own.reads) reads.add(buffer);
    for (const buffer of own.sets) sets.add(buffer);
    for (const buffer of own.adds) adds.add(buffer);
  }
  return { reads, sets, adds };
};

/** The same of one loop; it is asked about often, and told once. */
export const touchesIn = (loop: Loop): Touches => {
  const touches = known.get(loop) ?? together(loop);
  known.set(loop, touches);
  return touches;
};

const known = new WeakMap<Loop, Touches>();

const together = (loop: Loop): Touches => {
  const inside = touchesOf(innerOf(loop));
  const reads = new Set([...inside.reads, ...scalarsOf(loop).flatMap(readIn)]);
  const [sets, adds] = [new Set(inside.sets), new Set(inside.adds)];
  if (loop.tag === "store") (loop.mode === "set" ? sets : adds).add(loop.buffer);
  if (loop.tag === "product") {
    for (const { buffer } of [loop.left, loop.right]) reads.add(buffer);
    (loop.accumulate ? adds : sets).add(loop.result.buffer);
  }
  return { reads, sets, adds };
};

export const touchesBuffer = (loop: Loop, buffer: BufferId): boolean => {
  const { reads, sets, adds } = touchesIn(loop);
  return reads.has(buffer) || sets.has(buffer) || adds.has(buffer);
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
