/**
 * Where stretches of an arena begin: each is its number of elements, or that and how many of them stand before its
 * offset. Homes lie one after the other at multiples of 4 elements; stretches in the same home have the same offset, and
 * it is as long as they need. What comes after those with a home has one of its own.
 *
 * @param {ReadonlyArray<number | readonly [number, number]>} stretches
 * @param {ReadonlyArray<number>} homes
 */
export function planOf(stretches, homes) {
  const shared = Math.max(-1, ...homes) + 1;
  const homeOf = (/** @type {number} */ i) => homes[i] ?? shared + i - homes.length;
  /** @type {Array<[number, number]>} */
  const needs = Array.from({ length: shared + stretches.length - homes.length }, () => [0, 0]);
  stretches.forEach((stretch, i) => {
    const [count, before] = typeof stretch === "number" ? [stretch, 0] : stretch;
    const need = /** @type {[number, number]} */ (needs[homeOf(i)]);
    need[0] = Math.max(need[0], before);
    need[1] = Math.max(need[1], count - before);
  });
  let size = 0;
  const starts = needs.map(([before, after]) => {
    const start = size + before;
    size += Math.ceil((before + after) / 4) * 4;
    return start;
  });
  return { offsets: stretches.map((_, i) => Number(starts[homeOf(i)])), size };
}
