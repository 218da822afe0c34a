/**
 * x^y for positive x and an exponent that is no limit, rounded once: by whole numbers of so many bits that nothing else
 * rounds. Engines' own powers are off by hundreds of units in the last place, if x is near 1 and y is large.
 */
export const exactPower = (x: number, y: number): number => {
  const product = (fromDouble(y) * logarithm(x)) >> bits;
  const k = (product + (product < 0n ? -ln2 : ln2) / 2n) / ln2;
  const r = product - k * ln2;
  let [term, sum] = [one, one];
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = (term * r) >> bits;
    term /= n;
    sum += term;
  }
  return sum < one ? toDouble(2n * sum, Number(k) - 1) : toDouble(sum, Number(k));
};

/** Fixed-point numbers: enough for the logarithm of a number next to 1, and for what a large exponent makes of it. */
const bits = 400n;
const one = 1n << bits;

/** x exactly, as far as it is no smaller than a fixed-point number can be. */
const fromDouble = (x: number): bigint => {
  let [size, shift] = [x, 0n];
  for (; !Number.isInteger(size); shift += 1n) size *= 2;
  return (BigInt(size) << bits) >> shift;
};

const logarithm = (x: number): bigint => {
  let [m, e] = [x, 0n];
  for (; m >= Math.SQRT2; e += 1n) m /= 2;
  for (; m < Math.SQRT1_2; e -= 1n) m *= 2;
  const fixed = fromDouble(m);
  return e * ln2 + 2n * artanh(((fixed - one) << bits) / (fixed + one));
};

const artanh = (s: bigint): bigint => {
  const square = (s * s) >> bits;
  let [power, sum] = [s, 0n];
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) >> bits;
  }
  return sum;
};

const ln2 = 2n * artanh(one / 3n);

/** sum 2^k for a sum between 1 and 2, rounded to the nearest double, of which there are fewer below the normal ones. */
const toDouble = (sum: bigint, k: number): number => {
  if (k > 1100) return Number.POSITIVE_INFINITY;
  if (k < -1100) return 0;
  const kept = Math.min(53, k + 1075);
  if (kept < 1) return k === -1075 && sum > one ? 2 ** -1074 : 0;
  const drop = BigInt(Number(bits) - kept + 1);
  const rounded = (sum + (1n << (drop - 1n))) >> drop;
  const exponent = k - kept + 1;
  return Number(rounded) * 2 ** Math.max(exponent, -1000) * 2 ** Math.min(0, exponent + 1000);
};
