import { type Cursor, generatorOf, permutation } from "./feed.ts";

/** The examples of each portion of an epoch, by their numbers. */
export type Order = (cursor: Cursor) => Int32Array;

/** A new random order every epoch, in portions of `size`; the last may be smaller. */
export const randomOrder = (count: number, size: number): Order =>
  ofEpoch((cursor) => {
    const order = permutation(generatorOf(cursor), count);
    return (index) => order.subarray(index * size, (index + 1) * size);
  });

/** Of so many portions in a random order, the examples are sorted by length. */
const pooled = 50;

/**
 * Portions of like lengths, so that little is padded: of a random order, stretches of 50 portions are sorted by length
 * and cut, and the portions come in a random order (Khomenko et al. 2016). The smaller one is still the last.
 */
export const orderByLength = (lengths: Float64Array, size: number): Order =>
  ofEpoch((cursor) => {
    const generator = generatorOf(cursor);
    const order = permutation(generator, lengths.length);
    for (let at = 0; at < order.length; at += pooled * size)
      sortStably(order.subarray(at, at + pooled * size), lengths);
    const portions = permutation(generator, Math.floor(order.length / size));
    return (index) => {
      const portion = portions[index] ?? index;
      return order.subarray(portion * size, (portion + 1) * size);
    };
  });

/** Equal lengths stay in the order that chance gave them. */
const sortStably = (order: Int32Array, lengths: Float64Array): void =>
  order.set([...order].sort((a, b) => lengths[a]! - lengths[b]!));

/** An epoch's order is worked out once, as long as its portions are asked for one after another. */
const ofEpoch = (orderOf: (cursor: Cursor) => (index: number) => Int32Array): Order => {
  let last: { readonly key: string; readonly portion: (index: number) => Int32Array } | undefined;
  return (cursor) => {
    const key = cursor.random.join();
    if (last?.key !== key) last = { key, portion: orderOf(cursor) };
    return last.portion(cursor.index);
  };
};
