/**
 * 1 / (1 + e^-x), without overflow on either side.
 *
 * @param {number} x
 */
export function sigmoid(x) {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/**
 * log(1 + e^x), without overflow and without losing small values.
 *
 * @param {number} x
 */
export function softplus(x) {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
