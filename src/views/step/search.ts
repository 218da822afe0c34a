/** Steps on the grid: to the right, down, to the left, up. */
export const directions = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;

/** A place on the grid, and the direction in which it was come to. */
export interface Heading {
  readonly at: number;
  readonly direction: number;
  readonly cost: number;
}

/** Where a way may go. */
export interface Ground {
  readonly places: number;
  /** What it costs at least to come from there to an end: the length of the straight way. */
  readonly atLeast: (at: number) => number;
  /** What one more step costs from a heading; nothing where it may not be taken. */
  readonly step: (from: Heading, direction: number) => Omit<Heading, "direction"> | undefined;
  /** What it costs to end with a heading; nothing where no way ends. */
  readonly end: (heading: Heading) => number | undefined;
}

/**
 * The cheapest way from one of the starts to an end, by costs that are whole numbers (Hart, Nilsson and Raphael 1968, with a
 * bucket for each cost as in Dial 1969). Of equal ways it is the one found first, so the same picture is drawn everywhere.
 */
export const cheapestWay = (
  starts: ReadonlyArray<Heading>,
  { places, atLeast, step, end }: Ground,
): ReadonlyArray<number> | undefined => {
  const buckets: Heading[][] = [];
  const before = new Int32Array(places * directions.length).fill(-1);
  const best = new Int32Array(places * directions.length).fill(unreached);
  const keyOf = ({ at, direction }: Heading): number => at * directions.length + direction;
  const offer = (heading: Heading, from: number): void => {
    const key = keyOf(heading);
    if (heading.cost >= best[key]!) return;
    best[key] = heading.cost;
    before[key] = from;
    const bucket = buckets[heading.cost + atLeast(heading.at)] ?? [];
    bucket.push(heading);
    buckets[heading.cost + atLeast(heading.at)] = bucket;
  };
  let found: { readonly key: number; readonly cost: number } | undefined;
  for (const start of starts) offer(start, -1);
  for (let cost = 0; cost < buckets.length && (found === undefined || cost < found.cost); cost++) {
    for (const heading of buckets[cost] ?? []) {
      const key = keyOf(heading);
      if (best[key] !== heading.cost) continue;
      const last = end(heading);
      if (last !== undefined && (found === undefined || heading.cost + last < found.cost))
        found = { key, cost: heading.cost + last };
      directions.forEach((_, direction) => {
        const next = step(heading, direction);
        if (next !== undefined) offer({ ...next, direction }, key);
      });
    }
  }
  return found === undefined ? undefined : wayBack(found.key, before);
};

const unreached = 0x7fffffff;

const wayBack = (last: number, before: Int32Array): ReadonlyArray<number> => {
  const way: number[] = [];
  for (let key = last; key >= 0; key = before[key]!) way.unshift(Math.floor(key / directions.length));
  return way;
};
