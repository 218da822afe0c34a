/** The numbers of one seed, from 0 to 1: the same data in every run. */
export const generator = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
};

export const times = <A>(count: number, make: (i: number) => A): A[] =>
  Array.from({ length: count }, (_, i) => make(i));

export const below = (random: () => number, count: number): number => Math.floor(random() * count);

export const vectors = (random: () => number, count: number, size: number): number[][] =>
  times(count, () => times(size, () => Math.fround(2 * random() - 1)));
