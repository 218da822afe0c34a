import { portableLog } from "./elementary.js";
import { describeValue, refusal } from "./refusal.js";

/**
 * A stream of random numbers: xoshiro128** (Blackman and Vigna 2021), its state filled from the seed and a name by a
 * mixing function, so that every name has a stream of its own and a new parameter does not change the others.
 *
 * @typedef {{ readonly uniform: () => number, readonly normal: () => number }} Generator
 */

/**
 * `uniform` gives 53 bits in [0, 1); `normal` is the polar method (Marsaglia and Bray 1964), which needs only
 * logarithm and square root.
 *
 * @param {number} seed
 * @param {string} name
 * @returns {Generator}
 */
export function newGenerator(seed, name) {
  let [a, b, c, d] = mixedWords(seed, name);
  const word = () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
  const uniform = () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
  const normal = () => {
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * portableLog(square)) / square);
    }
  };
  return { uniform, normal };
}

/**
 * @param {number} seed
 * @param {string} [where]
 */
export function checkSeed(seed, where = "seed") {
  if (!Number.isSafeInteger(seed)) throw refusal(where, "an integer", describeValue(seed));
}

/**
 * @param {number} seed
 * @param {string} name
 * @returns {[number, number, number, number]} not all zero
 */
function mixedWords(seed, name) {
  const words = [
    seed >>> 0,
    Math.floor(seed / 4294967296) >>> 0,
    ...[...name].map((letter) => letter.codePointAt(0) ?? 0),
  ];
  let hash = words.reduce((soFar, word) => scrambled(soFar ^ word), 0x9e3779b9);
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0;
    return scrambled(hash);
  };
  return [next(), next(), next(), next() | 1];
}

/**
 * A bijection of 32-bit words whose every output bit depends on every input bit (the finaliser of MurmurHash3).
 *
 * @param {number} word
 */
function scrambled(word) {
  const x = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const y = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return y ^ (y >>> 16);
}

/**
 * @param {number} word
 * @param {number} by
 */
function rotated(word, by) {
  return (word << by) | (word >>> (32 - by));
}
