import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import type { Example } from "../runtime/interface.ts";

/** Training data without an end: a pure function from a place to what stands there. */
export type Feed = (cursor: Cursor) => Portion;

/** A place in the data. `random` is the state of the generator at the beginning of the epoch. */
export interface Cursor {
  readonly epoch: number;
  readonly index: number;
  readonly random: ReadonlyArray<number>;
}

export interface Portion {
  readonly examples: ReadonlyArray<Example>;
  /** How many values the examples predict in all: the loss is told per value. */
  readonly values: number;
  /** Whether each example goes on where the one of the portion before it stopped. */
  readonly continues: boolean;
  readonly next: Cursor;
}

export const firstCursor = (seed: number): Cursor => ({
  epoch: 0,
  index: 0,
  random: xoroshiro128plus(seed).getState(),
});

/** The place after this one, where an epoch has `count` portions. */
export const nextCursor = (cursor: Cursor, count: number): Cursor =>
  cursor.index + 1 < count
    ? { ...cursor, index: cursor.index + 1 }
    : { epoch: cursor.epoch + 1, index: 0, random: afterEpoch(cursor) };

/** The generator of the cursor's epoch, fresh on every call. */
export const generatorOf = ({ random }: Cursor): RandomGenerator => xoroshiro128plusFromState(random);

/** A random order of 0..count-1 (Fisher and Yates). */
export const permutation = (generator: RandomGenerator, count: number): Int32Array => {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
};

/** Another seed than any of this epoch's own draws. */
const afterEpoch = ({ random, epoch }: Cursor): ReadonlyArray<number> =>
  xoroshiro128plus(xoroshiro128plusFromState(random).next() ^ (epoch + 1)).getState();
