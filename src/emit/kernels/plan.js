/**
 * Where stretches of an arena begin, one after the other at multiples of 4 elements: each is its number of elements, or
 * that and how many of them stand before its offset.
 *
 * @param {ReadonlyArray<number | readonly [number, number]>} stretches
 */
export function planOf(stretches) {
  /** @type {Array<number>} */
  const offsets = [];
  let size = 0;
  for (const stretch of stretches) {
    const [count, before] = typeof stretch === "number" ? [stretch, 0] : stretch;
    offsets.push(size + before);
    size += Math.ceil(count / 4) * 4;
  }
  return { offsets, size };
}
