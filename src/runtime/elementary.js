/**
 * The exponential, of adds and multiplies only, so that it is the same bits on every machine: e^x = 2^k e^r with
 * |r| <= ln 2 / 2, and e^r by its Taylor series to r^13, which leaves less than a unit in the last place.
 *
 * @param {number} x
 */
export function portableExp(x) {
  if (!(x > -745)) return Number.isNaN(x) ? x : 0;
  if (x > 709.78) return Number.POSITIVE_INFINITY;
  const k = Math.round(x * Math.LOG2E);
  const r = x - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  let series = 0;
  for (let n = inverseFactorials.length - 1; n >= 0; n -= 1) series = series * r + Number(inverseFactorials[n]);
  const half = k >> 1;
  return series * powerOfTwo(half) * powerOfTwo(k - half);
}

const inverseFactorials = /* @__PURE__ */ [
  1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800, 39916800, 479001600, 6227020800,
].map((factorial) => 1 / factorial);

/**
 * The natural logarithm of a positive number: x = 2^k m with m in [sqrt 1/2, sqrt 2), and
 * log m = 2 (s + s^3/3 + s^5/5 + …) with s = (m - 1) / (m + 1).
 *
 * @param {number} x
 */
export function portableLog(x) {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  let m = x;
  for (; m >= Math.SQRT2; k += 1) m /= 2;
  for (; m < Math.SQRT1_2; k -= 1) m *= 2;
  const s = (m - 1) / (m + 1);
  let series = 0;
  for (let n = 23; n >= 1; n -= 2) series = series * s * s + 1 / n;
  return k * 0.6931471803691238 + (2 * s * series + k * 1.9082149292705877e-10);
}

/** One number, and its bits: those of the exponent are in the second half. */
const bits = /* @__PURE__ */ new Float64Array(1);
const halves = /* @__PURE__ */ new Int32Array(bits.buffer);

/** @param {number} k between -1022 and 1023 */
function powerOfTwo(k) {
  halves[1] = (k + 1023) << 20;
  return Number(bits[0]);
}
