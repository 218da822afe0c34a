import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Random draws from a seed: the same seed gives the same data on every machine. */
export interface Dice {
  /** One of 0..count-1. */
  readonly below: (count: number) => number;
  readonly between: (least: number, greatest: number) => number;
  readonly pick: <A>(from: ReadonlyArray<A>) => A;
  readonly real: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
}

export const diceOf = (seed: number): Dice => {
  const generator = xoroshiro128plus(seed);
  const between = (least: number, greatest: number): number => uniformInt(generator, least, greatest);
  return {
    between,
    below: (count) => between(0, count - 1),
    pick: (from) => from[between(0, from.length - 1)]!,
    real: (low, high) => low + (high - low) * uniformFloat64(generator),
    chance: (probability) => uniformFloat64(generator) < probability,
  };
};

/** `count` examples from one seed. */
export const drawn = <A>(seed: number, count: number, draw: (dice: Dice) => A): ReadonlyArray<A> => {
  const dice = diceOf(seed);
  return Array.from({ length: count }, () => draw(dice));
};

export const times = <A>(count: number, make: (index: number) => A): ReadonlyArray<A> =>
  Array.from({ length: count }, (_, index) => make(index));

export type Part = "training" | "heldOut";

/**
 * `count` examples of one of two parts that share none: of which an example is follows from its text alone, so what is
 * held out is never drawn for training, however few examples there are. About a quarter of them is held out.
 */
export const drawnOf = <A>(part: Part, seed: number, count: number, draw: (dice: Dice) => A) =>
  drawn(seed, count, (dice): A => {
    for (;;) {
      const example = draw(dice);
      if (isHeldOut(example) === (part === "heldOut")) return example;
    }
  });

export const isHeldOut = (example: unknown): boolean => hashOf(JSON.stringify(example)) % 4 === 0;

/** FNV-1a (Fowler, Noll and Vo), its bits mixed once more: neighbours fall apart. */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 8) & 0xffff;
};
