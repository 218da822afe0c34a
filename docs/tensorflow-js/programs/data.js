/** Numbers from -1 to 1, the same in every run. */
const numbers = (seed) => {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  };
};

const times = (count, make) => Array.from({ length: count }, (_, i) => make(i));

/** So many noisy waves of one number a step, and which of three kinds each is: slow, quick, or a saw. */
export const waves = (count, length, seed = 7) => {
  const random = numbers(seed);
  const kinds = [(t) => Math.sin(0.4 * t), (t) => Math.sin(1.3 * t), (t) => (t % 4) / 2 - 1];
  const y = times(count, (i) => i % 3);
  return { x: y.map((kind) => times(length, (t) => [kinds[kind](t + random()) + 0.1 * random()])), y };
};

/** Sequences of vectors, and how much each step has brought on so far: a sum that forgets. */
export const sums = (count, length, width, seed = 11) => {
  const random = numbers(seed);
  const x = times(count, () => times(length, () => times(width, random)));
  const y = x.map((steps) => {
    let sum = 0;
    return steps.map((step) => {
      sum = 0.8 * sum + 0.3 * step.reduce((a, b) => a + b);
      return [sum];
    });
  });
  return { x, y };
};

/** Sequences of words, and of each word whether the same one stands at another place of its sequence. */
export const repeats = (count, length, words, seed = 13) => {
  const random = numbers(seed);
  const w = times(count, () => times(length, () => Math.floor((words * (random() + 1)) / 2)));
  return { w, y: w.map((each) => each.map((word) => Number(each.indexOf(word) !== each.lastIndexOf(word)))) };
};
